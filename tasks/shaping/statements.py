"""core.statements from the articles of a batch."""

import polars as pl

from tasks.shaping.records import fields_of, records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Statements
from warehouse.tables.contract import conform


def shape_statements(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.statements, one row per turn of an interview."""
    given = [
        fields_of(statement) | {"page_id": capture.page_id, "start_offset": statement.start, "end_offset": statement.end}
        for capture, page, _ in batch.articles()
        for statement in page.statements
    ]
    return records_frame(given, Statements, without=("run_id",)).with_columns(run_id=pl.lit(batch.batch.run_id)).pipe(conform, Statements)
