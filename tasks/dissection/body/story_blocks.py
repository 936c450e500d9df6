"""The blocks of a page that are the story's own: each is judged by what is measured of it, with weights learned from pages of many sites.

`tests/bench/learn_body.py` learns the weights and writes block_weights.toml.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp
from operator import mul

from lxml.html import HtmlElement

from tasks.dissection.body.around import Around
from tasks.dissection.body.block_features import NUMBERS, OF_KIND, SUBHEADS, measured, of_kind
from tasks.dissection.body.blocks import TextBlock
from tasks.dissection.body.comments import with_headed_comments
from tasks.dissection.body.learned import weights_of
from tasks.dissection.words.sentences import RUN_BYTES

Told = Mapping[HtmlElement, int]  # as blocks_in got it
EVEN = 0.5  # chance from which a block is the story's
EVEN_IF_TAKEN = 0.35  # the same of one that trafilatura takes: of short ones more are the story's than their sum says
# Of a page where nothing is likely, what is likeliest is its story: this share of the chance that its best blocks have.
SHARE_OF_BEST = 0.6
NEVER = Around.FIGURE | Around.POINTER  # captions have a table of their own; gold bodies differ in them
ELSEWHERE = NEVER | Around.ASIDE | Around.FOOTER | Around.FORM | Around.HIDDEN | Around.COMMENT
BRIDGES = (*SUBHEADS, "li", "tr", "dt", "dd")
LONGEST_BRIDGE = 20  # blocks
LEAST_KEPT = 0.7  # of the likely text, or nothing is left out for where it stands
ITEMS = ("li", "tr")
LIKELIER = 0.05  # by which the second of two blocks of one text is taken in place of the first, so that a story stays in its order
BEST = 3  # blocks of running text
# Of the log-odds of each of the two blocks before and behind, which count up to SUREST. From .08 to .1 it is the same within .0002.
NEIGHBOURS, SUREST = 0.08, 3.0


def story_text(blocks: Sequence[TextBlock], extracted: str, told: Told, heading: HtmlElement | None) -> str:
    """The story, a line a block; `extracted` is what trafilatura takes for it. Running text that comes twice is given once."""
    blocks = with_headed_comments(blocks)
    chances = chances_of(blocks, extracted, told, heading)
    least = least_chance(blocks, chances)
    taken = frozenset(line.removeprefix("- ") for line in extracted.split("\n"))
    likely = [
        place for place, chance in enumerate(chances) if chance >= (min(least, EVEN_IF_TAKEN) if blocks[place].text in taken else least)
    ]
    kept = [place for place in likely if not blocks[place].around & NEVER]
    if sum(blocks[place].size for place in kept) < LEAST_KEPT * sum(blocks[place].size for place in likely):
        kept = likely
    kept = _with_bridges(blocks, kept)
    likeliest: dict[str, int] = {}
    for place in kept:
        if blocks[place].size >= RUN_BYTES:
            key = blocks[place].text
            if key not in likeliest or chances[place] > chances[likeliest[key]] + LIKELIER:
                likeliest[key] = place
    once = frozenset(likeliest.values())
    return "\n".join(_line(blocks[place]) for place in kept if blocks[place].size < RUN_BYTES or place in once)


def _with_bridges(blocks: Sequence[TextBlock], kept: list[int]) -> list[int]:
    """The kept blocks and the subheads and lists between two of them, of which none is a link."""
    found: list[int] = []
    for place in kept:
        between = range(found[-1] + 1, place) if found else range(0)
        if len(between) <= LONGEST_BRIDGE and all(_may_bridge(blocks[each]) for each in between):
            found += between
        found.append(place)
    return found


def _may_bridge(block: TextBlock) -> bool:
    return block.element.tag in BRIDGES and not block.linked and block.around & Around.REGION > 0 and not block.around & ELSEWHERE


def _line(block: TextBlock) -> str:
    return f"- {block.text}" if block.begins_item else block.text


def chances_of(blocks: Sequence[TextBlock], extracted: str, told: Told, heading: HtmlElement | None) -> list[float]:
    """Of each block, how likely it is the story's own, 0 to 1."""
    weights = weights_of("block", NUMBERS)
    sums = [weights.sum_of(numbers) + _sum_of_kind(*kind) for numbers, kind in measured(blocks, extracted, told, heading)]
    of_list = _of_lists(blocks, sums)
    among = chances(of_list)
    # what stands apart by itself, as a letter box between two paragraphs, is not the story's because these are
    return [
        min(chance, _chance(total)) if block.around & ELSEWHERE else chance
        for block, total, chance in zip(blocks, of_list, among, strict=True)
    ]


def chances(sums: Sequence[float]) -> list[float]:
    """Of each block the chance that its sum gives it among its neighbours."""
    return [_chance(total) for total in _among_neighbours(sums)]


def _chance(total: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=8192)  # kinds of block: an outlet repeats them
def _sum_of_kind(tag: str, around: int, own: int, above: int) -> float:
    return _sum_of_part(tag, 0, 0, 0) + _sum_of_part("", around, 0, 0) + _sum_of_part("", 0, own, 0) + _sum_of_part("", 0, 0, above)


@lru_cache(maxsize=8192)  # there are few of each: most new kinds are new only as they go together
def _sum_of_part(tag: str, around: int, own: int, above: int) -> float:
    return float(sum(map(mul, weights_of("block", OF_KIND).weights, of_kind(tag, around, own, above))))


def _among_neighbours(sums: Sequence[float]) -> list[float]:
    """The sums, to which the blocks before and behind add a part of theirs: one that is unlike the rest is seldom the story's."""
    bound = [-SUREST, -SUREST, *(max(-SUREST, min(SUREST, total)) for total in sums), -SUREST, -SUREST]
    return [
        total + NEIGHBOURS * (bound[place] + bound[place + 1] + bound[place + 3] + bound[place + 4]) for place, total in enumerate(sums)
    ]


def _of_lists(blocks: Sequence[TextBlock], sums: list[float]) -> list[float]:
    """The sums, for which the items of a list and the rows of a table stand together: a list is the story's as a whole or not at all."""
    together: dict[HtmlElement, list[int]] = {}
    for place, block in enumerate(blocks):
        if block.element.tag in ITEMS and (outer := block.element.getparent()) is not None:
            together.setdefault(outer, []).append(place)
    for places in together.values():
        middle = sum(sums[place] for place in places) / len(places)
        for place in places:
            sums[place] = middle
    return sums


def least_chance(blocks: Sequence[TextBlock], chances: Sequence[float]) -> float:
    """The chance from which a block of this page is taken."""
    told = [(block.size - block.linked, chance) for block, chance in zip(blocks, chances, strict=True)]
    best = sorted(chance for own, chance in told if own >= RUN_BYTES)[-BEST:] or sorted(chance for own, chance in told if own)[-1:]
    return min(EVEN, SHARE_OF_BEST * sum(best) / len(best)) if best else EVEN
