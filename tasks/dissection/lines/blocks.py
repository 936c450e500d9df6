"""Stretches of lines outside the article in which headlines repeat: where one list ends and the next begins."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tasks.dissection.lines.lines import Line
from tasks.dissection.lines.shapes import Shape, shape_of
from tasks.dissection.listings.kind import listing_kind
from tasks.dissection.words.list_labels import LABEL_WIDTH, is_more, is_sponsored, label_in
from tasks.dissection.words.text import width

# Lines between two headlines of one list: rank, topic, time, author, teaser, counts, a button or two.
MOST_BETWEEN = 6
LEAST_BULLETS = 2  # from which they part the items
MOST_LEAD = 4  # lines between a known label and the first bullet: a button, the lead story
MOST_BARE = 2  # neighbouring items without a headline that a list may have: more of them are a menu or a row of tags
KIND_WIDTH = 36  # most columns of a label that is told by one of its words: longer lines with "latest" in them are headlines
_BY_LABEL = ("label, hot", "label, related", "label, recommended", "label, latest")
_FIRST = re.compile(r"0?1(?!\d)[\s.、/:]")  # where a ranking begins anew another list does
_NUMBERED = re.compile(r"(?!0?1\D)\d{1,2}(?!\d)[\s.、/:]")
_OF_HEADLINES = re.compile('[，。！？；、,!?;:：“”„«»"「」《》…]')  # labels have none of these


@dataclass(slots=True)
class Block:
    """Lines under one label, or under none."""

    label: str | None
    is_known: bool  # a lexicon has the label, or one of its words
    is_readers: bool = False  # it stands under what heads comments, and no known label since
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)

    def add(self, line: Line, shape: Shape) -> None:
        self.lines.append(line)
        self.shapes.append(shape)

    def part(self, start: int, end: int, label: str | None = None) -> "Block":
        """Lines start..end-1 under `label`, or under this block's own where they are its first."""
        is_own = label is None and start == 0
        known = is_own and self.is_known
        return Block(self.label if is_own else label, known, self.is_readers, self.lines[start:end], self.shapes[start:end])

    @property
    def heads(self) -> list[int]:
        return [index for index, shape in enumerate(self.shapes) if shape is Shape.HEADLINE]

    @property
    def bullets(self) -> list[int]:
        return [index for index, line in enumerate(self.lines) if line.begins]


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """Blocks in order, each with a headline at least."""
    for block in _under_labels(lines):
        for part in _by_bullets(block):
            yield from (piece for piece in _by_pattern(part) if piece.heads)


def _under_labels(lines: Sequence[Line]) -> Iterator[Block]:
    """Blocks from one known label to the next. Advertising is left out, up to the next label."""
    block, is_skipped, above = Block(None, False), False, Shape.SHORT
    counts = Counter(line.text for line in lines)
    for line in lines:
        shape = shape_of(line.text)
        if shape is Shape.COMMENTS and above is Shape.HEADLINE and not line.is_spaced and any(map(str.isdigit, line.text)):
            shape = Shape.NOTE  # the count of its comments under a headline
        if shape is Shape.LABEL and not is_more(line.text):
            yield block
            block, is_skipped = Block(label_in(line.text) or line.text, True), is_sponsored(line.text)
        elif counts[line.text] == 1 and _names_a_kind(line, shape):
            yield block
            block, is_skipped = Block(line.text, True, block.is_readers), is_sponsored(line.text)
        elif shape in (Shape.COMMENTS, Shape.END, Shape.LABEL):
            yield block
            block = Block(None, False, block.is_readers or shape is Shape.COMMENTS)
        elif not is_skipped:
            block.add(line, shape)
        above = shape
    yield block


def _names_a_kind(line: Line, shape: Shape) -> bool:
    """Whether a short bare line has the words of a label: "Articles connexes à lire"."""
    is_bare = shape in (Shape.SHORT, Shape.HEADLINE) and not line.begins and width(line.text) <= KIND_WIDTH
    return is_bare and not _OF_HEADLINES.search(line.text) and listing_kind(line.text, "", ())[1] in _BY_LABEL


def _by_bullets(block: Block) -> Iterator[Block]:
    """Parts with bullets and parts without, so that each has its items told in one way."""
    start = 0
    for run in _bulleted_runs(block):
        lengths = Counter(below - above for above, below in pairwise(run))
        usual = max(length for length, count in lengths.items() if count == max(lengths.values()))
        first, label = _top(block, start, run[0])
        yield block.part(start, first if label is None else label)
        begins, words = first, None if label is None else block.lines[label].text
        for above, below in pairwise(run):
            if below - above > usual and _may_label(block, below - 1, above):
                yield from _without_menus(block.part(begins, below - 1, words))
                begins, words = below, block.lines[below - 1].text
            elif _FIRST.match(block.lines[below].text) and _NUMBERED.match(block.lines[above].text):
                yield from _without_menus(block.part(begins, below, words))
                begins, words = below, None
        start = min(len(block.lines), run[-1] + max(usual, 1))
        yield from _without_menus(block.part(begins, start, words))
    yield block.part(start, len(block.lines))


def _top(block: Block, start: int, first: int) -> tuple[int, int | None]:
    """(first line of a run of bullets, line of its label): a known label close above also heads what stands between, the lead story."""
    if start == 0 and block.label is not None and first <= MOST_LEAD:
        return 0, None
    if first - 1 >= start and _may_label(block, first - 1, 0):
        return first, first - 1
    has_lead = first > start and block.shapes[first - 1] is Shape.HEADLINE
    return first - has_lead, None


def _bulleted_runs(block: Block) -> Iterator[list[int]]:
    """Indexes of bullets that follow each other closely."""
    run: list[int] = []
    for index in block.bullets:
        if run and index - run[-1] > MOST_BETWEEN + 2:
            if len(run) >= LEAST_BULLETS:
                yield run
            run = []
        run.append(index)
    if len(run) >= LEAST_BULLETS:
        yield run


def _may_label(block: Block, index: int, above: int) -> bool:
    """Whether the line in front of a bullet may be a label that no lexicon knows: bare words, not said twice."""
    line, shape = block.lines[index], block.shapes[index]
    is_bare = shape in (Shape.SHORT, Shape.HEADLINE) and not line.begins and width(line.text) <= LABEL_WIDTH
    is_headline = shape is Shape.HEADLINE and (Shape.HEADLINE not in block.shapes[above:index] or bool(_OF_HEADLINES.search(line.text)))
    return is_bare and not is_headline and _is_words(block, index)


def _is_words(block: Block, index: int) -> bool:
    """Whether a line has letters and stands once in the block: what stands twice is a topic, a button, a source."""
    text = block.lines[index].text
    return any(map(str.isalpha, text)) and not is_more(text) and sum(1 for line in block.lines if line.text == text) == 1


def _without_menus(block: Block) -> Iterator[Block]:
    """A bulleted part, cut where several items together have no headline. Tabs above the items leave its label to it."""
    starts = [*block.bullets, len(block.lines)]
    begin, bare, label, is_known = 0, 0, block.label, block.is_known
    for start, end in pairwise(starts):
        bare = 0 if Shape.HEADLINE in block.shapes[start:end] else bare + 1
        if bare > MOST_BARE:
            part = block.part(begin, start)
            if part.heads:
                yield replace(part, label=label, is_known=is_known)
                label, is_known = None, False
            begin = end
    yield replace(block.part(begin, len(block.lines)), label=label, is_known=is_known)


def _by_pattern(block: Block) -> Iterator[Block]:
    """A part without bullets, cut where something stands between two headlines that its items do not have."""
    heads = block.heads
    if len(block.bullets) >= LEAST_BULLETS or not heads:
        yield block
        return
    gaps = Counter(below - above - 1 for above, below in pairwise(heads))
    usual = min(gaps.most_common(1)[0][0], MOST_BETWEEN) if gaps else 0
    start, label = 0, None
    for above, below in pairwise([-1, *heads]):
        cut = _cut(block, above, below, usual)
        if cut is not None:
            if above >= 0:
                yield block.part(start, cut[0], label)
            is_top = above < 0 and cut[1] is None
            start, label = (cut[0] + (cut[1] is not None), cut[1]) if not is_top else (start, label)
    yield block.part(start, min(len(block.lines), heads[-1] + 1 + max(usual, 1)), label)


def _cut(block: Block, above: int, below: int, usual: int) -> tuple[int, str | None] | None:
    """(line, label) where a list begins between two headlines; `above` is -1 over the first."""
    between = range(above + 1, below)
    if above < 0 and block.label is not None:
        return None
    if len(between) > (usual if above >= 0 else 0):
        for index in reversed(between[-max(2, usual + 1) :]):
            is_bare = block.shapes[index] is Shape.SHORT and width(block.lines[index].text) <= LABEL_WIDTH
            if is_bare and _is_words(block, index):
                return index, block.lines[index].text
    if len(between) > MOST_BETWEEN:
        return below - min(usual, len(between)), None
    return None
