"""What kind of listing a block is: by its label, else by what its items carry, else by its class names."""

from collections.abc import Sequence

from tasks.dissection.findings import ListingItem
from tasks.dissection.words.class_names import kind_of_names
from tasks.dissection.words.list_labels import kind_of_list, kinds_of_list

NAMES = ("hot", "recommended", "related", "latest", "section")
LEAST_RANKED = 3


def listing_kind(label: str | None, names: str, items: Sequence[ListingItem], *, is_amid: bool = True) -> tuple[str, str]:
    """(kind, what told it): related, recommended, hot, latest or section. `is_amid`: whether the list stands in the story."""
    table = kind_of_list(label) if label else None
    if table == "author" and "related" in kinds_of_list(label or ""):  # two tabs, of which related stories are shown
        table = "related"
    if table is not None and table not in ("section", "related"):
        return ("section" if table == "author" else table), f"label, {table}"
    if table == "related":  # numbers before related stories only number them
        return _related(label or "", items)
    if sum(item.rank is not None for item in items) >= LEAST_RANKED:
        return "hot", "ranks"
    if table is not None:
        return "section", "label, section"
    if named := kind_of_names(names, NAMES) if names else None:
        return named, "class names"
    # what a label names that says nothing of a kind is a topic, a column or an outlet: more of that stands under it
    if label:
        return "section", "label that names no kind"
    # what an author puts into a story is about it; what follows every story is what the site offers
    return ("related", "its place in the story") if is_amid else ("recommended", "nothing above it")


def _related(label: str, items: Sequence[ListingItem]) -> tuple[str, str]:
    """A label that says both "related" and "recommended" heads recommendations where items carry counts and no times."""
    counted = sum(item.comment_count is not None or item.read_count is not None for item in items)
    if "recommended" in kinds_of_list(label) and counted > len(items) / 2 and not any(item.listed_text for item in items):
        return "recommended", "label with counts"
    return "related", "label, related"
