"""core.listing_items from all pages of a batch that show listings, rejected ones included."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from tasks.dissection.findings import DissectedPage, ListingItem
from tasks.shaping.records import fields_of, records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import ListingItems
from warehouse.tables.contract import conform

# The most read topics of the largest networks say 10 ** 11 views; what is longer is an identifier, and may fit no column.
MOST = {"comment_count": 10**12, "like_count": 10**12, "read_count": 10**12, "rank": 10**6}


def shape_listing_items(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: core.listing_items, one row per item, listings and items numbered from the top."""
    given = [
        _told(item)
        | {
            "page_id": capture.page_id,
            "headline_folded": folded,
            "listing_number": number,
            "position": position,
            "kind": listing.kind,
            "label": listing.label,
            "observed_at": capture.observed_at,
        }
        for outcome, capture in batch.captured()
        if (page := outcome.dissected)
        for number, (listing, headlines) in enumerate(zip(page.listings, _headlines(page), strict=True), 1)
        for position, (item, folded) in enumerate(zip(listing.items, headlines, strict=True), 1)
    ]
    return (
        records_frame(given, ListingItems, without=("run_id",))
        .unique(["page_id", "listing_number", "position"], keep="first", maintain_order=True)
        .with_columns(run_id=pl.lit(batch.batch.run_id))
        .pipe(conform, ListingItems)
    )


def _headlines(page: DissectedPage) -> Iterable[Iterable[str | None]]:
    """Folded headlines by listing and item; null ones where nobody has folded them."""
    folded = page.restoration.headlines_folded if page.restoration else ()
    return folded or [[None] * len(listing.items) for listing in page.listings]


def _told(item: ListingItem) -> dict[str, Any]:
    """The item's own columns; a number that counts nothing is left out."""
    told = fields_of(item)
    return told | {name: None for name, most in MOST.items() if (told[name] or 0) > most}
