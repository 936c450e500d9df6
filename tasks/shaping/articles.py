"""core.articles from the articles of a batch."""

import hashlib

import polars as pl

from tasks.shaping.records import fields_of, records_frame
from tasks.workers.outcome import DissectedBatch
from warehouse.tables import Articles
from warehouse.tables.contract import conform

# What of a body is fingerprinted: equal for texts that differ only in case, space and punctuation.
LETTERS = pl.col("body").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def shape_articles(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.articles, one row per page that carries an article."""
    given = [fields_of(article) | {"page_id": capture.page_id} for capture, _, article in batch.articles()]
    articles = records_frame(given, Articles, without=("text_fingerprint", "char_count", "paragraph_count", "run_id"))
    return (
        articles.with_columns(
            text_fingerprint=fingerprints(articles.select(LETTERS).collect().to_series()),
            char_count=pl.col("body").str.len_chars().cast(pl.Int32),
            paragraph_count=(pl.col("body").str.count_matches("\n", literal=True) + 1).cast(pl.Int32),
            run_id=pl.lit(batch.batch.run_id),
        )
        .pipe(conform, Articles)
    )


def fingerprints(letters: pl.Series) -> pl.Series:
    """16 hex digits of SHA-256 each. In Python, since a hash that is kept must not change with Polars' version."""
    return pl.Series([hashlib.sha256(text.encode()).hexdigest()[:16] for text in letters], dtype=pl.String)
