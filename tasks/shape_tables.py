"""Door: a dissected batch as one frame per table."""

import polars as pl
from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.shaping.articles import shape_articles
from tasks.shaping.credits import shape_credits
from tasks.shaping.evidence import shape_evidence
from tasks.shaping.images import shape_images
from tasks.shaping.listing_items import shape_listing_items
from tasks.shaping.pages import shape_pages
from tasks.shaping.rejects import shape_rejects
from tasks.shaping.repairs import shape_repairs
from tasks.shaping.statements import shape_statements
from tasks.workers.outcome import DissectedBatch
from warehouse.tables import Articles, Contract, Credits, Evidence, Images, ListingItems, Pages, Rejects, Repairs, Statements

Frames = dict[type[Contract], pl.DataFrame]


@task(task_run_name="shape-{name}", cache_policy=NO_CACHE, persist_result=False)
def shape_tables(name: str, batch: DissectedBatch, extractor: str) -> Frames:
    """One frame per table, each conforming to its contract; rows that must not be loaded are still among them."""
    return {
        Pages: shape_pages(batch),
        Articles: shape_articles(batch),
        Credits: shape_credits(batch),
        Images: shape_images(batch),
        ListingItems: shape_listing_items(batch),
        Statements: shape_statements(batch),
        Evidence: shape_evidence(batch, extractor),
        Repairs: shape_repairs(batch),
        Rejects: shape_rejects(batch),
    }
