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
from dataclasses import replace
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import PageBatch
from tasks.sources.page import Unreadable
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.deadline import longest
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.fork_server import leave_with_parent, start_fork_server
from tasks.workers.order import WorkOrder
from tasks.workers.page_ticks import PageTicks, tell_to
from tasks.workers.work import Documented, Known, Work
from warehouse.errors import WorkersUnusable

BATCHES_PER_WORKER = 40  # then it is replaced: caches of the libraries below grow with the pages seen
POLL_SECONDS = 1.0  # between two looks whether the pool still works
FINISH_SECONDS = 600.0  # by the clock, for shaping and judging what was read already: seconds are usual
FAILED_STARTS = 3  # then no worker can be started at all
DIED = (ProcessExpired, BatchTimedOut, BrokenProcessPool)


class WorkerPool:
    """`workers` processes that finish batches. Safe to call from several threads.

    `work` is what a worker does with a batch: functions that can be pickled by name.
    """

    def __init__(self, workers: int, order: WorkOrder, work: Work | None = None) -> None:
        self._workers = workers
        self._order = order
        self._work = work or Work()
        self._lock = threading.Lock()
        self._unanswered: set[ProcessFuture[Any]] = set()
        self._is_closed = False
        self._context = start_fork_server()
        self._ticks = PageTicks(self._context)
        self._pool = self._new_pool()

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._pool.close()
            self._pool.join()
        else:
            with self._lock:
                self._is_closed = True
                self._stop()
        self._ticks.close()

    def pages_read(self) -> int:
        """Pages that workers have read since the last call, of batches that are not whole yet."""
        return self._ticks.new()

    def finish(self, batch: PageBatch, documented: Documented = frozenset(), known: Known = frozenset()) -> StagedBatch:
        """The batch, staged. One that kills its worker is tried once more, then its pages one by one.

        Raises WorkersUnusable where no worker can be started, or finish what was read page by page; CancelledError where the run ends by
        an exception; StorageFailed and ContractBroken as a worker does.
        """
        for attempt in (1, 2):
            with suppress(*DIED):
                staged: StagedBatch = self._run(self._work.finish, batch, documented, known)
                return replace(staged, attempts=attempt)
        return self._finish_read(self._one_by_one(batch), documented, known)

    def _run(self, work: Callable[..., Any], batch: PageBatch, *more: object) -> Any:
        # the last resort: each page has its own deadline in the worker, this one ends a worker that stopped counting
        seconds = 60 + longest(self._order.seconds_per_page) * max(1, len(batch.pieces))
        try:
            return self._answer(work, (batch, self._order, *more), seconds)
        except BrokenProcessPool:
            self._expect_workers()  # it may be the batch that kills them so fast; it may be that none can live
            raise

    def _finish_read(self, dissected: DissectedBatch, documented: Documented, known: Known) -> StagedBatch:
        try:
            staged: StagedBatch = self._answer(self._work.finish_read, (dissected, self._order, documented, known), FINISH_SECONDS)
        except DIED as error:
            raise WorkersUnusable(
                f"expected a worker to shape and judge {dissected.batch.name}, whose pages were read one by one after two workers "
                f"had died; it ended as well: {error}. Look for a shortage of memory (dmesg), or load with a smaller --batch-pages."
            ) from error
        return staged

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
        """What a worker returns. Raises one of `DIED`, or CancelledError after the end of the pool: it never waits for ever."""
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

    def _one_by_one(self, batch: PageBatch) -> DissectedBatch:
        parts = [self._alone(part) for part in batch.parts()]
        return DissectedBatch(
            batch,
            outcomes=[outcome for part in parts for outcome in part.outcomes],
            staged=[file for part in parts for file in part.staged],
            started_at=min((part.started_at for part in parts if part.started_at), default=None),
            seconds=sum(part.seconds for part in parts),
            attempts=3,
        )

    def _alone(self, part: PageBatch) -> DissectedBatch:
        try:
            dissected: DissectedBatch = self._run(self._work.read, part)
            return dissected
        except DIED as error:
            piece = part.pieces[0]
            ref = piece.ref if isinstance(piece, Unreadable) else piece
            detail = f"expected the worker to survive the page, it ended three times, at last alone with it: {error}"
            return DissectedBatch(part, [PageOutcome(ref, reason="worker_died", detail=detail[:500])])

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
