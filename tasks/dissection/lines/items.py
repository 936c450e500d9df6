"""The items of a block of lines: which line is the headline, and which pieces stand above and below it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.dissection.lines.blocks import Block
from tasks.dissection.lines.lines import Line
from tasks.dissection.lines.shapes import HEADLINE_WIDTH, Shape
from tasks.dissection.listings.found import FoundItem, ItemText
from tasks.dissection.words.text import line_key, width

BEGUN_SHARE = 0.6  # of a block's headlines that a bullet introduces, from which bullets part its items
LEAST_BEGUN = 6  # columns of a headline behind a bullet: "又走一个"
MOST_PIECES = 8  # kept of one item, on either side
KICKER_SHARE = 0.6
LEAST_KICKERS = 3  # items; one headline may have a bar of its own
# 【财经】 Headline; 财经 | Headline; Sport | Headline.
_KICKER = re.compile(r"(?:[【\[]\s*([^】\]]{1,12}?)\s*[】\]]|([^|｜丨]{1,16}?)\s?[|｜丨])\s*(\S.{5,})")


def items_of(block: Block) -> tuple[FoundItem, ...]:
    """Items in the order of the page, each story once."""
    groups = _by_bullets(block) or _by_gaps(block)
    items: dict[str, FoundItem] = {}
    for lines, head in groups:
        headline = lines[head]
        before = tuple(ItemText(line.text, href=line.href) for line in lines[:head][-MOST_PIECES:])
        after = tuple(ItemText(line.text, href=line.href) for line in lines[head + 1 :][:MOST_PIECES])
        items.setdefault(line_key(headline.text), FoundItem(headline.text, headline.href, before, after))
    return _without_kickers(tuple(items.values()))


def _without_kickers(items: tuple[FoundItem, ...]) -> tuple[FoundItem, ...]:
    """Headlines without the column that most of them name in front of a bar or in brackets; it becomes a piece above them."""
    found = [_KICKER.match(item.headline) for item in items]
    if len(items) < LEAST_KICKERS or sum(1 for match in found if match) < KICKER_SHARE * len(items):
        return items
    return tuple(
        replace(item, headline=match[3], before=(*item.before, ItemText((match[1] or match[2]).strip()))) if match else item
        for item, match in zip(items, found, strict=True)
    )


def _by_bullets(block: Block) -> list[tuple[Sequence[Line], int]]:
    """(lines, index of the headline) of each stretch from one bullet to the next; empty where bullets do not part the items."""
    starts = [index for index, line in enumerate(block.lines) if line.begins]
    heads = block.heads
    if len(starts) < 2 or not heads:
        return []
    if any(head < starts[0] for head in heads):
        starts = [0, *starts]  # the lead story
    ends = [*starts[1:], len(block.lines)]
    groups = [(start, end, _head_of(block, start, end)) for start, end in zip(starts, ends, strict=True)]
    with_head = [group for group in groups if group[2] is not None and block.shapes[group[2]] is Shape.HEADLINE]
    if len(with_head) < BEGUN_SHARE * len(heads):
        return []
    # tabs and buttons stand in front of and behind the items, not between them
    first, last = with_head[0][0], with_head[-1][0]
    return [(block.lines[start:end], head - start) for start, end, head in groups if head is not None and first <= start <= last]


def _head_of(block: Block, start: int, end: int) -> int | None:
    """The widest line that is no note and no teaser: kickers, sources and authors are shorter than headlines."""
    lines = range(start, min(end, start + MOST_PIECES))
    heads = [index for index in lines if block.shapes[index] is Shape.HEADLINE]
    if not heads:
        heads = [index for index in lines[:1] if block.shapes[index] is Shape.SHORT and width(block.lines[index].text) >= LEAST_BEGUN]
    return max(heads, key=lambda index: min(width(block.lines[index].text), 2 * HEADLINE_WIDTH.start), default=None)


def _by_gaps(block: Block) -> list[tuple[Sequence[Line], int]]:
    """Items around each headline, the lines between two of them parted as the block does it at its ends."""
    heads = _without_repeats(block, block.heads)
    above = _lines_above(block, heads)
    groups: list[tuple[Sequence[Line], int]] = []
    for number, (head, last) in enumerate(heads):
        top = heads[number - 1][1] + 1 if number else 0
        end = heads[number + 1][0] if number + 1 < len(heads) else len(block.lines)
        start = max(top, head - above)
        below = end if number + 1 == len(heads) else max(last + 1, end - above)
        groups.append(([*block.lines[start : head + 1], *block.lines[last + 1 : below]], head - start))
    return groups


def _without_repeats(block: Block, heads: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) line of each headline: one printed twice in an item counts once, the card's picture says it too."""
    kept: list[tuple[int, int]] = []
    for head in heads:
        if kept and line_key(block.lines[kept[-1][0]].text) == line_key(block.lines[head].text):
            kept[-1] = kept[-1][0], head
        else:
            kept.append((head, head))
    return kept


def _lines_above(block: Block, heads: Sequence[tuple[int, int]]) -> int:
    """How many lines of an item stand above its headline: as many as above the first one, where every item has so many."""
    first = heads[0][0]
    gaps = [below[0] - above[1] - 1 for above, below in pairwise(heads)]
    if not gaps:
        return min(first, 2)
    usual = Counter(gaps).most_common(1)[0][0]
    return min(first, usual)
