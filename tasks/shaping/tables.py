"""All tables of a batch; a page that cannot be shaped costs itself and no other."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from tasks.pages.outcome import PageOutcome
from tasks.shaping.articles import shape_articles
from tasks.shaping.credits import shape_credits
from tasks.shaping.evidence import shape_evidence
from tasks.shaping.images import shape_images
from tasks.shaping.listing_items import shape_listing_items
from tasks.shaping.pages import shape_pages
from tasks.shaping.rejects import shape_rejects
from tasks.shaping.repairs import shape_repairs
from tasks.shaping.statements import shape_statements
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.errors import ContractBroken
from warehouse.tables import Articles, Contract, Credits, Evidence, Images, ListingItems, Pages, Rejects, Repairs, Statements

Frames = dict[type[Contract], pl.DataFrame]


def frames_of(batch: DissectedBatch, extractor: str) -> Frames:
    """One frame per table. Raises whatever Polars says of a value that no column can hold."""
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


def shape_batch_tables(
    batch: DissectedBatch, extractor: str, shape: Callable[[DissectedBatch, str], Frames] = frames_of
) -> tuple[DissectedBatch, Frames]:
    """One frame per table, and the batch they are of: without culprits, where it cannot be shaped as a whole. Raises ContractBroken."""
    try:
        return batch, shape(batch, extractor)
    except ContractBroken:
        raise  # our own mistake: no page could be shaped
    except Exception:  # noqa: BLE001 - what dissection let through: nobody foresaw it, and the batch must not stop the run
        sound = replace(batch, outcomes=[_alone(batch, outcome, extractor, shape) for outcome in batch.outcomes])
        return sound, shape(sound, extractor)


def _alone(batch: DissectedBatch, outcome: PageOutcome, extractor: str, shape: Callable[[DissectedBatch, str], Frames]) -> PageOutcome:
    """The outcome, or its refusal where it cannot be shaped on its own either; its capture is not kept, since that may be the reason."""
    try:
        shape(replace(batch, outcomes=[outcome]), extractor)
    except Exception as error:  # noqa: BLE001 - as above
        return PageOutcome(outcome.ref, reason="shaping_failed", detail=f"{type(error).__name__}: {error}"[:500])
    return outcome
