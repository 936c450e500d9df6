"""What is expected of core.evidence beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract, Pages

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="has_page", value_set=[True], severity="critical",
        notes="Evidence about a capture that is not in the batch could never be checked.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_explained", value_set=[True], severity="warning",
        notes="A value without its source, or neither value nor reason: `broadsheet explain` would have nothing to say.",
    ),
]


def measure(evidence: pl.DataFrame, related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `has_page` and `is_explained`."""
    return evidence.with_columns(
        has_page=pl.col("page_id").is_in(related[Pages].get_column("page_id").to_list()),
        is_explained=pl.when(pl.col("value").is_not_null()).then(pl.col("source").is_not_null())
        .otherwise(pl.col("reason").is_not_null() | (pl.col("candidates").list.len() == 0)),
    )
