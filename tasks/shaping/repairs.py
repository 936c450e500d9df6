"""core.repairs from all that was restored on the pages of a batch, rejected ones included."""

import polars as pl

from tasks.shaping.records import fields_of, records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Repairs
from warehouse.tables.contract import conform


def shape_repairs(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.repairs, one row per span, numbered within its page."""
    given = [
        fields_of(repair)
        | {
            "page_id": capture.page_id,
            "repair_number": number,
            "candidates": [{"text": text, "share": share} for text, share in repair.candidates],
            "round_trip": "proved" if repair.is_proved else "not proved",
        }
        for outcome, capture in batch.captured()
        if outcome.dissected and outcome.dissected.restoration
        for number, repair in enumerate(outcome.dissected.restoration.repairs, 1)
    ]
    return (
        records_frame(given, Repairs, without=("run_id",))
        .unique(["page_id", "repair_number"], keep="first", maintain_order=True)
        .with_columns(run_id=pl.lit(batch.batch.run_id))
        .pipe(conform, Repairs)
    )
