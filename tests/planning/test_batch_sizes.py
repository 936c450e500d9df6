"""Batches are large where there is much to do, and small at the beginning and the end."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from tasks.planning.batch_sizes import FIRST, FLOW_TAKES, LEAST, BatchSizes
from tasks.planning.batches import plan_batches
from tasks.sources.page import InputFile, PageRef

BYTES = 10_000


def sizes_of(files: int, most: int, workers: int) -> list[int]:
    """Pages by batch of a folder of pages of one size."""
    found = [InputFile(f"/in/{n}.html", f"{n}.html", size=BYTES, mtime_ns=1, kind="html_folder") for n in range(files)]
    sizes = BatchSizes(most, lambda: workers, files * BYTES)

    def pages_of(file: InputFile, *_: object) -> Iterator[PageRef]:
        return iter([PageRef("html_folder", file.path, file.uri, end=file.size)])

    planned = plan_batches(found, pages_of, lambda _: {}, run_id="r", batch_pages=sizes.next)
    told = []
    for batch in planned:
        sizes.planned(batch)
        told.append(len(batch.pieces))
    return told


def test_a_long_run_has_large_batches_and_small_ones_at_both_ends():
    told = sizes_of(20_000, 1000, 2)
    assert told[0] == FIRST
    assert told.count(1000) > 10
    assert told[-2:-1] == [LEAST]
    assert max(told[-4:]) < 300


def test_each_worker_of_a_short_run_has_something_to_do():
    assert len(sizes_of(400, 1000, 2)) >= 3


def test_many_workers_do_not_wait_for_the_flow():
    told = sizes_of(20_000, 1000, 40)
    busy = 20_000 / 40  # each worker, in pages
    assert min(told[1:10]) > FLOW_TAKES * 30, "a batch lasts as long as the flow takes for those of thirty others"
    assert FLOW_TAKES * len(told) < 2.5 * busy and max(told) < 1.2 * busy


@given(st.integers(0, 3000), st.integers(1, 1000), st.integers(1, 64))
def test_no_page_is_lost_and_no_batch_is_larger_than_told(files: int, most: int, workers: int):
    told = sizes_of(files, most, workers)
    assert sum(told) == files
    assert all(0 < size <= most for size in told)
