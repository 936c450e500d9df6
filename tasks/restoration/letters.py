"""The letters of a page as readers see them, each with its place: tags skipped, entities decoded, blanks left out.

What dissection takes from a page differs from it in markup, entities and blanks alone, so it is found again by its letters.
"""

import html
import re
from bisect import bisect_right

_BLANK = r"\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ufffe\uffff"  # what extractors fold or drop
_RUN = re.compile(rf"[^{_BLANK}]+")
# A tag, or what is no text for readers: scripts, styles, comments; else an entity; else letters in a row.
_MARKUP = re.compile(
    rf"(?P<skipped><(script|style)\b.*?</\2\s*>|<!--.*?-->|<[!/?a-zA-Z][^<>]*>)|(?P<entity>&(?:#\w+|\w+);)|(?P<run>[^{_BLANK}<&]+|[<&])",
    re.DOTALL | re.IGNORECASE,
)


class Letters:
    """`text` is every letter in a row. Offsets are characters into the text that it was made from."""

    def __init__(self, source: str, *, is_html: bool) -> None:
        self.source = source
        self.is_html = is_html
        self.edges: set[int] = {0}  # letters before which a line or an element begins, and the end
        self._starts: list[int] = []  # of each piece: its first letter, where that stands, and how much room it takes there
        self._places: list[int] = []
        self._widths: list[int] = []
        pieces: list[str] = []
        if is_html:
            self._read_html(source, pieces)
        else:
            self._read_text(source, pieces)
        self.text = "".join(pieces)
        self.edges.add(len(self.text))

    def place(self, letter: int) -> int:
        """Offset of a letter; that behind the last one for one too many."""
        if letter >= len(self.text):
            return self._places[-1] + self._widths[-1] if self._places else 0
        piece = bisect_right(self._starts, letter) - 1
        within = letter - self._starts[piece]
        return self._places[piece] + (within if self._widths[piece] == self._length(piece) else 0)

    def end(self, letter: int) -> int:
        """Offset behind a letter."""
        piece = bisect_right(self._starts, letter) - 1
        if self._widths[piece] == self._length(piece):
            return self._places[piece] + letter - self._starts[piece] + 1
        return self._places[piece] + self._widths[piece]

    def at(self, place: int) -> int:
        """The first letter that stands at this offset or behind it."""
        piece = bisect_right(self._places, place) - 1
        if piece < 0:
            return 0
        within, length = place - self._places[piece], self._length(piece)
        if self._widths[piece] != length:  # an entity: its letters stand together
            return self._starts[piece] + (length if within else 0)
        return self._starts[piece] + min(within, length)

    def found(self, words: str) -> list[int]:
        """Letters at which `words`, themselves without blanks, begin."""
        places, at = [], self.text.find(words) if words else -1
        while at >= 0:
            places.append(at)
            at = self.text.find(words, at + 1)
        return places

    def _length(self, piece: int) -> int:
        following = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        return following - self._starts[piece]

    def _read_html(self, source: str, pieces: list[str]) -> None:
        at = 0
        for match in _MARKUP.finditer(source):
            if match["skipped"] is not None:
                self.edges.add(at)
                continue
            piece = match[0] if match["entity"] is None else html.unescape(match[0])
            if _RUN.fullmatch(piece):
                self._add(piece, at, match.start(), match.end() - match.start(), pieces)
                at += len(piece)

    def _read_text(self, source: str, pieces: list[str]) -> None:
        at = before = 0
        for match in _RUN.finditer(source):
            if "\n" in source[before : match.start()]:
                self.edges.add(at)
            self._add(match[0], at, match.start(), len(match[0]), pieces)
            at, before = at + len(match[0]), match.end()

    def _add(self, piece: str, letter: int, place: int, width: int, pieces: list[str]) -> None:
        pieces.append(piece)
        self._starts.append(letter)
        self._places.append(place)
        self._widths.append(width)


def shown(source: str, *, is_html: bool) -> str:
    """What readers see of a stretch of a page, blanks included."""
    if not is_html or not ("<" in source or "&" in source):
        return source
    return html.unescape(re.sub(r"<[!/?a-zA-Z][^<>]*>", "", source))
