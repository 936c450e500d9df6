"""The worker processes: started once, kept warm, shared by all batches; one that dies takes nobody with it.

Pebble instead of concurrent.futures: when a worker dies only its own batch fails, and a batch can have a deadline that
ends its worker. A ProcessPoolExecutor would break whole and take the other batches along.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from concurrent.futures import TimeoutError as BatchTimedOut
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from tasks.planning.batches import PageBatch
from tasks.workers.carrier import Carrier
from tasks.workers.fork_server import leave_with_parent, start_fork_server
from tasks.workers.order import WorkOrder
from tasks.workers.page_ticks import PageTicks, tell_to
from tasks.workers.work import Work
from warehouse.errors import WorkersUnusable

BATCHES_PER_WORKER = 40  # then it is replaced: caches of the libraries below grow with the pages seen
POLL_SECONDS = 1.0  # between two looks whether the pool still works
FAILED_STARTS = 3  # then no worker can be started at all


class WorkerPool(Carrier):
    """`workers` processes that finish batches. `work` is what a worker does with a batch: functions that can be pickled by name."""

    died = (ProcessExpired, BatchTimedOut, BrokenProcessPool)

    def __init__(self, workers: int, order: WorkOrder, work: Work | None = None) -> None:
        super().__init__(order, work or Work())
        self._workers = workers
        self._lock = threading.Lock()
        self._unanswered: set[ProcessFuture[Any]] = set()
        self._is_closed = False
        self._context = start_fork_server()
        self._ticks = PageTicks(self._context)
        self._pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and not self.has_left:
            self._pool.close()
            self._pool.join()
        elif not self.has_left:
            self.leave()
        self._ticks.close()

    def leave(self) -> None:
        with self._lock:
            self._is_closed = self.has_left = True
            self._stop()

    @property
    def slots(self) -> int:
        return self._workers

    def pages_read(self) -> int:
        return self._ticks.new()

    def _run(self, work: Callable[..., Any], batch: PageBatch, order: WorkOrder, *more: object) -> Any:
        try:
            return super()._run(work, batch, order, *more)
        except BrokenProcessPool:
            self._expect_workers()  # it may be the batch that kills them so fast; it may be that none can live
            raise

    def _expect_workers(self) -> None:
        """Raises WorkersUnusable if several attempts to have any worker answer fail."""
        for _ in range(FAILED_STARTS - 1):
            with suppress(BrokenProcessPool):
                self._answer(_answers, (), None)
                return
        try:
            self._answer(_answers, (), None)
        except BrokenProcessPool as error:
            raise WorkersUnusable(
                f"expected worker processes to start, {FAILED_STARTS} times they ended before they had anything to do: "
                f"{error.__cause__ or error}. What they said themselves stands above. Look for a shortage of memory (dmesg), a limit "
                "on processes (ulimit -u) and a temporary folder that can be written (TMPDIR), then run the same command again."
            ) from error

    def _answer(self, work: Callable[..., Any], arguments: tuple[object, ...], seconds: float | None) -> Any:
        """What a worker returns. It never waits for ever."""
        future = self._schedule(work, arguments, seconds)
        try:
            while not wait([future], POLL_SECONDS).done:
                # Pebble answers what its workers had when the pool broke, and not what was on its way to them
                if not self._pool.active and not wait([future], POLL_SECONDS).done:
                    raise BrokenProcessPool("the pool broke before a worker took the batch")
            return future.result()
        except CancelledError as error:
            if self._is_closed:
                raise
            raise BrokenProcessPool("the pool was replaced") from error
        finally:
            self._unanswered.discard(future)

    def _schedule(self, work: Callable[..., Any], arguments: tuple[object, ...], seconds: float | None) -> ProcessFuture[Any]:
        with self._lock:
            if self._is_closed:
                raise CancelledError("the run ends by an exception")
            try:
                future = self._pool.schedule(work, args=arguments, timeout=seconds)
            except RuntimeError as error:  # BrokenProcessPool is one: a worker died while it had no batch, or none could be started
                self._stop()
                self._pool = self._new_pool()
                if isinstance(error, BrokenProcessPool):
                    raise
                future = self._pool.schedule(work, args=arguments, timeout=seconds)
            self._unanswered.add(future)
            return future

    def _stop(self) -> None:
        """End the pool's processes, and answer who waits for them: Pebble does not."""
        self._pool.stop()
        for future in tuple(self._unanswered):
            future.cancel()
        self._pool.join()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=BATCHES_PER_WORKER,
            initializer=_begin,
            initargs=(os.getpid(), self._ticks.writer),
            context=self._context,
        )


def _begin(parent: int, ticks: Connection) -> None:
    """In a worker, first of all."""
    leave_with_parent(parent)
    tell_to(ticks)


def _answers() -> None:
    """Work that any worker can do."""
