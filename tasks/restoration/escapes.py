"""Damaged letters that were escaped afterwards: &ETH;&sup2; and \\u00d0\\u00b2 are Ð², which was в."""

import html
import html.entities
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from tasks.restoration.changes import Change

# How characters are escaped that show the first byte of one in UTF-8: in Latin letters, and of Cyrillic in Cyrillic ones.
_CODES: Final = (*range(0xC2, 0xF5), ord("Р"), ord("С"))
_ENTITIES: Final = frozenset(
    f"{name};" for code in _CODES for name in (f"#{code}", f"#x{code:x}", f"#x{code:X}", html.entities.codepoint2name.get(code, ""))
)
_IN_SCRIPTS: Final = frozenset(f"u{digits}" for code in _CODES for digits in (f"{code:04x}", f"{code:04X}"))
LEAST: Final = 2
LONGEST: Final = 8  # characters of an entity
_JSON: Final = "ld+json"
HEAD: Final = 8_000  # characters in which a title stands
JSON: Final = 60_000  # characters in which what is told to machines begins
WINDOW: Final = 4_000  # characters of a window
WINDOWS: Final = 6
_ESCAPE = re.compile(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}\d{0,2});|\\u[0-9A-Fa-f]{4}")
EVIDENCE: Final = "escaped afterwards"


def are_in(text: str) -> bool:
    """Whether a text has escapes in which letters of UTF-8 may stand: looked for at its head and in windows of it."""
    step = max(WINDOW, len(text) // WINDOWS)
    sample = text[:HEAD] + "".join(text[at : at + WINDOW] for at in range(HEAD, len(text), step))
    if sum(len(part) <= LONGEST and part in _ENTITIES for part in sample.split("&")) >= LEAST:
        return True
    at = text.find(_JSON, 0, JSON)
    return at >= 0 and sum(map(_IN_SCRIPTS.__contains__, text[at : at + WINDOW].split("\\"))) >= LEAST


class Unescaped:
    """`text` is that of a page with its characters outside ASCII in place of their escapes."""

    def __init__(self, source: str) -> None:
        self._ends: list[int] = []  # behind each escape: where that is in the text, and in the source
        self._sources: list[int] = []
        out, at, length = [], 0, 0
        for match in _ESCAPE.finditer(source):
            char = _char(match[0])
            if len(char) == 1 and char > "\x7f":
                out += [source[at : match.start()], char]
                length += match.start() - at + 1
                at = match.end()
                self._ends.append(length)
                self._sources.append(at)
        self.text = "".join((*out, source[at:]))

    def moved(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Changes of the text as changes of the source."""
        for change in changes:
            first = bisect_right(self._ends, change.start)
            has_escape = first < len(self._ends) and self._ends[first] <= change.end
            moved = replace(change, start=self._place(change.start), end=self._place(change.end))
            yield replace(moved, is_proved=False, evidence=", ".join(filter(None, (change.evidence, EVIDENCE)))) if has_escape else moved

    def _place(self, offset: int) -> int:
        before = bisect_right(self._ends, offset) - 1
        return offset if before < 0 else self._sources[before] + offset - self._ends[before]


def _char(escape: str) -> str:
    if escape[0] == "&":
        return html.unescape(escape)
    char = chr(int(escape[2:], 16))
    return "" if "\ud800" <= char <= "\udfff" else char
