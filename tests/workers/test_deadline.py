"""A page's time is CPU time; the clock is the last resort."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tasks.pages.limits import Limits
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.workers.deadline import CLOCK_FACTOR, DeadlinePassed, deadline
from tasks.workers.dissect_batch import dissect_batch
from tasks.workers.order import WorkOrder

SPINS = """
import sys, time
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.workers.deadline import deadline
with deadline(2):
    print("begun", flush=True)
    while time.process_time() < float(sys.argv[1]):
        pass
"""
# Where other tests have left a callback of the collector, the exception may be raised in it and is lost: the deadline raises it again.
LOST_IN_A_CALLBACK = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_a_deadline_interrupts_python_and_leaves_the_process_usable():
    with pytest.raises(DeadlinePassed, match=r"after 0\.05 s of CPU time"), deadline(0.05):
        while True:
            pass
    with deadline(5):
        time.sleep(0.01)


def test_a_library_that_swallows_exceptions_cannot_swallow_the_deadline():
    def stubborn() -> None:
        while True:
            with contextlib.suppress(Exception):  # what some libraries do, and the reason for BaseException
                time.process_time()

    with pytest.raises(DeadlinePassed), deadline(0.05):
        stubborn()


def test_waiting_is_no_work():
    with deadline(0.1):
        time.sleep(0.1 * CLOCK_FACTOR / 2)


def test_a_page_that_only_waits_is_given_up_by_the_clock_and_told_so():
    with pytest.raises(DeadlinePassed, match=r"after 0.5 s by the clock, 0.0 s of them CPU time"), deadline(0.05):
        time.sleep(3600)


@pytest.mark.parametrize(("cpu_seconds", "survives"), [(1.0, True), (60.0, False)], ids=["healthy", "spinning"])
def test_a_worker_that_is_stopped_for_longer_than_a_page_may_take_loses_none_but_one_that_spins(cpu_seconds: float, survives: bool):
    worker = subprocess.Popen([sys.executable, "-c", SPINS, str(cpu_seconds)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "begun\n"
    os.kill(worker.pid, signal.SIGSTOP)
    time.sleep(3)  # more than the deadline of 2 s
    os.kill(worker.pid, signal.SIGCONT)
    said = worker.communicate(timeout=120)[1]
    assert (worker.returncode == 0) is survives, said
    assert ("DeadlinePassed: no result after 2 s of CPU time" in said) is not survives


@LOST_IN_A_CALLBACK
def test_the_reject_says_which_time_it_was(tmp_path: Path):
    page = tmp_path / "long.html"
    page.write_text("<p>The harbour office keeps a list of every crossing since the pier was built.</p>" * 60_000)
    batch = PageBatch("a" * 16, 1, (PageRef("html_folder", str(page), page.name),), ())
    [outcome] = dissect_batch(batch, WorkOrder(tmp_path, 1.0, Limits(2**26, 2**24), "test")).outcomes
    assert (outcome.reason, outcome.detail) == (
        "deadline", "expected a result within 1 s of CPU time: no result after 1 s of CPU time"
    )  # fmt: skip
