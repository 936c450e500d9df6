"""What core.articles is judged by besides its columns: where its text came from, and what is odd about it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import polars as pl

from warehouse.tables import Contract, Pages

FIRST_NEWSPAPER = datetime(1605, 1, 1, tzinfo=UTC)  # the Relation of Strasbourg
BEFORE_THE_WEB = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(days=1)
SCHEDULED_AHEAD = timedelta(days=366)

WALL_CHARS = 600  # walls are short; an article about captchas is not
# Word boundaries of ASCII: the phrases are, and with Unicode's a text in Chinese takes the regex engine fifty times as long.
WALLS = (
    r"(?i)(?-u:\b)(?:enable javascript|please turn on javascript|access denied|are you a robot|verify(ing)? (that )?you are (a )?human|"
    r"unusual traffic|checking your browser|cloudflare ray id|40[34] (not found|forbidden))(?-u:\b)|"
    r"javascript (aktivieren|必要)|请开启javascript|請啟用 ?javascript|"
    r"访问过于频繁|访问验证|验证码|アクセスが拒否|javascriptを有効"
)
ROOT_URL = r"(?i)^https?://[^/?#]+/?$"
TAG = r"</?[A-Za-z][^<>\n]{0,300}>"


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
            is_wall=pl.when(is_short).then(pl.col("body")).str.contains(WALLS).fill_null(False),
            published_when=_published_when(),
            is_date_explained=pl.col("published_at").is_null()
            | (pl.col("published_precision").is_not_null() & pl.col("published_zone").is_not_null()),
            is_cloak_undone=~(pl.col("is_cloaked").fill_null(False) & (pl.col("repair_count").fill_null(0) == 0)),
            largest_title_share=pl.len().over("title") / pl.len(),
            largest_body_share=pl.len().over("text_fingerprint") / pl.len(),
        )
        .with_columns(
            published_doubt=pl.col("published_when"),
            is_front_page=pl.col("title_is_site_name") & pl.col("url").str.contains(ROOT_URL),
        )
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
