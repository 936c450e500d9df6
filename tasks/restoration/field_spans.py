"""Which letters of a page are which letters of a field that was read from it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.restoration.letters import Letters

TITLE, BODY, ITEMS = "title", "body", "listing_items"
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;”’」』）)]*")
_LEAST = 6  # letters of a sentence that is looked for by itself: shorter ones stand in many places


@dataclass(frozen=True, slots=True)
class Span:
    """`count` letters of a page from `first` on are those of a field from `field_first` on."""

    first: int
    count: int
    field: str
    field_first: int


@dataclass(slots=True)
class _Taken:
    """Letters of the page that belong to a field already: the same headline in two listings stands in two places."""

    spans: list[Span] = field(default_factory=list)

    def add(self, name: str, first: int, count: int, field_first: int) -> None:
        self.spans.append(Span(first, count, name, field_first))

    def is_free(self, first: int, count: int) -> bool:
        return all(first + count <= span.first or span.first + span.count <= first for span in self.spans)


def spans_of(page: Letters, letters: Mapping[str, Letters]) -> list[Span]:
    """Spans in page order. The body comes first; a title is what stands last before it; items follow each other."""
    taken = _Taken()
    start = _body(page, letters[BODY], taken) if BODY in letters else None
    if TITLE in letters:
        words = letters[TITLE].text
        places = [at for at in page.found(words) if taken.is_free(at, len(words))]
        above = [at for at in places if start is None or at < start]
        if places:
            taken.add(TITLE, max(above) if above else places[0], len(words), 0)
    at = 0
    for name, item in letters.items():
        if name.startswith(ITEMS):
            at = _item(page, name, item.text, at, taken)
    return sorted(taken.spans, key=lambda span: span.first)


def _body(page: Letters, body: Letters, taken: _Taken) -> int | None:
    """Take the letters of every line; gives the first of them."""
    first, at = None, 0
    for start, words in _lines(body):
        for offset, part in _parts(page, words, at):
            found = page.text.find(part, at)
            found = found if found >= 0 else page.text.find(part)
            if found >= 0 and taken.is_free(found, len(part)):
                taken.add(BODY, found, len(part), start + offset)
                at = found + len(part)
                first = found if first is None else first
    return first


def _parts(page: Letters, words: str, at: int) -> Iterator[tuple[int, str]]:
    """A line as it is, or its sentences where something in the midst of it was left out of the body."""
    if page.text.find(words, at) >= 0 or words in page.text:
        yield 0, words
        return
    for match in _SENTENCE.finditer(words):
        if len(match[0]) >= _LEAST:
            yield match.start(), match[0]


def _lines(body: Letters) -> Iterator[tuple[int, str]]:
    """(first letter, letters) of each line of a text."""
    for start, end in pairwise(sorted(body.edges)):
        yield start, body.text[start:end]


def _item(page: Letters, name: str, words: str, at: int, taken: _Taken) -> int:
    """Take the letters of a headline: behind the item before it if it stands there. Gives what follows it."""
    places = [place for place in page.found(words) if taken.is_free(place, len(words))]
    if not places:
        return at
    if page.is_html:  # elsewhere headlines may be glued to each other, and no edge tells them apart
        places = [place for place in places if place in page.edges and place + len(words) in page.edges] or places
    place = min(places, key=lambda place: (place < at, place))
    taken.add(name, place, len(words), 0)
    return place + len(words)
