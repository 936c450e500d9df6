"""core.articles from the articles of a batch."""

import hashlib
import re
from dataclasses import asdict

import polars as pl

from tasks.shaping.records import records_frame
from tasks.workers.outcome import DissectedBatch
from warehouse.tables import Articles
from warehouse.tables.contract import conform

NOT_LETTERS = re.compile(r"[\W_]+")


def shape_articles(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.articles, one row per page that carries an article."""
    given = [
        asdict(article) | {"page_id": capture.page_id, "text_fingerprint": text_fingerprint(article.body)}
        for capture, _, article in batch.articles()
    ]
    return (
        records_frame(given, Articles, without=("char_count", "paragraph_count", "run_id"))
        .with_columns(
            char_count=pl.col("body").str.len_chars().cast(pl.Int32),
            paragraph_count=(pl.col("body").str.count_matches("\n", literal=True) + 1).cast(pl.Int32),
            run_id=pl.lit(batch.batch.run_id),
        )
        .pipe(conform, Articles)
    )


def text_fingerprint(body: str) -> str:
    """16 hex digits, equal for texts that differ only in case, space and punctuation. In Python, since a hash that is
    kept must not change with Polars' version."""
    letters = NOT_LETTERS.sub("", body.casefold())
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()[:16]
