"""What is expected of core.images beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="fault",
        value_set=["none"],
        severity="critical",
        notes="placeholder: data:, about:blank or javascript: stand where a script loads the image later. nothing: neither an "
        "address nor a caption, so there is no image to speak of.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="caption",
        max_value=2000,
        severity="warning",
        notes="A caption this long is a paragraph of the body.",
    ),
]


def measure(images: pl.DataFrame, _related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `fault` (placeholder, nothing or none)."""
    return images.with_columns(
        fault=pl.when(~pl.col("url").str.contains(r"(?i)^(https?://[^\s/]+|file:\S)"))
        .then(pl.lit("placeholder"))
        .when(pl.col("url").is_null() & pl.col("caption").is_null())
        .then(pl.lit("nothing"))
        .otherwise(pl.lit("none")),
    )
