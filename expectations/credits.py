"""What is expected of core.credits beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Articles, Contract

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="has_article", value_set=[True], severity="critical",
        notes="A credit without its article in the batch credits nobody with anything.",
    ),
    gxe.ExpectColumnValuesToMatchRegex(
        column="name", regex=r"[^\W\d_]", severity="critical",
        notes="Names have a letter; dates, counters and dashes beside a byline do not.",
    ),
    gxe.ExpectColumnValuesToNotMatchRegex(
        column="name", regex=r"(?i)https?://|</?[a-z][^<>]*>|\S+@\S+\.\S", severity="critical",
        notes="An address, an e-mail or markup is what stood beside the name, not the name.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="printed_name", max_value=120, severity="warning",
        notes="Several people in one credit, or a sentence about the author.",
    ),
]


def measure(credits: pl.DataFrame, related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `has_article` and `printed_name`, the name once more for the warning on its length."""
    return credits.with_columns(
        has_article=pl.col("page_id").is_in(related[Articles].get_column("page_id").to_list()),
        printed_name=pl.col("name"),
    )
