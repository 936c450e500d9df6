"""Readings that a mirror pushes in after characters: 應(yīng)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tasks.restoration.characters.model import character_model
from tasks.restoration.characters.scripts import is_traditional, simplified
from tasks.restoration.cloak.gbk import bytes_of, char_of, is_trail

TONED = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
GLOSS = re.compile(rf"\(([{TONED}]{{1,7}})\)")
BROKEN_GLOSS = re.compile(rf"\?([{TONED}]{{1,7}})\)")  # its bracket was swallowed with the byte before it
COMMON = 4000  # by frequency: mirrors gloss such characters; what is rarer is glossed by writers, for readers


@dataclass(frozen=True, slots=True)
class Gloss:
    """`start` is where the bracket opens; `char` what the two bytes before it are, which may be halves of two characters."""

    start: int
    end: int
    char: str
    reading: str


@lru_cache(maxsize=1 << 15)
def readings_of(char: str) -> tuple[str, ...]:
    """Its readings, toned, the first one first: mirrors print that regardless of context. Source: pypinyin's table of characters."""
    from pypinyin.constants import PINYIN_DICT  # 0.2 s to import: only damaged pages pay for it

    readings = PINYIN_DICT.get(ord(char)) if len(char) == 1 else None
    return tuple(readings.split(",")) if readings else ()


@lru_cache(maxsize=1 << 16)
def is_glossed(lead: int, trail: int, reading: str) -> bool:
    """Whether a mirror writes this reading behind the character of two bytes, which is unlike its Simplified form.

    The first reading, or that of 長, which older tables have in another order.
    """
    if lead < 0x81 or not is_trail(trail):
        return False
    char = char_of(lead, trail)
    return reading in readings_of(char)[:2] and is_traditional(char)


@lru_cache(maxsize=1 << 14)
def bytes_before(reading: str, lead: int) -> tuple[int, ...]:
    """Second bytes that make a character with this reading behind `lead`."""
    return tuple(byte for byte in range(0x40, 0xFF) if is_glossed(lead, byte, reading))


def glosses_in(text: str) -> Iterator[Gloss]:
    """Every gloss a mirror may have pushed in, in order. What a writer glossed, another reading or an unchanged character, is none."""
    for match in GLOSS.finditer(text):
        before = b"".join(map(bytes_of, text[max(0, match.start() - 2) : match.start()]))[-2:]
        if len(before) == 2 and is_glossed(before[0], before[1], match[1]):
            char = char_of(before[0], before[1])
            if char != text[match.start() - 1] or character_model().rank(simplified(char)) < COMMON:
                yield Gloss(match.start(), match.end(), char, match[1])


def without_glosses(text: str, before: str = "") -> str:
    """`text` without the glosses of a mirror; `before` is what stands to its left."""
    whole = before[-2:] + text
    out, at = [], len(whole) - len(text)
    for gloss in glosses_in(whole):
        if gloss.start >= len(whole) - len(text):
            out.append(whole[at : gloss.start])
            at = gloss.end
    return "".join((*out, whole[at:]))
