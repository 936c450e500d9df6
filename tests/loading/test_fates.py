"""Every page of a batch has one fate, and their sum is the pages seen."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.loading.fates import fates_of
from tasks.staging.staged_batch import PageFate

IDS = [f"{number:016x}" for number in range(6)]
REASONS = ["not_article:list_page", "deadline", "expectation:title_is_long"]
pages = st.lists(st.builds(PageFate, st.none() | st.sampled_from(IDS), st.none() | st.sampled_from(REASONS)), max_size=12)


@given(pages, st.sets(st.sampled_from(IDS)))
def test_every_page_has_one_fate(pages: list[PageFate], known: set[str]):
    fates = fates_of(pages, known)
    assert fates.loaded + fates.known + fates.rejected.total() == len(pages)


def test_fates_are_told_by_reason_and_a_page_that_comes_twice_is_known():
    pages = [PageFate(IDS[0], None), PageFate(IDS[0], None), PageFate(IDS[1], None), PageFate(IDS[2], "expectation:title_is_long"),
             PageFate(IDS[3], "deadline"), PageFate(None, "empty_file"), PageFate(None, "empty_file")]  # fmt: skip
    fates = fates_of(pages, {IDS[1]})
    assert (fates.loaded, fates.known) == (1, 2)
    assert fates.rejected == {"expectation:title_is_long": 1, "deadline": 1, "empty_file": 2}
