"""Cloak family A, forwards: how a mirror turns clean Simplified text or HTML into what it serves.

Written from what is known of the mirrors alone, on purpose without a look at the product's own proof: two independent
models that agree say more than one. The steps and their order: characters become Traditional one by one; the text is
encoded as GBK; every character of the dictionary gets its reading behind it by replacing bytes, in ascending byte
order, wherever those two bytes stand; the bytes are split at full-width marks and cut into chunks; every piece is
decoded by itself as PHP does; marks become half-width.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from opencc import OpenCC
from pypinyin import Style, pinyin

# Left alone by one-to-one tables: the first row is what mirrors were seen to keep, the others have a Traditional meaning too.
UNDECIDED = frozenset("于愿并采系借云吁布松后蔑里么范只冲斗征几吃余游适秘干群床丑")
NAIVE = {"着": "著", "复": "復", "症": "癥", "台": "臺", "勋": "勛"}  # where the naive table differs from OpenCC's first form
LOUD = re.compile(b"(?:\xa3\xa1|\xa3\xbf)(?!<)")  # ！ ？, which split before the others do
QUIET = re.compile(b"(?:\xa1\xa3|\xa3\xac|\xa3\xbb|\xa3\xba)(?!<)")  # 。 ， ； ：
HALF_WIDTH = str.maketrans("，：？！", ",:?!")
TABLES = ("naive", "s2t", "s2tw")


@dataclass(frozen=True, slots=True)
class Cloak:
    """One mirror's way. The defaults are the seed's, save its dictionary."""

    reading_of: dict[str, str] = field(default_factory=dict)  # Traditional character -> toned pinyin
    table: str = "naive"  # one of TABLES, or "none" for text that is Traditional already
    share: float = 1.0  # of the occurrences that are glossed; 1.0 on every mirror seen so far
    is_misaligned: bool = True  # whether a gloss also hits bytes of two characters
    is_split: bool = True  # whether the bytes are split at marks
    is_halved: bool = True  # whether marks end up half-width
    seed: int = 0  # of the choice that `share` makes

    def apply(self, clean: str, cuts: tuple[int, ...] = ()) -> str:
        """What the mirror serves for `clean`. `cuts`: offsets in characters of `clean`, each cut inside its two bytes.

        Raises UnicodeEncodeError for characters that GBK lacks: what mirrors do with those is not known.
        """
        glossed, ends = self._glossed(traditional(clean, self.table), cuts)
        pieces = (piece for chunk in _between(glossed, ends) for piece in (split(chunk) if self.is_split else (chunk,)))
        served = "".join(map(decoded, pieces))
        return served.translate(HALF_WIDTH) if self.is_halved else served

    def _glossed(self, text: str, cuts: tuple[int, ...]) -> tuple[bytes, list[int]]:
        """The bytes with their glosses, and the offsets in them of the cuts: right behind each lead byte."""
        ends = [len(self.gloss(text[:at].encode("gbk"))) + 1 for at in cuts]
        return self.gloss(text.encode("gbk")), ends

    def gloss(self, encoded: bytes) -> bytes:
        """GBK bytes with a gloss behind what the dictionary's characters are encoded as."""
        dice = random.Random(self.seed)
        for code, reading in sorted((char.encode("gbk"), reading) for char, reading in self.reading_of.items()):
            gloss = f"({reading})".encode("gbk")
            pattern = re.compile(re.escape(code)) if self.is_misaligned else _aligned(code)
            if self.is_misaligned and self.share == 1:
                encoded = encoded.replace(code, code + gloss)
            else:
                matches = pattern.findall(encoded)
                # what stands between misaligned matches is kept by `split`, aligned ones leave nothing between them
                between = pattern.split(encoded)
                glossed = (match + gloss if match == code and dice.random() < self.share else match for match in matches)
                encoded = b"".join(part for pair in zip(between, (*glossed, b""), strict=True) for part in pair)
        return encoded


@cache
def _aligned(code: bytes) -> re.Pattern[bytes]:
    """Steps through whole characters, so that a match that equals `code` is one of them."""
    return re.compile(re.escape(code) + b"|[\x81-\xfe][\x40-\xfe]|.", re.DOTALL)


def traditional(text: str, table: str) -> str:
    """Step 1. The naive table and OpenCC's; as many characters as before, which OpenCC's phrases keep to in GBK."""
    if table == "none":
        return text
    if table == "naive":
        return "".join(map(_naive, text))
    converted = str(_converter(table).convert(text))
    return converted if len(converted) == len(text) else "".join(str(_converter(table).convert(char)) for char in text)


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


@cache
def _naive(char: str) -> str:
    if char in UNDECIDED:
        return char
    form = NAIVE.get(char) or str(_converter("s2tw").convert(char))
    return form if len(form) == 1 and is_in_gbk(form) else char


def is_in_gbk(text: str) -> bool:
    """Whether a mirror can hold the text."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def split(encoded: bytes) -> Iterator[bytes]:
    """Step 3: every mark is a piece of its own, the loud ones found first, none where a `<` follows."""
    for part in _around(LOUD, encoded):
        if LOUD.fullmatch(part):
            yield part
        else:
            yield from _around(QUIET, part)


def _around(marks: re.Pattern[bytes], encoded: bytes) -> Iterator[bytes]:
    """Marks and what stands between them, in order, nothing lost."""
    ends = [end for found in marks.finditer(encoded) for end in found.span()]
    return _between(encoded, ends)


def _between(encoded: bytes, ends: list[int]) -> Iterator[bytes]:
    bounds = [0, *sorted(ends), len(encoded)]
    return (encoded[start:end] for start, end in pairwise(bounds))


def decoded(piece: bytes) -> str:
    """Step 4, PHP's CP936: a bad pair is one `?` and its second byte is gone; unassigned pairs are private-use characters."""
    out, at = [], 0
    while at < len(piece):
        lead = piece[at]
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
        elif lead in (0x80, 0xFF):  # no lead bytes: CP936 has the euro at 80
            out.append("€" if lead == 0x80 else "?")
            at += 1
        else:
            pair = piece[at : at + 2]
            is_whole = len(pair) == 2 and 0x40 <= pair[1] <= 0xFE and pair[1] != 0x7F
            out.append(pair.decode("gb18030") if is_whole else "?")
            at += 2
    return "".join(out)


def reading(char: str) -> str:
    """A character's first single reading, toned, as every pair seen on mirrors has it."""
    return str(pinyin(char, style=Style.TONE, heteronym=False)[0][0])


def random_dictionary(dice: random.Random, size: int, text: str, table: str = "naive") -> dict[str, str]:
    """`size` Traditional characters that differ from their Simplified forms, drawn from the most frequent of `text`.

    Three times as many are drawn from as are taken: mirrors gloss 5 to 8 of 100 characters with 36 to 137 of them.
    Fewer come back where `text` has fewer.
    """
    before = Counter(text)
    pairs = ((traditional(char, table), char, count) for char, count in before.items())
    counted = [(count, form) for form, char, count in pairs if form != char and len(form) == 1 and is_in_gbk(form)]
    pool = sorted({form for _, form in sorted(counted, reverse=True)[: 3 * size]})
    return {char: reading(char) for char in dice.sample(pool, min(size, len(pool)))}
