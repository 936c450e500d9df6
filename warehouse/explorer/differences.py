"""Two texts side by side: what stands in both, with what differs marked, in words, and in characters where a script has no spaces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from warehouse.explorer.cells import shown

# Characters of scripts without spaces between words, each by itself; words; anything else, each by itself.
PIECES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|\s+|[^\w\s]|_"
)
MOST_PARAGRAPHS = 1_000  # of a text that are compared
MOST_COMPARISONS = 4_000_000  # of pieces with pieces; where more were needed, paragraphs are marked as wholes
ALIKE = 0.3  # of the pieces of two paragraphs that stand in both, from which on one is the other, changed


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph of each text, or of one of them. `is_equal`: whether nothing in it differs."""

    before: Markup
    after: Markup
    is_equal: bool


def beside(before: str, after: str) -> Iterator[Beside]:
    """Paragraphs of two texts in their order, those that are one beside each other."""
    one, other = (text.split("\n")[:MOST_PARAGRAPHS] for text in (before, after))
    room = MOST_COMPARISONS
    for tag, first, last, other_first, other_last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Beside(shown(text), shown(text), True) for text in one[first:last])
            continue
        for left, right in _paired(one[first:last], other[other_first:other_last]):
            pieces = PIECES.findall(left), PIECES.findall(right)
            room -= len(pieces[0]) * len(pieces[1])
            yield _marked(*pieces) if room > 0 and left and right else _whole(left, right)


def _paired(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Changed paragraphs with what they became, by their words; one that has nothing alike has nothing beside it."""
    at = 0
    words = [_words(text) for text in right]
    for text in left:
        own = _words(text)
        found = next((place for place in range(at, len(right)) if _likeness(own, words[place]) >= ALIKE), None)
        if found is None:
            yield text, ""
            continue
        yield from (("", each) for each in right[at:found])
        yield text, right[found]
        at = found + 1
    yield from (("", each) for each in right[at:])


def _words(text: str) -> set[str]:
    return {piece for piece in PIECES.findall(text) if piece[0].isalnum()}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def _marked(left: Sequence[str], right: Sequence[str]) -> Beside:
    before, after = Markup(), Markup()
    opcodes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    for tag, first, last, other_first, other_last in opcodes:
        gone, come = "".join(left[first:last]), "".join(right[other_first:other_last])
        before += shown(gone) if tag == "equal" or not gone else Markup("<del>{}</del>").format(shown(gone))
        after += shown(come) if tag == "equal" or not come else Markup("<ins>{}</ins>").format(shown(come))
    return Beside(before, after, all(tag == "equal" for tag, *_ in opcodes))


def _whole(left: str, right: str) -> Beside:
    before, after = (Markup("<{0}>{1}</{0}>").format(Markup(tag), shown(text)) if text else Markup() for tag, text in
                     (("del", left), ("ins", right)))  # fmt: skip
    return Beside(before, after, left == right)
