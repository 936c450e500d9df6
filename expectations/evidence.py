"""What is expected of core.evidence beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_explained",
        value_set=[True],
        severity="warning",
        notes="A value without its source, or neither value nor reason: `broadsheet explain` would have nothing to say.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_time_read",
        value_set=[True],
        severity="warning",
        notes="A table told when the page was seen, and no time could be read in it: observed_at is the time of the file. Candidates of "
        "the row have what it said; write it as ISO 8601 with an offset.",
    ),
]


def measure(evidence: pl.DataFrame, _related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `is_explained`, and `is_time_read`: false where a time that a source has told could not be read."""
    return evidence.with_columns(
        is_explained=pl.when(pl.col("value").is_not_null())
        .then(pl.col("source").is_not_null())
        .otherwise(pl.col("reason").is_not_null() | (pl.col("candidates").list.len() == 0)),
        is_time_read=~((pl.col("field") == "observed_at") & (pl.col("source") == "mtime")).fill_null(False),
    )
