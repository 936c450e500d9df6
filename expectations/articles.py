"""What is expected of core.articles beyond its contract."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract, Pages

FIRST_NEWSPAPER = datetime(1605, 1, 1, tzinfo=UTC)  # the Relation of Strasbourg
BEFORE_THE_WEB = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)
SCHEDULED_AHEAD = timedelta(days=366)

WALL_CHARS = 600  # walls are short; an article about captchas is not
WALLS = (
    r"(?i)\benable javascript\b|\bplease turn on javascript\b|\baccess denied\b|\bare you a robot\b|"
    r"\bverify(ing)? (that )?you are (a )?human\b|\bunusual traffic\b|\bchecking your browser\b|\bcloudflare ray id\b|"
    r"\b40[34] (not found|forbidden)\b|javascript (aktivieren|必要)|请开启javascript|請啟用 ?javascript|"
    r"访问过于频繁|访问验证|验证码|アクセスが拒否|javascriptを有効"
)
ROOT_URL = r"^(?i)https?://[^/?#]+/?$"
TAG = r"</?[A-Za-z][^<>\n]{0,300}>"

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="title",
        max_value=1000,
        severity="critical",
        notes="The longest real headline among the sample pages has 214 characters; beyond 1,000 it is a body or an attack.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="title_is_site_name",
        value_set=[False],
        severity="warning",
        notes="The page's <title> carried only the site: the headline was missed, the body may still be right.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_front_page",
        value_set=[False],
        severity="critical",
        notes="The root of a host, headed by the site's name: its teasers passed for an article that nobody wrote.",
    ),
    gxe.ExpectColumnValuesToNotMatchRegex(
        column="title",
        regex=TAG + r"|&(#\d+|[a-z]{2,8});",
        severity="warning",
        notes="Markup or entities in a headline were escaped twice by the publisher.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="markup_share",
        max_value=0.3,
        severity="critical",
        notes="A body that is a third tags is source code of a page, not text for a reader.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="code_share",
        max_value=0.15,
        severity="critical",
        notes="Share of {}();= in the body. Prose stays under 0.02, a programming tutorial under 0.08; scripts exceed 0.15.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_share",
        max_value=0.1,
        severity="critical",
        notes="Every tenth character is U+FFFD: the charset was wrong or the bytes are gone; what is left misleads search.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_share_seen",
        max_value=0.005,
        severity="warning",
        notes="Some characters are lost; restoration may bring them back from the raw bytes.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_wall",
        value_set=[False],
        severity="critical",
        notes="Consent, captcha, error and no-JavaScript pages are served with status 200 and pass for short articles.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="published_when",
        value_set=["credible", "before_the_web", "after_observed", "none"],
        severity="critical",
        notes="Before the first newspaper or a year ahead of now: a placeholder such as 0001-01-01, which would bend every "
        "time series it enters.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="published_doubt",
        value_set=["credible", "none"],
        severity="warning",
        notes="Published before the web or more than a day after it was observed: publishers schedule pages ahead, archives "
        "are digitised, clocks differ; worth a look, not a stop.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_date_explained",
        value_set=[True],
        severity="critical",
        notes="A moment without its precision and zone reads as midnight UTC, and nobody can tell that it is not.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="modified_at",
        column_B="published_at",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="warning",
        notes="A change before publication: the two were mixed up, or mean different zones.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="published_at",
        mostly=0.5,
        severity="warning",
        meta={"from_rows": 20},
        notes="Most news pages show a date; where half of a batch has none, a site changed its template.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="lang",
        mostly=0.8,
        severity="warning",
        meta={"from_rows": 20},
        notes="Language is told by almost every page of more than a few sentences.",
    ),
    gxe.ExpectColumnMedianToBeBetween(
        column="char_count",
        min_value=200,
        severity="warning",
        meta={"from_rows": 20},
        notes="Bodies this short across a batch are teasers: a paywall, or an extractor that lost the text.",
    ),
    gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(
        column="text_fingerprint",
        min_value=0.7,
        severity="warning",
        meta={"from_rows": 20},
        notes="A third of the texts more than once: the source holds mirrors, or one page under many URLs.",
    ),
    gxe.ExpectColumnMaxToBeBetween(
        column="largest_title_share",
        max_value=0.5,
        severity="warning",
        meta={"from_rows": 50},
        notes="Half of the headlines are the same: the site's name or a banner was taken for the headline.",
    ),
    gxe.ExpectColumnMaxToBeBetween(
        column="largest_body_share",
        max_value=0.5,
        severity="critical",
        meta={"from_rows": 50},
        notes="Half of the bodies are the same text: the site answered with one page for every URL, and loading it would "
        "mark all these captures as done.",
    ),
]


def measure(articles: pl.DataFrame, related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds what the expectations judge by; shares are 0..1 of the body's characters or of the batch's articles."""
    pages = related[Pages].select("page_id", "observed_at", "url").unique("page_id", keep="first")
    chars = pl.col("body").str.len_chars().clip(lower_bound=1)
    lost = pl.col("body").str.count_matches("\ufffd", literal=True) / chars
    is_short = chars < WALL_CHARS
    return (
        articles.join(pages, on="page_id", how="left", maintain_order="left")
        .with_columns(
            title_is_site_name=(_letters("title") == _letters("site_name")).fill_null(False),
            markup_share=pl.col("body").str.extract_all(TAG).list.eval(pl.element().str.len_chars()).list.sum() / chars,
            code_share=pl.col("body").str.count_matches(r"[{}();=]") / chars,
            lost_share=lost,
            lost_share_seen=lost,
            is_wall=is_short & pl.col("body").str.contains(WALLS),
            published_when=_published_when(),
            is_date_explained=pl.col("published_at").is_null()
            | (pl.col("published_precision").is_not_null() & pl.col("published_zone").is_not_null()),
            largest_title_share=pl.len().over("title") / pl.len(),
            largest_body_share=pl.len().over("text_fingerprint") / pl.len(),
        )
        .with_columns(published_doubt=pl.col("published_when"))
    )


def _letters(column: str) -> pl.Expr:
    """A name as it is compared: lower case, letters and digits only."""
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\pL\pN]", "")


def _published_when() -> pl.Expr:
    published, now = pl.col("published_at"), datetime.now(UTC)
    return (
        pl.when(published.is_null())
        .then(pl.lit("none"))
        .when(published < FIRST_NEWSPAPER)
        .then(pl.lit("before_newspapers"))
        .when(published > now + SCHEDULED_AHEAD)
        .then(pl.lit("a_year_ahead"))
        .when(published < BEFORE_THE_WEB)
        .then(pl.lit("before_the_web"))
        .when(published > pl.col("observed_at") + CLOCK_SKEW)
        .then(pl.lit("after_observed"))
        .otherwise(pl.lit("credible"))
    )
