"""core.articles from the articles of a batch."""

import hashlib
from typing import Any

import polars as pl

from tasks.dissection.findings import DissectedPage
from tasks.shaping.records import fields_of, records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Articles
from warehouse.tables.contract import conform

# What of a body is fingerprinted: equal for texts that differ only in case, space and punctuation.
LETTERS = pl.col("body").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def shape_articles(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.articles, one row per page that carries an article."""
    given = [fields_of(article) | {"page_id": capture.page_id} | _restored(page) for capture, page, article in batch.articles()]
    articles = records_frame(given, Articles, without=("text_fingerprint", "char_count", "paragraph_count", "run_id"))
    return articles.with_columns(
        text_fingerprint=fingerprints(articles.select(LETTERS).collect().to_series()),
        char_count=pl.col("body").str.len_chars().cast(pl.Int32),
        paragraph_count=(pl.col("body").str.count_matches("\n", literal=True) + 1).cast(pl.Int32),
        run_id=pl.lit(batch.batch.run_id),
    ).pipe(conform, Articles)


def _restored(page: DissectedPage) -> dict[str, Any]:
    """The columns that restoration fills; null for a page that was dissected as it came."""
    done = page.restoration
    changed = [repair.status for repair in done.repairs if repair.status != "flagged"] if done else []
    return {
        "title_folded": done.title_folded if done else None,
        "body_folded": done.body_folded if done else None,
        "script": done.script if done else None,
        "is_cloaked": done.is_cloaked if done else None,
        "repair_count": len(changed) if done else None,
        "lost_count": changed.count("lost") if done else None,
    }


def fingerprints(letters: pl.Series) -> pl.Series:
    """16 hex digits of SHA-256 each. In Python, since a hash that is kept must not change with Polars' version."""
    return pl.Series([hashlib.sha256(text.encode()).hexdigest()[:16] for text in letters], dtype=pl.String)
