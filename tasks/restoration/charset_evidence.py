"""How well a charset explains the bytes outside ASCII: the share of letters that its languages really use."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tasks.restoration.charset_names import CODECS, MULTI_BYTE
from tasks.restoration.frequent_letters import SIGNS, WRITTEN_IN

SAMPLE: Final = 4096  # bytes; about 2,000 Chinese characters, where every score has settled
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


@dataclass(frozen=True, slots=True)
class Sample:
    """The stretches of a page that are not ASCII, how often each high byte stands in them, and among ASCII letters."""

    runs: bytes
    histogram: tuple[int, ...]
    inner: tuple[int, ...]  # the same, counting only bytes between two ASCII letters
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
    counts = _counts(sample, charset)
    broken = _broken(counts)
    total = broken + sum(count for character, count in counts.items() if _speaks(character))
    if charset not in MULTI_BYTE:
        total += _misplaced(sample, charset)
    if total == 0:
        return 0.0
    best = max(sum(counts.get(letter, 0) for letter in letters) for letters in _letters(charset))
    share = min(best / total / COVERAGE.get(charset, LATIN_COVERAGE), 1.0) - ERROR_COST * broken / total
    return share if charset in MULTI_BYTE else share * _script_share(sample, charset)


def is_neutral(sample: Sample, charset: str) -> bool:
    """Whether the sample holds nothing but quotation marks and their like in this charset."""
    counts = _counts(sample, charset)
    if _broken(counts) or (charset not in MULTI_BYTE and _misplaced(sample, charset)):
        return False
    return not any(_speaks(character) for character in counts)


def _script_share(sample: Sample, charset: str) -> float:
    """How far the company of ASCII letters fits: a Latin letter has it in its word, a Greek one never."""
    if charset in LATIN:
        return min(1.0, ALONE + (1 - ALONE) * 1.5 * sample.latin_share)
    return 1 - sample.latin_share


def _misplaced(sample: Sample, charset: str) -> int:
    """Marks inside words, where only letters and apostrophes stand: `trwa³a` is no word."""
    inner = _mapped(sample.inner, charset)
    return sum(count for mark, count in inner.items() if not _speaks(mark) and mark not in IN_WORDS)


def _broken(counts: Counter[str]) -> int:
    """Characters that no page means: what could not be decoded, controls of C1, private use, unassigned."""
    return sum(count for character, count in counts.items() if _is_impossible(character))


@lru_cache(maxsize=32_768)
def _speaks(character: str) -> bool:
    """Whether a character tells the language: a letter or a mark on one. Punctuation is the same everywhere."""
    return unicodedata.category(character)[0] in "LM" and character not in SIGNS


@lru_cache(maxsize=32_768)
def _is_impossible(character: str) -> bool:
    return character == REPLACEMENT or unicodedata.category(character) in ("Cc", "Co", "Cn")


def _counts(sample: Sample, charset: str) -> Counter[str]:
    """How often each character outside ASCII stands in the sample when it is read in `charset`."""
    if charset not in MULTI_BYTE:
        return _mapped(sample.histogram, charset)
    counts = Counter(sample.runs.decode(CODECS[charset][-1], "replace"))
    return Counter({character: count for character, count in counts.items() if character > "\x7f"})


def _high_counts(data: bytes) -> tuple[int, ...]:
    counts = Counter(data)
    return tuple(counts.get(byte, 0) for byte in range(128, 256))


def _mapped(histogram: tuple[int, ...], charset: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for character, count in zip(_high_half(charset), histogram, strict=True):
        if count:
            counts[character] += count
    return counts


@lru_cache(maxsize=64)
def _high_half(charset: str) -> str:
    """The characters of bytes 128 to 255 in a single-byte charset."""
    return "".join(bytes([byte]).decode(CODECS[charset][0], "replace") for byte in range(128, 256))


@lru_cache(maxsize=64)
def _letters(charset: str) -> tuple[frozenset[str], ...]:
    alphabets = WRITTEN_IN.get(charset, ("",))
    return tuple(frozenset(letters + letters.upper() if charset in LATIN else letters) for letters in alphabets)
