"""Undamaged text of many pages, and of it what can decide about one that is damaged: lines that say the same words."""

import re
from collections.abc import Iterator
from typing import Final

MOST_CHARS: Final = 5_000_000  # of undamaged lines that are held; later ones are passed over
SHARED: Final = 4  # characters in a row that a line must share with the damaged ones: what evidence compares is at least as long
_BETWEEN = re.compile(r"\n|<[!/?a-zA-Z][^<>]*>")
_DAMAGE = ("?", "\N{REPLACEMENT CHARACTER}")
_HAN = re.compile("[\u4e00-\u9fff]{2,}")


class IntactText:
    """Feed it all texts with `add`, then ask for each damaged one what is `near` it."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}  # in the order in which they came, each once
        self._chars = 0
        self._wanted: set[str] = set()
        self._by_words: dict[str, list[str]] | None = None

    def add(self, text: str) -> None:
        """Take the undamaged lines of a text, as HTML or plain, and remember what its damaged ones will ask for."""
        from tasks.restoration.characters.scripts import to_simplified  # OpenCC: only where damaged text is collected

        self._by_words = None
        for line in _chinese_lines(text):
            if any(sign in line for sign in _DAMAGE):
                self._wanted.update(_words(to_simplified(_plain(line))))
            elif self._chars < MOST_CHARS and (plain := to_simplified(_plain(line))) not in self._lines:
                self._lines[plain] = None
                self._chars += len(plain)

    def near(self, text: str) -> str:
        """Undamaged lines that share words with the damaged lines of a text, joined by line ends; empty where it has none."""
        if not any(sign in text for sign in _DAMAGE) or not self._lines:
            return ""
        from tasks.restoration.characters.scripts import to_simplified  # as above

        if self._by_words is None:
            self._by_words = self._index()
        damaged = [line for line in _chinese_lines(text) if any(sign in line for sign in _DAMAGE)]
        words = (word for line in damaged for word in _words(to_simplified(_plain(line))))
        return "\n".join(dict.fromkeys(line for word in words for line in self._by_words.get(word, ())))

    def _index(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for line in self._lines:
            for word in self._wanted.intersection(_words(line)):
                index.setdefault(word, []).append(line)
        return index


def _chinese_lines(text: str) -> Iterator[str]:
    if not text.isascii():
        yield from (line for line in _BETWEEN.split(text) if not line.isascii() and _HAN.search(line))


def _plain(line: str) -> str:
    """The line without the readings that a mirror pushes in."""
    from tasks.restoration.cloak.glosses import without_glosses

    return without_glosses(line) if "(" in line else line


def _words(line: str) -> Iterator[str]:
    """Every run of SHARED Chinese characters."""
    for match in _HAN.finditer(line):
        yield from (match[0][at : at + SHARED] for at in range(len(match[0]) - SHARED + 1))
