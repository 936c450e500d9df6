"""From found listings to the rows an analyst reads."""

from dataclasses import replace

from tasks.dissection.findings import Candidate, Finding, Found, Listing, listing_field
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.details import read_items
from tasks.dissection.listings.kind import listing_kind
from tasks.dissection.markup.parsed_page import ParsedPage


def read_listings(page: ParsedPage, found: tuple[FoundListing, ...], clock: ListingClock) -> Found[tuple[Listing, ...]]:
    """Listings with their items read and URLs absolute, and a finding for each, named listing_1, listing_2 ..."""
    listings = tuple(_read(page, listing, clock) for listing in found)
    return Found(listings, tuple(_finding(number, listing) for number, listing in enumerate(listings, 1)))


def _read(page: ParsedPage, found: FoundListing, clock: ListingClock) -> Listing:
    items = read_items(found.items, found.label, found.names, clock, page.absolute)
    kind, told_by = listing_kind(found.label, found.names, items, is_amid=found.is_amid)
    if kind == "hot" and found.is_numbered and all(item.rank is None for item in items):
        items = [replace(item, rank=place) for place, item in enumerate(items, 1)]
    return Listing(kind, found.label, tuple(items), found.place, found.score, f"{found.reason}; kind by {told_by}")


def _finding(number: int, listing: Listing) -> Finding:
    label = listing.label or "no label"
    reason = f"score {listing.score:.2f}: {listing.reason}; at {listing.place}"
    items = tuple(Candidate(item.listed_source or "headline", item.headline[:500], "item") for item in listing.items[:5])
    return Finding(listing_field(number), f"{listing.kind}: {label}, {len(listing.items)} items", "shape", reason, items)
