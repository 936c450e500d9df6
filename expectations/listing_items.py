"""What is expected of core.listing_items beyond its contract."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract

MOST_HEADLINE_CHARS = 1000  # as for titles: the longest real headline among the sample pages has 214
BEFORE_THE_WEB = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)
LISTING = ("page_id", "listing_number")

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="fault",
        value_set=["none"],
        severity="critical",
        notes="headline: no letter or digit, or longer than any headline, so no story is named. address: it leads to no page. "
        "time: a moment without zone, precision and source reads as certain when it is not. listing: one listing has two kinds "
        "or labels, or its places are not 1, 2, 3 …: items of two listings were mixed, and no order can be read from it.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="doubt",
        value_set=["none"],
        severity="warning",
        notes="after_observed: listed more than a day after the page was seen, which a clock or a wrongly completed date has "
        "done. before_the_web: a date was misread. Loaded, since headline and place hold.",
    ),
]


def measure(items: pl.DataFrame, _related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `fault` (headline, address, time, listing or none) and `doubt` (after_observed, before_the_web or none)."""
    listed, head = pl.col("listed_at"), pl.col("headline")
    told = pl.all_horizontal(pl.col("listed_zone", "listed_precision", "listed_source").is_not_null())
    mixed = (pl.struct("kind", "label").n_unique() > 1) | (pl.col("position").max() != pl.len())
    return items.with_columns(
        fault=pl.when((head.str.len_chars() > MOST_HEADLINE_CHARS) | ~head.str.contains(r"[\pL\pN]"))
        .then(pl.lit("headline"))
        .when(pl.col("url").is_not_null() & ~pl.col("url").str.contains(r"(?i)^(https?://[^\s/]+|file:\S)"))
        .then(pl.lit("address"))
        .when(listed.is_not_null() & ~told)
        .then(pl.lit("time"))
        .when(mixed.over(LISTING))
        .then(pl.lit("listing"))
        .otherwise(pl.lit("none")),
        doubt=pl.when(listed > pl.col("observed_at") + CLOCK_SKEW)
        .then(pl.lit("after_observed"))
        .when(listed < BEFORE_THE_WEB)
        .then(pl.lit("before_the_web"))
        .otherwise(pl.lit("none")),
    )
