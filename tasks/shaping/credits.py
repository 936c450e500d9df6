"""core.credits from the articles of a batch."""

import polars as pl

from tasks.shaping.records import records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Credits
from warehouse.tables.contract import conform


def shape_credits(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.credits, one row per name in a role on a page with an article."""
    given = [
        {"page_id": capture.page_id, "role": credit.role, "name": credit.name, "as_printed": credit.as_printed}
        for capture, page, _ in batch.articles()
        for credit in page.credits
    ]
    return (
        records_frame(given, Credits, without=("position", "run_id"))
        .unique(["page_id", "role", "name"], keep="first", maintain_order=True)
        .with_columns(
            position=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("page_id", "role"),
            run_id=pl.lit(batch.batch.run_id),
        )
        .pipe(conform, Credits)
    )
