"""Pages are told by workers as they read them, before their batch is whole; a worker that dies, or a pipe that is full, holds nobody up."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.staging.staged_batch import StagedBatch, Steps
from tasks.workers.fork_server import start_fork_server
from tasks.workers.order import WorkOrder
from tasks.workers.page_ticks import MOST, PageTicks, page_read, tell_to
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known, Work
from tests.workers.test_pool import SEEN

WAIT_SECONDS = 60


def halting(_batch: PageBatch, order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    """Reads two pages, and does not end before it is told to."""
    page_read()
    page_read()
    while not (order.home / "go on").exists():
        time.sleep(0.02)
    return StagedBatch({}, (), (), SEEN, Steps())


def test_pages_of_a_batch_are_told_before_it_is_whole(tmp_path: Path):
    order = WorkOrder(tmp_path, 20.0, DEFAULT_LIMITS, "x")
    batch = PageBatch("a" * 16, 1, (PageRef("html_folder", "/in/a", "a"),), ())
    with WorkerPool(1, order, Work(finish=halting)) as pool, ThreadPoolExecutor(1) as thread:
        future = thread.submit(pool.finish, batch)
        seen, deadline = 0, time.monotonic() + WAIT_SECONDS
        while seen < 2 and time.monotonic() < deadline:
            seen += pool.pages_read()
            time.sleep(0.02)
        is_whole = future.done()
        (tmp_path / "go on").touch()
        future.result()
    assert (seen, is_whole) == (2, False)


def test_a_pipe_that_nobody_empties_or_reads_holds_no_worker_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tasks.workers.page_ticks._told_to", [])
    page_read()  # nobody counts
    ticks = PageTicks(start_fork_server())
    tell_to(ticks.writer)
    for _ in range(MOST + 5000):
        page_read()
    assert ticks.new() == MOST
    assert ticks.new() == 0
    os.close(os.dup(ticks.writer.fileno()))
    ticks.close()
