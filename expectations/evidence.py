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
]


def measure(evidence: pl.DataFrame, _related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `is_explained`."""
    return evidence.with_columns(
        is_explained=pl.when(pl.col("value").is_not_null())
        .then(pl.col("source").is_not_null())
        .otherwise(pl.col("reason").is_not_null() | (pl.col("candidates").list.len() == 0)),
    )
