"""How well the letters outside ASCII of a text are those of one language: about 1 for a text that is read right."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tasks.restoration.charset_evidence import COVERAGE, LATIN
from tasks.restoration.frequent_letters import FOREIGN_NAMES, VIETNAMESE, WRITTEN_IN

# They stand beside letters in any language.
MARKS: Final = frozenset(
    "\u00a0\u00ad’‘“”„‚«»‹›‐‑‒–—―…•·´`°©®™№§\ufffd\u200c\u200d\u200e\u200f"
)  # they stand beside letters in any language
OPENING: Final = frozenset("¿¡")  # in Spanish they stand before a word, and only there
_SIGN = f"[^\\w\\s\x00-\x7f{''.join(MARKS)}\u0300-\u036f\u2190-\u21ff\u25a0-\uf8ff\uff00-\U0001ffff]"
_LETTER = r"[^\W\d_\x00-\x7f\u0530-\u058f\u0700-\u1dff\u2c00-\ufaff\uff00-\U0001ffff]"
_BESIDE = "[A-Za-z\u00c0-\u06ff\u2500-\u25a0]"
# A letter, or a sign where letters belong: trwa³a. It begins with a plain set of characters, so that searching is fast.
_TELLING = (
    rf"[^\x00-\x7f](?:(?<={_LETTER})|(?<={_BESIDE}(?:{_SIGN}|[²³¹]))|(?<![¿¡£¥¢])(?<={_SIGN})(?={_BESIDE})|(?<=[a-z][‚„”“‡†•])(?=[a-z]))"
)
_ALL, _INNER, _IN_LATIN = (re.compile(_TELLING + rest) for rest in ("", "(?<=[a-z].)", "(?:(?<=[A-Za-z].)|(?=[A-Za-z]))"))
STRANGE: Final = 0.85  # fit below which letters are those of no language; of clean pages 1 in 60 has less
_NAMES: Final = 0  # place of the alphabet of foreign names
LONGEST: Final = 100  # letters of an alphabet; longer ones are of East Asia
SIGN_COST: Final = 3.0  # of fit, if all were signs
ALONE: Final = 0.3  # of its fit that a Latin language keeps where no letter stands beside one of ASCII
_IN_WORDS: Final = 1.5  # of its letters two thirds do


@dataclass(slots=True)
class LetterCounts:
    """How often each letter outside ASCII stands in a text, and each sign in a word."""

    counts: Counter[str]
    inner: Counter[str] = field(default_factory=Counter)  # of these behind a small letter of ASCII
    in_latin: int = 0  # how many of them stand beside a letter of ASCII

    @property
    def total(self) -> int:
        return self.counts.total()

    def fit(self, *, names: bool = True) -> float:
        """At most 1, by the language that fits best, or foreign names if `names`. In scripts with cases frequent letters are small ones."""
        if not self.total:
            return 1.0
        signs = sum(count for char, count in self.counts.items() if not char.isalpha())
        signs += sum(count for char, count in self.inner.items() if char.isupper())
        latin_share = self.in_latin / self.total
        found: Counter[int] = Counter()
        for char, count in self.counts.items():
            for number in _places().get(char, ()):
                found[number] += count
        if not names:
            del found[_NAMES]
        fits = (
            min(1.0, count / self.total / alphabet.coverage) * script_share(latin_share, is_latin=alphabet.is_latin)
            for alphabet, count in ((_alphabets()[number], count) for number, count in found.items())
        )
        return max(fits, default=0.0) - SIGN_COST * signs / self.total

    def folded(self) -> "LetterCounts":
        """The same in lower case."""
        lower: Counter[str] = Counter()
        for char, count in self.counts.items():
            lower[char.lower()] += count
        return LetterCounts(lower, in_latin=self.in_latin)

    def moved(self, table: Mapping[str, str]) -> "LetterCounts":
        """The letters that a table gives for these; what it lacks becomes a sign."""
        counts, inner = _moved(self.counts, table), _moved(self.inner, table)
        return LetterCounts(counts, inner, min(self.in_latin, counts.total()))


def counted(texts: Iterable[str]) -> LetterCounts:
    """Those of all texts."""
    text = "\n".join(texts)
    counts = Counter(_ALL.findall(text))
    return LetterCounts(counts, Counter(_INNER.findall(text)), len(_IN_LATIN.findall(text))) if counts else LetterCounts(counts)


def _moved(counts: Counter[str], table: Mapping[str, str]) -> Counter[str]:
    moved: Counter[str] = Counter()
    for char, count in counts.items():
        moved[table.get(char, "\x00")] += count
    for char in moved.keys() & (MARKS | OPENING):
        del moved[char]
    return moved


@dataclass(frozen=True, slots=True)
class _Alphabet:
    letters: str
    coverage: float  # share of running text outside ASCII that they make up
    is_latin: bool


def script_share(latin_share: float, *, is_latin: bool) -> float:
    """How far the company of ASCII letters goes with a script: letters of Latin languages have it, others never."""
    return min(1.0, ALONE + (1 - ALONE) * _IN_WORDS * latin_share) if is_latin else 1 - latin_share


@cache
def _alphabets() -> tuple[_Alphabet, ...]:
    names = _Alphabet(FOREIGN_NAMES + FOREIGN_NAMES.upper(), 1.0, is_latin=True)
    vietnamese = _Alphabet(VIETNAMESE + VIETNAMESE.upper(), 1.0, is_latin=True)
    return (
        names,
        vietnamese,
        *(
            _Alphabet(letters + letters.upper() if charset in LATIN else letters, COVERAGE.get(charset, 1.0), charset in LATIN)
            for charset, alphabets in WRITTEN_IN.items()
            for letters in alphabets
            if len(letters) < LONGEST and letters is not FOREIGN_NAMES
        ),
    )


@cache
def _places() -> dict[str, tuple[int, ...]]:
    """Letter -> the alphabets that have it."""
    places: dict[str, tuple[int, ...]] = {}
    for number, alphabet in enumerate(_alphabets()):
        for letter in set(alphabet.letters):
            places[letter] = (*places.get(letter, ()), number)
    return places
