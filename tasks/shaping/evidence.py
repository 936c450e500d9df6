"""core.evidence from all that was found on the pages of a batch, rejected ones included."""

import polars as pl

from tasks.shaping.records import fields_of, records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Evidence
from warehouse.tables.contract import conform


def shape_evidence(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.evidence, one row per field of a page; `extractor` is null until all tables are shaped."""
    given = [
        fields_of(finding) | {"candidates": [fields_of(c) for c in finding.candidates]} | {"page_id": capture.page_id}
        for outcome, capture in batch.captured()
        if outcome.dissected
        for finding in outcome.dissected.findings
    ]
    return (
        records_frame(given, Evidence, without=("extractor", "run_id"))
        .unique(["page_id", "field"], keep="first", maintain_order=True)
        .with_columns(extractor=pl.lit(None, pl.String), run_id=pl.lit(batch.batch.run_id))
        .pipe(conform, Evidence)
    )
