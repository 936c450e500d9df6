"""What is expected of core.images beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Articles, Contract

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="has_article", value_set=[True], severity="critical",
        notes="An image without its article in the batch illustrates nothing.",
    ),
    gxe.ExpectColumnValuesToMatchRegex(
        column="url", regex=r"(?i)^(https?://[^\s/]+|file:\S)", severity="critical",
        notes="Placeholders (data:, about:blank, javascript:) stand where a script loads the image later.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="caption", max_value=2000, severity="warning",
        notes="A caption this long is a paragraph of the body.",
    ),
]


def measure(images: pl.DataFrame, related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `has_article`."""
    return images.with_columns(has_article=pl.col("page_id").is_in(related[Articles].get_column("page_id").to_list()))
