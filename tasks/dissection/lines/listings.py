"""Listings of an already extracted text: blocks of lines in which headlines repeat, under a label or with times beside them."""

from collections.abc import Iterator, Sequence
from statistics import median

from tasks.dissection.lines.blocks import Block, blocks_of
from tasks.dissection.lines.glued import split_runs
from tasks.dissection.lines.items import items_of
from tasks.dissection.lines.lines import Line
from tasks.dissection.lines.shapes import Shape, shape_of
from tasks.dissection.listings.found import FoundItem, FoundListing
from tasks.dissection.words.list_labels import is_sponsored
from tasks.dissection.words.text import line_key, width

LEAST_ITEMS = 3  # of a listing that no known label heads
# Columns of the median headline where neither label nor times tell a list: footers print links of 15 to 35.
LEAST_MEDIAN = 44
LEAST_NOTED = 0.5  # share of items with a time or a count beside them that makes a list without a label a listing
SAME_OPENING = 8  # letters: a footer's links to departments and results begin alike
MOST_SAME = 0.5
ACCEPTED = 0.5  # least score


def find_text_listings(lines: Sequence[Line], title: str) -> tuple[FoundListing, ...]:
    """Listings in page order. Menus, footers, tags and what readers wrote are none."""
    found, own = [], line_key(title)
    for block in blocks_of(split_runs(list(lines))):
        items = tuple(item for item in items_of(block) if line_key(item.headline) != own)
        score, reason = _score(block, items)
        if score >= ACCEPTED:
            place = f"lines {block.lines[0].number} to {block.lines[-1].number}"
            found.append(FoundListing(block.label, items, place, score, reason))
    return tuple(_without_copies(found))


def _score(block: Block, items: Sequence[FoundItem]) -> tuple[float, str]:
    """How much the lines are a listing, 0..1, and by what."""
    if not items:
        return 0.0, "no headline"
    widths = median(width(item.headline) for item in items)
    noted = sum(1 for item in items if _has_note(item)) / len(items)
    begun = sum(1 for line in block.lines if line.begins) / max(1, len(items))
    label = "known" if block.is_known else "none" if block.label is None else "unknown"
    reason = f"{len(items)} headlines of {widths:.0f} columns, {noted:.0%} with a time or count, label {label}"
    if block.label and is_sponsored(block.label):
        return 0.1, f"{reason}; advertising"
    if _is_readers(block, len(items), noted):
        return 0.1, f"{reason}; among what readers wrote"
    if _alike(items):
        return 0.2, f"{reason}; they begin alike"
    if block.is_known:
        return min(1.0, 0.7 + 0.05 * len(items) + 0.2 * noted), reason
    if len(items) < LEAST_ITEMS:
        return 0.3, reason
    if noted >= LEAST_NOTED:
        return min(1.0, 0.5 + 0.3 * noted + 0.01 * len(items)), reason
    ranked = sum(1 for item in items if item.headline[:1].isdigit()) > LEAST_NOTED * len(items)
    score = 0.3 * min(1.0, widths / LEAST_MEDIAN) + 0.1 * min(1.0, begun) + 0.15 * (block.label is not None or ranked)
    return score, f"{reason}{', ranked' if ranked else ''}"


def _is_readers(block: Block, items: int, noted: float) -> bool:
    """Whether readers wrote it: buttons under every second line, or sentences and times below what heads comments."""
    pressed = sum(1 for shape in block.shapes if shape is Shape.BUTTON)
    return pressed > items / 2 or (block.is_readers and (noted > 0 or Shape.PROSE in block.shapes or block.label is None))


def _has_note(item: FoundItem) -> bool:
    return any(shape_of(piece.text) is Shape.NOTE for piece in (*item.before, *item.after))


def _alike(items: Sequence[FoundItem]) -> bool:
    """Whether most headlines begin with the same letters."""
    if len(items) < LEAST_ITEMS:
        return False
    openings = [line_key(item.headline)[:SAME_OPENING] for item in items]
    return max(map(openings.count, openings)) > MOST_SAME * len(items)


def _without_copies(found: Sequence[FoundListing]) -> Iterator[FoundListing]:
    """Each block once: pages print one list for wide and one for narrow screens."""
    seen: set[tuple[str, ...]] = set()
    for listing in found:
        key = tuple(line_key(item.headline) for item in listing.items)
        if key not in seen:
            seen.add(key)
            yield listing
