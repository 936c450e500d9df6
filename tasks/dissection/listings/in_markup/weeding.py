"""What comes out of found listings again: ways to more among the stories, and lists that a page prints twice."""

from collections.abc import Sequence

from tasks.dissection.listings.found import FoundItem, FoundListing
from tasks.dissection.listings.in_markup.addresses import AddressShape, shape_of
from tasks.dissection.words.list_labels import is_more
from tasks.dissection.words.text import line_key

LEAST_STORIES = 3  # entries like the article, from which one that is not is told
STORIES_SHARE = 2 / 3
COPIED = 0.75  # of a list's stories that another has


def stories_among(items: Sequence[FoundItem], own: AddressShape | None) -> list[FoundItem]:
    """Without what leads to more of the list, to the section its stories are in, or away from the site among stories of the site."""
    items = [item for item in items if len(items) == 1 or not is_more(item.headline)]
    if own is None:
        return items
    shapes = [shape_of(item.href or "") for item in items]
    if sum(shape.is_like(own) for shape in shapes) < max(LEAST_STORIES, STORIES_SHARE * len(items)):
        return items
    leaving = [shape.site not in ("", own.site) for shape in shapes]
    paths = [(item.href or "").partition("?")[0].rstrip("/") for item in items]
    return [
        item
        for item, shape, path, leaves in zip(items, shapes, paths, leaving, strict=True)
        if (shape.is_story and not (leaves and sum(leaving) == 1)) or not (leaves or any(other.startswith(f"{path}/") for other in paths))
    ]


def without_copies(listings: Sequence[FoundListing]) -> list[FoundListing]:
    """Without lists that nothing heads where one with a label has their stories, and without the same list under the same label."""
    keys = [{line_key(item.headline) for item in listing.items} for listing in listings]
    labelled = [place for place, listing in enumerate(listings) if listing.label is not None and len(listing.items) > 1]
    kept: list[FoundListing] = []
    for place, listing in enumerate(listings):
        others = labelled if listing.label is None else [p for p in labelled if p < place and listings[p].label == listing.label]
        least = COPIED * len(keys[place])
        if len(listing.items) == 1 or not any(len(keys[place] & keys[other]) >= least for other in others):
            kept.append(listing)
    return kept
