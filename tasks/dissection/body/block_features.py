"""What is measured of a block of text, to tell whether it is the story's own: by itself, by its neighbours, by others of its kind."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from lxml.html import HtmlElement

from tasks.dissection.body.around import Around
from tasks.dissection.body.blocks import TextBlock
from tasks.dissection.body.named_blocks import NAMES as NAMED
from tasks.dissection.body.named_blocks import NamedBlocks, flags
from tasks.dissection.words.sentences import RUN_BYTES, SENTENCE_END

NEAR = 3  # blocks before and behind that are asked as well
LONG_TEXT = 16  # bytes, from which a block may be found as a part of a line
SUBHEADS = ("h2", "h3", "h4", "h5", "h6")
TAGS = ("p", "h1", "li", "div", "td")
AROUND = {name: value for name, value in vars(Around).items() if name.isupper()}
NUMBERS = (
    "size", "linked_share", "sentence", "running", "in_page", "direct", "repeated", "links", "marks", "lower",
    "before_page", "before_running", "before_linked", "before_size", "after_page", "after_running", "after_linked", "after_size",
    "before2_page", "before2_running", "after2_page", "after2_running",
    "near_page", "near_running", "near_linked",
    "like_page", "like_running", "like_linked", "like_count", "like_size",
    "within", "above_story", "below_story", "below_heading", "from_heading",
)  # fmt: skip
OF_KIND = ("subhead", *TAGS, *AROUND, *NAMED)
NAMES = (*NUMBERS, *OF_KIND)
Kind = tuple[str, int, int, int]  # element name, bits of Around, names of its own and around it: many blocks are of one
_Seen = tuple[bool, bool, float, float]  # what neighbours are asked: trafilatura took it, it runs, share that is linked, log of its size
_NOWHERE: _Seen = (False, False, 1.0, 0.0)


@dataclass(slots=True)
class Alike:
    """Blocks of one element name and class, in elements of one class."""

    count: int = 0
    page: int = 0
    running: int = 0
    size: int = 0
    linked: int = 0
    told: tuple[float, ...] = ()

    def tell(self) -> tuple[float, ...]:
        if not self.told:
            shares = self.page / self.count, self.running / self.count, self.linked / self.size
            self.told = (*shares, log1p(self.count), log1p(self.size / self.count))
        return self.told


def rows_of(
    blocks: Sequence[TextBlock], extracted: str, told: Mapping[HtmlElement, int], heading: HtmlElement | None
) -> Iterator[list[float]]:
    """A row of NAMES for each block."""
    for numbers, kind in measured(blocks, extracted, told, heading):
        yield [*numbers, *of_kind(*kind)]


def measured(
    blocks: Sequence[TextBlock], extracted: str, told: Mapping[HtmlElement, int], heading: HtmlElement | None
) -> Iterator[tuple[list[float], Kind]]:
    """NUMBERS of each block, and its kind. `extracted` is what trafilatura took for the text, `told` as blocks_in got it."""
    seen = _seen(blocks, extracted)
    taken = [place for place, each in enumerate(seen) if each[0] and each[1]]
    first, last = (taken[0], taken[-1]) if taken else (len(blocks), -1)
    head = _place_of(blocks, heading, first)
    outers = [block.element.getparent() for block in blocks]
    alike = _alike(blocks, outers, seen)
    near = _near(blocks, seen)
    met: dict[str, int] = defaultdict(int)
    named = NamedBlocks()
    padded = [_NOWHERE, _NOWHERE, *seen, _NOWHERE, _NOWHERE]
    for place, block in enumerate(blocks):
        element, text, outer = block.element, block.text, outers[place]
        is_direct = (told.get(element, 0) | (0 if outer is None else told.get(outer, 0))) & Around.CORE > 0
        in_page, runs, linked, size = seen[place]
        marks = sum(map(text.count, "|•·/>")) / len(text)
        yield [
            size, linked, SENTENCE_END.search(text) is not None, runs, in_page, is_direct, min(met[text], 2), block.linked > 0, marks,
            text[0].islower(),
            *padded[place + 1], *padded[place + 3], *padded[place][:2], *padded[place + 4][:2],
            *near[place], *alike[place].tell(),
            first <= place <= last, log1p(max(0, first - place)), log1p(max(0, place - last)), place > head, log1p(abs(place - head)),
        ], (str(element.tag), block.around, *named.of(element, outer))  # fmt: skip
        met[text] += 1


def of_kind(tag: str, around: int, own: int, above: int) -> tuple[float, ...]:
    """OF_KIND: what an element's name, its class names and what is around it say."""
    return (tag in SUBHEADS, *(tag == each for each in TAGS), *(around & each > 0 for each in AROUND.values()), *flags(own, above))


def _seen(blocks: Sequence[TextBlock], extracted: str) -> list[_Seen]:
    printed = extracted.split("\n")
    lines = frozenset(printed).union(line[2:] for line in printed if line.startswith("- "))
    joined = "\n".join("".join(line.split()) for line in printed)  # trafilatura loses blanks at inline elements
    found: list[_Seen] = []
    for block in blocks:
        own = block.size - block.linked
        in_page = block.text in lines or (own > LONG_TEXT and "".join(block.text.split()) in joined)
        found.append((in_page, own >= RUN_BYTES, block.linked / block.size, log1p(block.size)))
    return found


def _near(blocks: Sequence[TextBlock], seen: Sequence[_Seen]) -> list[tuple[float, float, float]]:
    """Shares of the text around that trafilatura took and that is linked, and of the blocks around that are running text."""
    sizes = list(accumulate((block.size for block in blocks), initial=0))
    taken = list(accumulate((block.size if each[0] else 0 for block, each in zip(blocks, seen, strict=True)), initial=0))
    linked = list(accumulate((block.linked for block in blocks), initial=0))
    running = list(accumulate((each[1] for each in seen), initial=0))
    found = []
    for place, (block, each) in enumerate(zip(blocks, seen, strict=True)):
        low, high = max(0, place - NEAR), min(len(blocks), place + NEAR + 1)
        size = sizes[high] - sizes[low] - block.size or 1
        found.append((
            (taken[high] - taken[low] - (block.size if each[0] else 0)) / size,
            (running[high] - running[low] - each[1]) / (2 * NEAR),
            (linked[high] - linked[low] - block.linked) / size,
        ))  # fmt: skip
    return found


def _alike(blocks: Sequence[TextBlock], outers: Sequence[HtmlElement | None], seen: Sequence[_Seen]) -> list[Alike]:
    """Of each block, all of its kind; `outers` are the elements around theirs."""
    found: dict[object, Alike] = defaultdict(Alike)
    kinds = []
    for block, outer, each in zip(blocks, outers, seen, strict=True):
        entry = found[block.element.tag, block.element.get("class"), None if outer is None else outer.get("class")]
        kinds.append(entry)
        entry.count += 1
        entry.page += each[0]
        entry.running += each[1]
        entry.size += block.size
        entry.linked += block.linked
    return kinds


def _place_of(blocks: Sequence[TextBlock], heading: HtmlElement | None, otherwise: int) -> int:
    """Of the block that is the headline, or just above the story where the page has none."""
    if heading is not None:
        within = set(heading.iter("*"))
        for place, block in enumerate(blocks):
            if block.element in within:
                return place
    return otherwise - 1
