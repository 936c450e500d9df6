"""ops.inputs, what makes a load idempotent, and single rows of other tables of `ops`, written in the transaction that loads."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import Stretch
from tasks.shaping.records import records_frame
from tasks.sources.page import Tally
from tasks.sources.printable import printable
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Contract, Inputs
from warehouse.tables.contract import conform, polars_schema


def shape_inputs(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: ops.inputs, one row per stretch that it dealt with, and one per page that is tried again."""
    failed = [outcome for outcome in batch.outcomes if outcome.failed_attempts is not None]
    given = [
        {
            "input_key": stretch.file.key,
            "fingerprint": stretch.file.fingerprint,
            "start_offset": part.start,
            "end_offset": part.end,
            "is_last": part.is_last,
            "page_count": part.page_count,
            "batch_id": batch.batch.batch_id,
            "path": printable(stretch.file.path),
            "passed_over": json.dumps(part.passed_over),
            "failed_attempts": attempts,
        }
        for stretch in batch.batch.stretches
        for part, attempts in _parts(stretch, [o for o in batch.outcomes if stretch.holds(o.ref)] if failed else [])
    ]
    return records_frame(given, Inputs).pipe(conform, Inputs)


def _parts(stretch: Stretch, outcomes: list[PageOutcome]) -> Iterator[tuple[Stretch, int | None]]:
    """The stretch, divided around the pages of it that failed, each with its attempts so far; what was passed over is told once."""
    start, settled, passed_over = stretch.start, 0, stretch.passed_over
    for left, outcome in enumerate(outcomes, 1 - len(outcomes)):
        if outcome.failed_attempts is None:
            settled += 1
            continue
        ref, offset = outcome.ref, max(outcome.ref.offset, start)
        if offset > start:
            yield replace(stretch, start=start, end=offset, is_last=False, page_count=settled, passed_over=passed_over), None
            passed_over = Tally()
        if left == 0 and (not stretch.is_last or ref.end <= ref.offset):  # of a file whose plan broke off, all the rest is to do
            yield replace(stretch, start=offset, page_count=1, passed_over=Tally()), outcome.failed_attempts
            return
        start, settled = max(ref.end, offset), 0
        yield replace(stretch, start=offset, end=start, is_last=False, page_count=1, passed_over=Tally()), outcome.failed_attempts
    count = settled if outcomes else stretch.page_count
    yield replace(stretch, start=start, end=max(stretch.end, start), page_count=count, passed_over=passed_over), None


def shape_entry(table: type[Contract], row: Mapping[str, Any]) -> pl.DataFrame:
    """In: one row of a table of `ops`, by column. Out: its frame."""
    return pl.DataFrame([row], schema=polars_schema(table), orient="row").pipe(conform, table)
