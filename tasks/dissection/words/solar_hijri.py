"""Dates of the calendar that Iran and Afghanistan print: ۱۵ اردیبهشت ۱۴۰۳ is 4 May 2024."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from tasks.dissection.words.lexicon import load_lexicon
from tasks.dissection.words.months import same_letters

LANGUAGES = ("fa", "ps")
# 1 Farvardin 1403 was 20 March 2024; counted from there by the rule of 8 leap years in 33, which agrees with the
# astronomical calendar in the years that this reads (1178 to 1633 of the calendar; Borkowski 1996).
_EPOCH = date(2024, 3, 20).toordinal() - (365 * 1402 + (8 * 1403 + 21) // 33)
_YEAR = r"(1[34]\d{2})(?!\d)"
_NUMERIC = re.compile(rf"(?<![\d/.-]){_YEAR}\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})(?!\d)")


def solar_days(text: str, lang: str | None) -> Iterator[tuple[datetime, int, int]]:
    """(day, start, end) of every date of this calendar, in no order, in a text with ASCII digits and its letters made the same.

    Its months are told in any language but Arabic, where years are those of the moon, numbers alone only in those that count so.
    """
    for match in _NUMERIC.finditer(text) if lang in LANGUAGES else ():
        if day := to_gregorian(int(match[1]), int(match[2]), int(match[3])):
            yield day, match.start(), match.end()
    names, pattern = _named()
    for match in pattern.finditer(text) if lang != "ar" else ():
        if day := to_gregorian(int(match[3]), names[match[2]], int(match[1])):
            yield day, match.start(), match.end()


def to_gregorian(year: int, month: int, day: int) -> datetime | None:
    """The first six months have 31 days, the next five 30, the last 29 or 30; None for what is no day."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    before = 365 * (year - 1) + (8 * year + 21) // 33 + (31 * (month - 1) if month < 8 else 30 * (month - 1) + 6)
    return datetime.fromordinal(_EPOCH + before + day - 1)


@cache
def _named() -> tuple[dict[str, int], re.Pattern[str]]:
    """Numbers by the names of months, and the pattern of a date that has one of them."""
    lines = load_lexicon("times")["solar_hijri"]["months"]
    names = {same_letters(name): number for number, line in enumerate(lines, 1) for name in line.split()}
    months = "|".join(sorted(names, key=len, reverse=True))
    return names, re.compile(rf"(?<!\d)(\d{{1,2}})\s?({months})\s?(?:ماه\s?)?[،,]?\s?{_YEAR}")
