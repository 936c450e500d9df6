"""What is expected of raw.pages beyond its contract."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract

FIRST_WEB_PAGE = datetime(1991, 8, 6, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="url",
        regex=r"(?i)^(https?://[^\s/]+|file:\S)",
        severity="critical",
        notes="A page without an address cannot be found, cited or fetched again, and its site is unknown.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="observed_when",
        value_set=["credible"],
        severity="warning",
        notes="Before the first web page or after now: the file's time or the crawler's clock was wrong. Loaded, since "
        "what the page says holds; but whatever is ordered by observed_at misplaces it.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="was_answered",
        value_set=[True],
        mostly=0.8,
        severity="warning",
        meta={"from_rows": 20},
        notes="A fifth of the captures with an error status: the crawl was blocked, or the list of URLs is old.",
    ),
    gxe.ExpectColumnMaxToBeBetween(
        column="largest_digest_share",
        max_value=0.5,
        severity="warning",
        meta={"from_rows": 50},
        notes="Half of the captures with the same bytes: a consent wall or a block page served with status 200.",
    ),
]


def measure(pages: pl.DataFrame, _related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `observed_when` (credible, before_the_web, after_now), `was_answered` and `largest_digest_share` 0..1."""
    return pages.with_columns(
        observed_when=pl.when(pl.col("observed_at") < FIRST_WEB_PAGE)
        .then(pl.lit("before_the_web"))
        .when(pl.col("observed_at") > datetime.now(UTC) + CLOCK_SKEW)
        .then(pl.lit("after_now"))
        .otherwise(pl.lit("credible")),
        was_answered=pl.col("http_status").is_between(200, 299).fill_null(True),  # sources other than WARC keep no status
        largest_digest_share=pl.len().over("digest") / pl.len(),
    )
