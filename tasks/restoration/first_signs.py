"""The cheapest look for what decoders of one byte a character have damaged: a fifth of a millisecond a page."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.restoration.decoders import telling_pairs
from tasks.restoration.first_look import COMMONEST, SHORT
from tasks.restoration.language_fit import STRANGE, counted

OFTEN: Final = 5  # times that every Chinese page has it
LEAST: Final = 6  # of the weight of all pairs on a page: what is damaged once is a slip
SIGN: Final = 3  # weight of a pair that has a sign; two letters have 1
BLOCK: Final = 1024  # characters that are passed over at once where all are ASCII, thirty times faster than a pattern
LONGEST: Final = 80  # characters of an address before a pair
_ADDRESS = re.compile(r"(?:[?=&+]|//)[^\s\"'<>]*\Z")  # damage in one is none of the text
HEAD: Final = 12  # blocks in which title and headline stand; all of them are looked at
MOST: Final = 20  # blocks of the rest
WINDOWS: Final = (5, 64)  # blocks of a page that tell its language, and that confirm it
WINDOW: Final = 256  # characters of each that are read
LEAST_LETTERS: Final = 6


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for damage: decoders that may have read UTF-8; whether the letters are those of no language."""

    decoders: tuple[str, ...]
    is_strange: bool
    text: str  # at least what is not ASCII throughout


def signs_in(text: str) -> Signs:
    """The signs of a page, as HTML or plain text."""
    if len(text) > SHORT and text.count(COMMONEST) >= OFTEN:
        return Signs((), False, text)  # it was read right: no decoder of one byte shows Chinese
    blocks = outside_ascii(text)
    sample = blocks[:HEAD] + blocks[HEAD :: 1 + len(blocks) // MOST]
    decoders = _decoders("".join(sample), LEAST if len(text) > SHORT else 1)
    return Signs(decoders, _is_strange(blocks), "".join(blocks))


def outside_ascii(text: str) -> list[str]:
    """Those blocks of a page that are not ASCII throughout."""
    return [block for at in range(0, len(text), BLOCK) if not (block := text[at : at + BLOCK]).isascii()]


def _decoders(text: str, least: int) -> tuple[str, ...]:
    """By pairs of characters that they make of frequent letters in UTF-8."""
    pairs = telling_pairs()
    if pairs.keys().isdisjoint(_pattern().findall(text)):
        return ()
    weights: Counter[str] = Counter()
    for match in _pattern().finditer(text):
        if match[0] in pairs and not _ADDRESS.search(text, max(0, match.start() - LONGEST), match.start()):
            weight = 1 if match[0].isalpha() else SIGN
            weights.update(dict.fromkeys(pairs[match[0]], weight))
    return tuple(name for name, weight in weights.items() if weight >= least)


def _is_strange(blocks: list[str]) -> bool:
    return all(_of_no_language(_windows(blocks, most)) for most in WINDOWS)


def _windows(blocks: list[str], most: int) -> list[str]:
    """So many beginnings of blocks; of few blocks more."""
    size = max(WINDOW, WINDOW * most // max(1, len(blocks)))
    return [block[:size] for block in blocks[:: 1 + len(blocks) // most]]


def _of_no_language(texts: Iterable[str]) -> bool:
    letters = counted(texts)
    return letters.total >= LEAST_LETTERS and letters.fit() < STRANGE


def has_pair(text: str) -> bool:
    """Whether any pair of characters stands in it that such a decoder makes of frequent letters."""
    return not telling_pairs().keys().isdisjoint(_pattern().findall(text))


@cache
def _pattern() -> re.Pattern[str]:
    firsts, seconds = ("".join(dict.fromkeys(pair[at] for pair in telling_pairs())) for at in (0, 1))
    return re.compile(f"[{re.escape(firsts)}][{re.escape(seconds)}]")
