"""Writes warehouse/search/fold.tsv anew; docs/search.md says what is folded, decision 45 why so. Not needed to run Broadsheet.

    python -m tasks.restoration.characters.build_fold [TARGET]

A minute of CPU, nearly all of it for the pairs that only phrases tell.
"""

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from opencc import OpenCC

from tasks.restoration.characters.model import DATA as NEWSPAPERS
from warehouse.search.fold import DATA

CONVERSIONS = ("t2s", "s2t", "tw2s", "hk2s", "jp2t", "t2jp", "t2tw", "t2hk", "tw2t", "hk2t")  # character by character
BY_PHRASE = ("t2s", "tw2s")  # what they make of a character beside another one
BIG5_COMMON = b"\xc6\x7e"  # the 5,401 that Big5 lists first
HAN = (range(0x3400, 0xA000), range(0x20000, 0x2F800), range(0x30000, 0x32400))  # without those that Unicode has twice
# Blocks of which marks, joiners and controls of direction fall away. Not those of Indic scripts, Thai and kana, where a mark is a letter.
MARKED = (
    (0xAD, 0xAD), (0x300, 0x36F), (0x483, 0x489), (0x591, 0x5C7), (0x610, 0x61C), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670),
    (0x6D6, 0x6ED), (0x8CA, 0x8FF), (0x180B, 0x180F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xFEFF, 0xFEFF), (0xE0100, 0xE01EF),
)  # fmt: skip
TATWEEL = "\u0640"  # a letter to Unicode, but it only makes Arabic words longer
# What no property of Unicode says: letters that are written one for the other, and typographers' marks.
ALIKE = dict(zip("ٱىیةکıʼ‘’‛“”„‟‐‑‒–−", "اييهكi''''\"\"\"\"-----", strict=True))
LETTER_WITH = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")  # ø, đ, ł: Unicode does not take their strokes for marks


class Classes:
    """Characters that are one (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def top(self, char: str) -> str:
        """The one that stands for its class, for now."""
        while (above := self._above.get(char, char)) != char:
            char = above
        return char

    def unite(self, one: str, other: str) -> None:
        """Make them one class."""
        one, other = sorted((self.top(one), self.top(other)))
        self._above[other] = one

    def members(self) -> Iterator[list[str]]:
        """Every class of two and more."""
        found: dict[str, set[str]] = defaultdict(set)
        for char in self._above:
            found[self.top(char)] |= {char, self.top(char)}
        return (sorted(members) for members in found.values() if len(members) > 1)


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def han_classes() -> dict[str, str]:
    """Character -> representative, of those that are not their own: what most of its class become in Simplified Chinese."""
    chars, classes = [chr(point) for point in chain(*HAN)], Classes()
    for name in CONVERSIONS:
        for char in chars:
            if len(other := str(_converter(name).convert(char))) == 1 and other != char:
                classes.unite(char, other)
    for one, other in pairs_of_phrases(classes):
        classes.unite(one, other)
    return dict(chain.from_iterable(_represented(members) for members in classes.members()))


def pairs_of_phrases(classes: Classes) -> list[tuple[str, str]]:
    """What becomes of the common characters of Traditional Chinese beside each common one, where that is not in their class."""
    simple = [chr(point) for point in HAN[0] if _is_in(chr(point), "gb2312")]
    beside = sorted({*simple, *(str(_converter("s2t").convert(char)) for char in simple)})
    found: set[tuple[str, str]] = set()
    for char in (chr(point) for point in HAN[0] if _is_in(chr(point), "big5", BIG5_COMMON)):
        before = [text for other in beside if other != char for text in (char + other, other + char)]
        for name in BY_PHRASE:
            for one, two in zip(before, str(_converter(name).convert("\n".join(before))).split("\n"), strict=True):
                if len(two) == 2 and classes.top(became := two[one.index(char)]) != classes.top(char):
                    found.add((char, became))
    return sorted(found)


def _is_in(char: str, charset: str, most: bytes = b"\xff\xff") -> bool:
    """Whether a charset has it, before the place `most`."""
    try:
        return char.encode(charset) <= most
    except UnicodeEncodeError:
        return False


def _represented(members: list[str]) -> Iterator[tuple[str, str]]:
    votes = Counter(str(_converter("t2s").convert(char)) for char in members)
    chosen = max((char for char in votes if char in members), key=lambda char: (votes[char], -_rank(char), -ord(char)))
    return ((char, chosen) for char in members if char != chosen)


def _rank(char: str) -> int:
    """Place among the characters of newspapers, the most frequent first."""
    return at if (at := _by_frequency().find(char)) >= 0 else len(_by_frequency())


@cache
def _by_frequency() -> str:
    return str(np.load(NEWSPAPERS)["chars"])


def dropped() -> list[str]:
    """The characters that fall away."""
    points = chain.from_iterable(range(first, last + 1) for first, last in MARKED)
    return [chr(point) for point in points if unicodedata.category(chr(point)) in ("Mn", "Me", "Cf") or chr(point) == TATWEEL]


def plain(char: str, marks: frozenset[str]) -> str:
    """One character without accents, in one width and in lower case; itself where that would be several."""
    text = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFKD", char) if c not in marks))
    if len(text) != 1 or _is_hangul_letter(char):
        text = char
    text = ALIKE.get(text, text)
    if named := LETTER_WITH.match(unicodedata.name(text, "")):
        text = named[1]
    if unicodedata.category(text) == "Nd":
        text = str(unicodedata.digit(text))
    return folded if len(folded := text.casefold()) == 1 else lower if len(lower := text.lower()) == 1 else text


def _is_hangul_letter(char: str) -> bool:
    """Of those that stand alone, which NFKC makes the parts of a syllable."""
    return "\u3131" <= char <= "\u318e" or "\uffa0" <= char <= "\uffdc"


def fold_map() -> dict[str, str]:
    """Character -> what it becomes, nothing for those that fall away; without those that stay."""
    gone, han = dropped(), han_classes()
    marks, found = frozenset(gone), dict.fromkeys(gone, "")
    for point in chain(range(0x21, 0xD800), range(0xE000, 0x110000)):
        char = chr(point)
        if char not in marks and (became := _settled(char, marks, han)) != char:
            found[char] = became
    return found


def _settled(char: str, marks: frozenset[str], han: Mapping[str, str]) -> str:
    """What a character becomes in the end: a fold of a fold is itself."""
    while (became := han.get(form := plain(char, marks), form)) != char:
        char = became
    return char


def written(found: Mapping[str, str]) -> str:
    """A line for each representative: its code point, a tab, those of the characters that become it. First, after `-`, what falls away."""
    lines: dict[str, list[str]] = defaultdict(list)
    for char in sorted(found):
        lines[f"{ord(found[char]):04X}" if found[char] else "-"].append(f"{ord(char):04X}")
    ordered = sorted(lines, key=lambda name: (name != "-", len(name), name))
    return "".join(f"{name}\t{' '.join(lines[name])}\n" for name in ordered)


def main() -> None:
    """Write the map to the place given, or where it is shipped from."""
    Path(sys.argv[1] if len(sys.argv) > 1 else DATA).write_text(written(fold_map()), "ascii")


if __name__ == "__main__":
    main()
