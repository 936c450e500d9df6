"""ops.inputs: stretches are divided around pages that are tried again, and nothing is planned twice or lost."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import PageBatch, plan_batches
from tasks.shaping.ledger import shape_inputs
from tasks.sources.page import InputFile, PageRef, Tally
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.ledger import KnownStretch

COLUMNS = ("fingerprint", "start_offset", "end_offset", "is_last", "page_count", "passed_over", "failed_attempts")
FILLER = 3  # bytes of records between two pages that are no page


class Ledger:
    """ops.inputs as the warehouse keeps it: by key, the last word holds."""

    def __init__(self, pages: int) -> None:
        self.file = InputFile("/in/crawl.warc", "crawl.warc", size=pages * 10 + FILLER, mtime_ns=1, kind="warc")
        self.rows: dict[int, tuple] = {}

    def known(self, _keys: list[str]) -> dict[str, list[KnownStretch]]:
        return {self.file.key: [KnownStretch(*self.rows[start]) for start in sorted(self.rows)]}

    def plan(self, batch_pages: int) -> list[PageBatch]:
        def pages(file: InputFile, start: int, _passed: Tally):
            yield from (PageRef("warc", file.path, file.uri, n, n + 10 - FILLER) for n in range(FILLER, file.size, 10) if n >= start)

        return list(plan_batches([self.file], pages, self.known, run_id="a" * 16, batch_pages=batch_pages))

    def load(self, batch: PageBatch, failing: set[int]) -> set[int]:
        """Enter the batch with these pages failed; gives the offsets of those that did not."""
        failed = {ref.offset for ref in batch.pieces if ref.offset // 10 in failing}
        outcomes = [PageOutcome(ref, failed_attempts=1 if ref.offset in failed else None) for ref in batch.pieces]
        for row in shape_inputs(DissectedBatch(batch, outcomes)).select(COLUMNS).iter_rows():
            self.rows[row[1]] = row
        return {ref.offset for ref in batch.pieces} - failed


@given(st.integers(0, 12), st.integers(1, 5), st.integers(1, 5), st.lists(st.sets(st.integers(0, 12)), max_size=3))
def test_the_next_run_plans_exactly_what_failed(pages: int, batch_pages: int, next_batch_pages: int, failing: list[set[int]]):
    ledger, done, left = Ledger(pages), set[int](), {FILLER + 10 * n for n in range(pages)}
    for number, failed in enumerate([*failing, set[int]()]):
        batches = ledger.plan(next_batch_pages if number else batch_pages)
        assert {ref.offset for batch in batches for ref in batch.pieces} == left
        for batch in batches:
            settled = ledger.load(batch, failed)
            assert not settled & done
            done, left = done | settled, left - settled
        counted = sum(stretch.page_count for stretch in ledger.known([])[ledger.file.key] if stretch.failed_attempts is None)
        assert counted == len(done)
    assert ledger.plan(next_batch_pages) == []
