"""What a worker could not read, finish or survive is taken up again by the next runs, and by no more than three."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.dissection.page import dissect_html
from tasks.pages.limits import Limits
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.attempts import MOST_ATTEMPTS
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.finish_batch import finish_batch
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known, Work, finish_in_worker, read_in_worker
from tests.flows.bad_inputs import article, warc_record
from tests.workers.runs import Done, pending, run_over
from warehouse.connection import open_loader

# 2 s of CPU, of which .5 at a stretch in C
LONG = "<p>The harbour office keeps a list of every crossing since the pier was built, and it reads so.</p>" * 30_000
NONE: Documented = frozenset()
Way = Callable[[Path, WorkOrder, PageBatch], StagedBatch]
# Where other tests have left a callback of the collector, the exception may be raised in it and is lost: the deadline raises it again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def order_for(home: Path, seconds: float = 20.0) -> WorkOrder:
    return WorkOrder(home, seconds, Limits(2**26, 2**24), "test")


def gone_for_a_moment(folder: Path, order: WorkOrder, batch: PageBatch) -> StagedBatch:
    """The disk: what was a file when the run was planned is a folder when it is read, and then a file again, as it was."""
    page = folder / "b.html"
    stat, content = page.stat(), page.read_bytes()
    page.unlink()
    page.mkdir()
    try:
        return finish_batch(batch, order, NONE)
    finally:
        page.rmdir()
        page.write_bytes(content)
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def too_little_time(_folder: Path, order: WorkOrder, batch: PageBatch) -> StagedBatch:
    """A deadline that the long page alone cannot keep."""
    return finish_batch(batch, order_for(order.home, 0.7), NONE)


def killed_on_it(_folder: Path, order: WorkOrder, batch: PageBatch) -> StagedBatch:
    """A neighbour that takes the memory whenever the page is read."""
    with WorkerPool(1, order, work=Work(dies_on_b, dies_reading_b)) as pool:
        return pool.finish(batch)


def dies_on_b(batch: PageBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    die_of_b(batch)
    return finish_in_worker(batch, order, documented, known)


def dies_reading_b(batch: PageBatch, order: WorkOrder) -> DissectedBatch:
    die_of_b(batch)
    return read_in_worker(batch, order)


def die_of_b(batch: PageBatch) -> None:
    if any("b.html" in (getattr(piece, "url", None) or piece.uri) for piece in batch.pieces):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Lexicons and models are loaded before any page's time is counted, as the fork server does it."""
    for language in ("en", "zh"):
        dissect_html(article("Story of the day").replace("lang=en", f"lang={language}"), "https://pier.example/", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, more in (("a", ""), ("b", LONG), ("c", "")):
        (folder / f"{name}.html").write_text(article(f"Story {name} of the day", body=more))
    return folder


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Five records, the third of which is b.html."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(warc_record(f"https://pier.example/{n}.html", article(f"Story {n} of the day")) for n in "12b45"))
    return path


def run(folder: Path, home: Path, run_id: str, way: Way | None = None) -> Done:
    def finish(batch: PageBatch) -> StagedBatch:
        return way(folder, order_for(home), batch) if way else finish_batch(batch, order_for(home), NONE)

    return run_over(folder, home, finish, run_id * 16)


def rejects(home: Path) -> list[tuple[str, str, bool]]:
    with open_loader(home) as con:
        rows = con.execute("SELECT reason, detail, replayed_at IS NOT NULL FROM ops.rejects ORDER BY rejected_at").fetchall()
    return [(reason, detail.rsplit("; ", 1)[-1], answered) for reason, detail, answered in rows]


@pytest.mark.parametrize(
    ("way", "reason"), [(gone_for_a_moment, "read_failed"), (too_little_time, "deadline"), (killed_on_it, "worker_died")]
)
def test_what_failed_once_is_loaded_by_the_next_run(folder: Path, home: Path, way: Way, reason: str):
    first = run(folder, home, "a", way)
    assert (first.fates.loaded, dict(first.fates.rejected), first.tried_again) == (2, {reason: 1}, 1)
    assert len(pending(folder, home).pending) == 1
    second = run(folder, home, "b")
    assert (second.known_pages, second.fates.loaded, second.tried_again) == (2, 1, 0)
    assert rejects(home) == [(reason, "attempt 1 of 3", True)]
    assert len(pending(folder, home).pending) == 0


@pytest.mark.parametrize(("way", "reason"), [(gone_for_a_moment, "read_failed"), (too_little_time, "deadline")])
def test_what_never_heals_is_tried_three_times_and_is_then_final(folder: Path, home: Path, way: Way, reason: str):
    told = []
    for attempt in range(MOST_ATTEMPTS):
        done = run(folder, home, "abc"[attempt], way)
        assert (done.fates.rejected[reason], done.tried_again) == (1, int(attempt < MOST_ATTEMPTS - 1))
        told += [detail for _, detail, answered in rejects(home) if not answered]
    assert told == ["attempt 1 of 3", "attempt 2 of 3", "attempt 3 of 3, the last one"]
    assert len(pending(folder, home).pending) == 0
    assert run(folder, home, "d").planned == []


def test_a_stretch_is_split_around_the_page_that_failed(crawl: Path, home: Path):
    first = run(crawl, home, "a", killed_on_it)
    assert (first.fates.loaded, first.tried_again) == (4, 1)
    second = run(crawl, home, "b")
    assert (second.planned, second.known_pages, second.fates.loaded) == ([first.planned[2]], 4, 1)
    assert len(pending(crawl, home).pending) == 0


def test_the_last_attempt_keeps_the_capture_and_the_ones_before_leave_none(folder: Path, home: Path):
    for run_id, captures in zip("abc", (2, 2, 3), strict=True):
        run(folder, home, run_id, too_little_time)
        with open_loader(home) as con:
            assert con.execute("SELECT count(*) FROM raw.pages").fetchall() == [(captures,)]
