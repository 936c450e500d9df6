"""Workers may hang, break or die; the others' pages are not touched by it."""

import ctypes
import itertools
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import forkserver
from pathlib import Path

import pytest

from tasks.pages.limits import Limits
from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.deadline import deadline
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known, Work
from warehouse.errors import WorkersUnusable

SEEN = datetime(2026, 3, 1, tzinfo=UTC)


def a_batch(*names: str, number: int = 1) -> PageBatch:
    return PageBatch("a" * 16, number, tuple(PageRef("html_folder", f"/in/{name}", name) for name in names), ())


def touchy(batch: PageBatch, order: WorkOrder) -> DissectedBatch:
    """Work that does what a page's name says."""
    for ref in batch.pieces:
        if ref.uri == "killer":
            os.kill(os.getpid(), signal.SIGKILL)
        if ref.uri == "kills once" and not (order.home / "killed").exists():
            (order.home / "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if ref.uri == "sleeps":
            time.sleep(3600)
        if ref.uri == "spins in C":
            with deadline(order.seconds_per_page):
                sum(itertools.repeat(0))  # one call that never returns: no Python signal handler can run
        if ref.uri == "waits in C":
            with deadline(order.seconds_per_page):
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # which would end the sleep
                ctypes.PyDLL(None).sleep(3600)  # PyDLL keeps the GIL
    return DissectedBatch(batch, [PageOutcome(ref) for ref in batch.pieces])


def finished(dissected: DissectedBatch, _order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    """A batch with nothing to load, its fates told by the names of its pages."""
    fates = tuple(PageFate(outcome.ref.uri, outcome.reason) for outcome in dissected.outcomes)
    return StagedBatch({}, (), fates, SEEN, Steps(), attempts=dissected.attempts)


def touchy_whole(batch: PageBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    return finished(touchy(batch, order), order, documented, known)


def deadly(_dissected: DissectedBatch, _order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("it is dead")


TOUCHY = Work(finish=touchy_whole, read=touchy, finish_read=finished)


@pytest.fixture
def pool(tmp_path: Path):
    with WorkerPool(2, WorkOrder(tmp_path, 0.1, Limits(1000, 1000), "test"), work=TOUCHY) as pool:
        yield pool


def reasons(staged: StagedBatch) -> dict[str | None, str | None]:
    return dict(staged.fates)


def test_only_the_page_that_kills_its_worker_is_rejected(pool: WorkerPool):
    staged = pool.finish(a_batch("good", "killer", "fine"))
    assert reasons(staged) == {"good": None, "killer": "worker_died", "fine": None}
    assert staged.attempts == 3


def test_a_worker_that_dies_once_costs_nothing_but_a_second_try(pool: WorkerPool):
    staged = pool.finish(a_batch("good", "kills once"))
    assert reasons(staged) == {"good": None, "kills once": None}
    assert staged.attempts == 2


@pytest.mark.parametrize("page", ["spins in C", "waits in C"])
def test_c_code_that_never_returns_ends_its_worker_and_is_the_only_reject(pool: WorkerPool, page: str):
    assert reasons(pool.finish(a_batch("good", page))) == {"good": None, page: "worker_died"}


def test_a_batch_that_no_worker_survives_judging_ends_the_run_and_says_why(tmp_path: Path):
    order = WorkOrder(tmp_path, 0.1, Limits(1000, 1000), "test")
    with pytest.raises(WorkersUnusable, match="batch-00001"), WorkerPool(1, order, work=replace(TOUCHY, finish_read=deadly)) as pool:
        pool.finish(a_batch("good", "killer"))


def test_the_pool_goes_on_after_deaths(pool: WorkerPool):
    pool.finish(a_batch("killer"))
    assert reasons(pool.finish(a_batch("good", number=2))) == {"good": None}


def test_an_exception_with_batches_on_their_way_leaves_nobody_waiting(tmp_path: Path):
    with ThreadPoolExecutor(4) as threads:
        with pytest.raises(ZeroDivisionError), WorkerPool(1, WorkOrder(tmp_path, 3600, Limits(1000, 1000), "test"), work=TOUCHY) as pool:
            given = [threads.submit(pool.finish, a_batch("sleeps", number=number)) for number in range(4)]
            until(lambda: len(pool._unanswered) == 4)
            raise ZeroDivisionError
        assert [type(future.exception(30)) for future in given] == [CancelledError] * 4
        late = threads.submit(pool.finish, a_batch("good"))
        assert isinstance(late.exception(30), CancelledError)


def test_who_leaves_the_pool_waits_for_no_batch_and_gets_those_that_are_finished(tmp_path: Path):
    with WorkerPool(1, WorkOrder(tmp_path, 3600, Limits(1000, 1000), "test"), work=TOUCHY) as pool, ThreadPoolExecutor(3) as threads:
        assert reasons(pool.finish(a_batch("good"))) == {"good": None}
        given = [threads.submit(pool.finish, a_batch("sleeps", number=number)) for number in (2, 3)]
        until(lambda: len(pool._unanswered) == 2)
        pool.leave()
        assert [type(future.exception(30)) for future in given] == [CancelledError] * 2
        assert isinstance(threads.submit(pool.finish, a_batch("late")).exception(30), CancelledError)


def test_a_pool_that_is_replaced_loses_no_batch(tmp_path: Path):
    """The worker dies with more batches in the queue than workers, between two of them."""
    with WorkerPool(1, WorkOrder(tmp_path, 0.3, Limits(1000, 1000), "test"), work=TOUCHY) as pool, ThreadPoolExecutor(6) as threads:
        pool.finish(a_batch("good"))
        for worker in worker_pids():
            os.kill(worker, signal.SIGKILL)
        given = [threads.submit(pool.finish, a_batch(f"good {number}", number=number)) for number in range(6)]
        assert [reasons(future.result(60)) for future in given] == [{f"good {number}": None} for number in range(6)]


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_worker_that_dies_while_it_has_nothing_to_do_is_replaced(pool: WorkerPool):
    pool.finish(a_batch("good"))
    for worker in worker_pids():
        os.kill(worker, signal.SIGKILL)
    time.sleep(0.5)  # the pool looks after its workers ten times a second
    assert reasons(pool.finish(a_batch("good", number=2))) == {"good": None}


def worker_pids() -> list[int]:
    """Children of the fork server, which is a child of ours."""
    server = forkserver._forkserver._forkserver_pid
    children = Path(f"/proc/{server}/task/{server}/children").read_text()
    return [int(pid) for pid in children.split()]
