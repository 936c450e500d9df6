"""core.images from the articles of a batch."""

import polars as pl

from tasks.shaping.records import fields_of, records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Images
from warehouse.tables.contract import conform


def shape_images(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.images, one row per image of an article, each address or lone caption once."""
    given = [fields_of(image) | {"page_id": capture.page_id} for capture, page, _ in batch.articles() for image in page.images]
    return (
        records_frame(given, Images, without=("position", "run_id"))
        .unique(["page_id", pl.coalesce("url", "caption")], keep="first", maintain_order=True)
        .with_columns(
            position=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("page_id"),
            run_id=pl.lit(batch.batch.run_id),
        )
        .pipe(conform, Images)
    )
