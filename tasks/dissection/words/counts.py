"""Numbers beside a headline, and what they count: comments, likes, reads."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tasks.dissection.words.count_words import kind_after, kind_before, magnitude, measure_word_length
from tasks.dissection.words.dates import ascii_digits

MOST = 10**11  # more than anybody reads: what is larger is an identifier
LONGEST = 70  # characters of a text that is a count with a time or a topic; in longer ones numbers belong to the story
# Groups of three are parted by any of the marks that CLDR knows; one or two digits behind a mark are decimals.
_NUMBER = re.compile(
    r"(?<![A-Za-z\u00c0-\u052f\d_.,:/-])(?:\d{1,3}(?:[.,'’\u066c\u00a0\u202f ]\d{3})+|\d+)(?:[.,\u066b]\d{1,2})?(?![\d:/])"
)
_DECIMALS = re.compile(r"[.,\u066b](\d{1,2})$")
_THREE_DECIMALS = re.compile(r"\d{1,3}[.,](\d{3})$")
_ALONE = re.compile(r"[\W_]*")
_BETWEEN = " \u00a0:：(（[·|x×"


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts; `start` and `end` take in the words that say so."""

    kind: str | None  # of count_words.KINDS; None where only the number is there
    value: int
    start: int
    end: int


@lru_cache(maxsize=8192)
def counts_in(text: str, language: str | None) -> tuple[Count, ...]:
    """Every number of a short text that counts something, in text order, and a number that is all of the text."""
    text = ascii_digits(text)
    folded = text.lower()
    if len(text) > LONGEST or len(folded) != len(text) or not any(map(str.isdecimal, text)):
        return ()
    found: list[Count] = []
    is_word_first = False  # "评论 174 赞 12" goes on as it begins
    for match in _NUMBER.finditer(folded):
        value, end = _value(match, folded, language)
        if value is None or value > MOST:
            continue
        left = folded[found[-1].end if found else 0 : match.start()].rstrip(_BETWEEN)
        before, after = kind_before(left), kind_after(folded[end:].lstrip(" \u00a0·x×"))
        is_word_first = is_word_first or (before is not None and not found)
        if before and (is_word_first or not after):
            begin = (found[-1].end if found else 0) + len(left) - before[1]
            found.append(Count(before[0], value, begin, end + measure_word_length(folded[end:])))
        elif after:
            rest = folded[end:]
            found.append(Count(after[0], value, match.start(), end + len(rest) - len(rest.lstrip(" \u00a0·x×")) + after[1]))
        elif _ALONE.fullmatch(folded[: match.start()]) and _ALONE.fullmatch(folded[end:]):
            found.append(Count(None, value, 0, len(text)))
    return tuple(found)


def _value(match: re.Match[str], text: str, language: str | None) -> tuple[int | None, int]:
    """The number with its magnitude, and where that ends; None for 3.5, which is a mark and counts nothing."""
    digits, rest = match[0], text[match.end() : match.end() + 16]
    # "12 mi piace" in Italian counts likes, not millions
    factor, length = magnitude(rest, language) if kind_after(rest.lstrip()) is None else (1, 0)
    decimals = _DECIMALS.search(digits) or (_THREE_DECIMALS.fullmatch(digits) if factor > 1 and "." in digits else None)
    whole = int("".join(filter(str.isdecimal, digits[: decimals.start(1)] if decimals else digits)))
    if decimals is None:
        return whole * factor, match.end() + length
    if factor == 1:
        return None, match.end()
    return round((whole + int(decimals[1]) / 10 ** len(decimals[1])) * factor), match.end() + length
