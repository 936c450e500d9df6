"""The worker processes: started once, kept warm, shared by all dissect tasks; one that dies takes nobody with it.

Pebble instead of concurrent.futures: when a worker dies only its own batch fails, and a batch can have a deadline that
ends its worker. A ProcessPoolExecutor would break whole and take the other batches along.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as BatchTimedOut
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from types import TracebackType

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from tasks.planning.batches import PageBatch
from tasks.sources.page import Unreadable
from tasks.workers.order import WorkOrder
from tasks.workers.outcome import DissectedBatch, PageOutcome

BATCHES_PER_WORKER = 40  # then it is replaced: caches of the libraries below grow with the pages seen
WARM_UP = "tasks.workers.warm_up"  # loaded once by the fork server, inherited by every worker
PARENT_POLL_SECONDS = 2.0
Work = Callable[[PageBatch, WorkOrder], DissectedBatch]
DIED = (ProcessExpired, BatchTimedOut, BrokenProcessPool)


class WorkerPool:
    """`workers` processes that dissect batches. Safe to call from several threads.

    `work` is what a worker does with a batch: a function that can be pickled by name.
    """

    def __init__(self, workers: int, order: WorkOrder, work: Work | None = None) -> None:
        self._workers = workers
        self._order = order
        self._work = work or in_worker
        self._lock = threading.Lock()
        self._context = start_fork_server()
        self._pool = self._new_pool()

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.close() if kind is None else self._pool.stop()
        self._pool.join()

    def dissect(self, batch: PageBatch) -> DissectedBatch:
        """Every page's outcome. A batch that kills its worker is tried once more, then its pages one by one."""
        for attempt in (1, 2):
            with suppress(*DIED):
                return replace(self._run(batch), attempts=attempt)
        return self._one_by_one(batch)

    def _run(self, batch: PageBatch) -> DissectedBatch:
        # the last resort: each page has its own deadline in the worker, this one ends a worker that stopped counting
        seconds = 60 + self._order.seconds_per_page * 4 * max(1, len(batch.pieces))
        future = self._schedule(batch, seconds)
        dissected: DissectedBatch = future.result()
        return dissected

    def _schedule(self, batch: PageBatch, seconds: float) -> ProcessFuture:
        with self._lock:
            try:
                return self._pool.schedule(self._work, args=(batch, self._order), timeout=seconds)
            except RuntimeError:  # the pool gave up as a whole: a worker died while it had no batch
                self._pool.stop()
                self._pool.join()
                self._pool = self._new_pool()
                return self._pool.schedule(self._work, args=(batch, self._order), timeout=seconds)

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
            return self._run(part)
        except DIED as error:
            piece = part.pieces[0]
            ref = piece.ref if isinstance(piece, Unreadable) else piece
            detail = f"expected the worker to survive the page, it ended three times, at last alone with it: {error}"
            return DissectedBatch(part, [PageOutcome(ref, reason="worker_died", detail=detail[:500])])

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=BATCHES_PER_WORKER,
            initializer=leave_with_parent,
            initargs=(os.getpid(),),
            context=self._context,
        )


def in_worker(batch: PageBatch, order: WorkOrder) -> DissectedBatch:
    """What workers are sent. The import is theirs: the flow's process needs no library of dissection."""
    from tasks.workers.dissect_batch import dissect_batch

    return dissect_batch(batch, order)


def start_fork_server() -> ForkServerContext:
    """Have one process load and warm what workers need; they are forked from it. Calling again changes nothing.

    Not plain fork: the flow's process has threads. Not spawn: each worker would load everything for itself.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM_UP])
    forkserver.ensure_running()
    return context


def leave_with_parent(parent: int) -> None:
    """In a worker: end with the process that runs the flow, however it ended; and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while _is_alive(parent):
            time.sleep(PARENT_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="leave-with-parent", daemon=True).start()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
