"""How far a run is, told page by page, and what its name says of its end."""

from collections import Counter

import pytest

from flows.run_name import outcome
from flows.summary import IngestSummary, told
from warehouse.errors import BatchRefused, NothingLoaded, SourceUnreadable, StorageFailed


def test_a_run_within_its_first_batch_tells_share_and_time_left():
    summary = IngestSummary(total_bytes=1000)
    summary.plan(50, 500)
    assert summary.progress_line() == "0% · 0 of about 50 pages"
    summary.look(20, 10.0)
    assert summary.progress_line() == "20% · 40 s left · 20 of about 100 pages · 2 a second"
    assert (summary.read, summary.seconds_left) == (0, 40.0)


def test_a_batch_that_is_whole_counts_once():
    summary = IngestSummary(total_bytes=1000)
    summary.plan(50, 500)
    summary.plan(50, 500)
    summary.is_planned = True
    summary.look(70, 35.0)
    summary.settle(50, 500)
    assert (summary.pages_read, summary.share_done) == (70, 0.7)
    assert summary.progress_line() == "70% · 15 s left · 70 of 100 pages · 2 a second"
    summary.settle(50, 500)
    assert summary.progress_line() == "100% · 100 of 100 pages · 3 a second"


def test_pages_that_are_told_twice_are_never_more_than_are_ahead():
    summary = IngestSummary(total_bytes=1000)
    summary.plan(50, 1000)
    summary.look(90, 1.0)
    assert (summary.pages_read, summary.share_done) == (50, 1.0)


def test_a_run_with_a_limit_is_done_when_it_has_read_so_many():
    summary = IngestSummary(total_bytes=10**9, limit=40)
    summary.plan(40, 1000)
    summary.look(20, 5.0)
    assert summary.progress_line() == "50% · 5 s left · 20 of about 40 pages · 4 a second"


@pytest.mark.parametrize(("seconds", "said"), [(45.2, "45 s"), (240, "4 min"), (7800, "2 h 10 min")])
def test_time_left_is_told_in_the_unit_that_is_read(seconds: float, said: str):
    assert told(seconds) == said


REFUSED, NOTHING, UNREADABLE = BatchRefused("x"), NothingLoaded("x"), SourceUnreadable("x")


@pytest.mark.parametrize(
    ("summary", "error", "said"),
    [
        (IngestSummary(read=655, loaded=651, rejected=Counter(deadline=4)), None, "651 new, 4 rejected"),
        (IngestSummary(read=651, loaded=651), None, "651 new"),
        (IngestSummary(known=651), None, "nothing new"),
        (IngestSummary(read=120, ahead=531, is_planned=True, is_interrupted=True), None, "stopped after 120 of 651"),
        (IngestSummary(read=120, ahead=531, is_planned=True), KeyboardInterrupt(), "stopped after 120 of 651"),
        (IngestSummary(read=120, ahead=531, is_planned=True), StorageFailed("full"), "failed after 120 of 651"),
        (IngestSummary(read=9, batches=3, refused=["b"], loaded=6), REFUSED, "1 of 3 batches refused, 6 new"),
        (IngestSummary(read=9, rejected=Counter(no_title=9)), NOTHING, "nothing loaded, 9 rejected"),
        (IngestSummary(), UNREADABLE, "nothing to read"),
    ],
)
def test_the_name_of_a_run_ends_with_its_outcome(summary: IngestSummary, error: BaseException | None, said: str):
    assert outcome(summary, error) == said
