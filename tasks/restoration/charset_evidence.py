"""How well a charset explains the bytes outside ASCII: the share of letters that its languages really use."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import Final

from tasks.restoration.charset_names import CODECS, MULTI_BYTE
from tasks.restoration.frequent_letters import SIGNS, WRITTEN_IN

SAMPLE: Final = 2048  # bytes; about 1,000 Chinese characters, where every score has settled
BLOCK: Final = 256  # bytes looked at in one step while there is only ASCII
# No charset here has a second byte below 0x40, save the rare four-byte characters of gb18030.
_RUN = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_LETTER_BYTE = re.compile(rb"[\xc0-\xff]")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_INNER = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[A-Za-z])")
# Share of running text that the frequent letters make up, so that charsets compare.
COVERAGE: Final = {
    **dict.fromkeys(("gb18030", "big5"), 0.45),
    **dict.fromkeys(("shift_jis", "euc-jp", "euc-kr"), 0.6),
    **dict.fromkeys(("windows-1251", "koi8-r", "koi8-u", "iso-8859-5"), 0.68),
    **dict.fromkeys(("windows-1253", "iso-8859-7", "windows-1255", "windows-1256", "iso-8859-6"), 0.68),
}
LATIN_COVERAGE: Final = 0.9  # the rest are foreign names
LATIN: Final = frozenset({"windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258", "iso-8859-2"})
ALONE: Final = 0.3  # what a Latin charset keeps of its score where no letter has an ASCII neighbour: "à", "É"
IN_WORDS: Final = frozenset("’‘·\u00ad\u00a0–—…•“”„«»‹›")  # l’an, col·legi, and where a space was saved
ERROR_COST: Final = 4.0  # a wrong charset breaks about every fifth character, a damaged page few
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
Mask = tuple[int, ...]  # one number for each of the bytes 128 to 255


@dataclass(frozen=True, slots=True)
class Sample:
    """The stretches of a page that are not ASCII, how often each high byte stands in them, and among ASCII letters."""

    runs: bytes
    histogram: Mask
    inner: Mask  # the same, counting only bytes between two ASCII letters
    latin_share: float  # share of the stretches that touch ASCII letters, as words in Latin script do


def sample_of(body: bytes) -> Sample:
    """The first different stretches outside ASCII, SAMPLE bytes or a little more."""
    runs: dict[bytes, None] = {}  # a stretch that repeats, as in scripts and menus, speaks once
    room = SAMPLE
    for run in _runs(body):
        if run not in runs:
            runs[run] = None
            room -= len(run)
        if room <= 0:
            break
    text = b"\n".join(runs)
    lettered = [run for run in runs if _LETTER_BYTE.search(run)] or list(runs)
    latin = sum(1 for run in lettered if _ASCII_LETTER.search(run))
    inner = b"".join(_INNER.findall(text))
    return Sample(text, _high_counts(text), _high_counts(inner), latin / max(len(lettered), 1))


def _runs(body: bytes) -> Iterator[bytes]:
    """Stretches outside ASCII, with the ASCII letter before them if there is one."""
    position = 0
    while position < len(body):
        if body[position : position + BLOCK].isascii():  # thirty times faster than the pattern
            position += BLOCK
            continue
        found = _RUN.search(body, position)
        if found is None:
            return
        before = body[max(found.start() - 1, 0) : found.start()]
        yield (before if before.isalpha() else b"") + found.group()[:SAMPLE]
        position = found.end()


def score(sample: Sample, charset: str) -> float:
    """About 1 where `charset` explains the sample, about 0 or below where it does not. No letters give 0."""
    if charset in MULTI_BYTE:
        counts = _counts(sample, charset)
        broken = sum(count for character, count in counts.items() if _is_impossible(character))
        total = broken + sum(count for character, count in counts.items() if _speaks(character))
        best = max(sum(counts.get(letter, 0) for letter in letters) for letters in _letters(charset))
        return _share(best, total, broken, charset)
    masks = _masks(charset)
    broken = _weighed(sample.histogram, masks.impossible)
    total = broken + _weighed(sample.histogram, masks.speaks) + _weighed(sample.inner, masks.misplaced)
    best = max(_weighed(sample.histogram, letters) for letters in masks.alphabets)
    return _share(best, total, broken, charset) * _script_share(sample, charset)


def is_neutral(sample: Sample, charset: str) -> bool:
    """Whether the sample holds nothing but quotation marks and their like in this charset."""
    if charset in MULTI_BYTE:
        return not any(_speaks(character) or _is_impossible(character) for character in _counts(sample, charset))
    masks = _masks(charset)
    telling = _weighed(sample.histogram, masks.speaks) + _weighed(sample.histogram, masks.impossible)
    return telling + _weighed(sample.inner, masks.misplaced) == 0


def _share(best: int, total: int, broken: int, charset: str) -> float:
    if total == 0:
        return 0.0
    return min(best / total / COVERAGE.get(charset, LATIN_COVERAGE), 1.0) - ERROR_COST * broken / total


def _script_share(sample: Sample, charset: str) -> float:
    """How far the company of ASCII letters fits: a Latin letter has it in its word, a Greek one never."""
    if charset in LATIN:
        return min(1.0, ALONE + (1 - ALONE) * 1.5 * sample.latin_share)
    return 1 - sample.latin_share


def _speaks(character: str) -> bool:
    """Whether a character tells the language: a letter or a mark on one. Punctuation is the same everywhere."""
    return unicodedata.category(character)[0] in "LM" and character not in SIGNS


def _is_impossible(character: str) -> bool:
    """Whether no page means it: what could not be decoded, controls of C1, private use, unassigned."""
    return character == REPLACEMENT or unicodedata.category(character) in ("Cc", "Co", "Cn")


def _counts(sample: Sample, charset: str) -> dict[str, int]:
    """How often each character outside ASCII stands in the sample when it is read in a multi-byte charset."""
    counts = Counter(sample.runs.decode(CODECS[charset][-1], "replace"))
    return {character: count for character, count in counts.items() if character > "\x7f"}


def _high_counts(data: bytes) -> Mask:
    counts = Counter(data)
    return tuple(counts.get(byte, 0) for byte in range(128, 256))


def _weighed(histogram: Mask, mask: Mask) -> int:
    return sum(map(mul, histogram, mask))


@dataclass(frozen=True, slots=True)
class _Masks:
    """For each of the bytes 128 to 255 of a single-byte charset, 1 where its character is of the sort named."""

    speaks: Mask
    impossible: Mask
    misplaced: Mask  # inside a word: `trwa³a` is none
    alphabets: tuple[Mask, ...]


@lru_cache(maxsize=64)
def _masks(charset: str) -> _Masks:
    characters = [bytes([byte]).decode(CODECS[charset][0], "replace") for byte in range(128, 256)]
    return _Masks(
        speaks=tuple(int(_speaks(character)) for character in characters),
        impossible=tuple(int(_is_impossible(character)) for character in characters),
        misplaced=tuple(int(not _speaks(mark) and mark not in IN_WORDS) for mark in characters),
        alphabets=tuple(tuple(int(character in letters) for character in characters) for letters in _letters(charset)),
    )


@lru_cache(maxsize=64)
def _letters(charset: str) -> tuple[frozenset[str], ...]:
    alphabets = WRITTEN_IN.get(charset, ("",))
    return tuple(frozenset(letters + letters.upper() if charset in LATIN else letters) for letters in alphabets)
