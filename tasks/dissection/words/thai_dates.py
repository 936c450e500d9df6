"""Dates as Thailand prints them: years of the Buddhist era, often of two digits, and months with dots in their abbreviations."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from tasks.dissection.words.lexicon import load_lexicon

BUDDHIST_ERA = 543  # its year 1 was 543 BC
_FIRST_SHORT = 43  # 43 to 99 are of the Buddhist era (2000 to 2056), smaller ones of the common era
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?!\d|[./-]\d|:\d)")


def thai_days(text: str, lang: str | None) -> Iterator[tuple[datetime, int, int]]:
    """(day, start, end) of every date with a Thai month, and of numeric ones with a short year where the page is Thai."""
    for match in _named().finditer(text):
        yield from _found(match, match["year"], _months().get(_bare(match["month"])), match["day"])
    for match in _NUMERIC.finditer(text) if lang == "th" else ():
        yield from _found(match, match[4], int(match[3]), match[1])


def _found(match: re.Match[str], year: str, month: int | None, day: str) -> Iterator[tuple[datetime, int, int]]:
    number = int(year)
    if number < 100:
        number += 2500 if number >= _FIRST_SHORT else 2000
    try:
        yield datetime(number - BUDDHIST_ERA if number > 2400 else number, month or 0, int(day)), match.start(), match.end()
    except ValueError:  # 31 February, month 13
        return


def _bare(name: str) -> str:
    """Without the dots and blanks that abbreviations are printed with or without."""
    return name.replace(".", "").replace(" ", "")


@cache
def _months() -> dict[str, int]:
    return {_bare(name): number for number, names in enumerate(load_lexicon("months")["th"], 1) for name in names.split()}


@cache
def _named() -> re.Pattern[str]:
    names = sorted((name for names in load_lexicon("months")["th"] for name in names.split()), key=len, reverse=True)
    months = "|".join(re.escape(name).replace(r"\.", r"\.?\s?") for name in names)
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})\s?(?:เดือน\s?)?(?P<month>{months})\.?\s?(?:[พค]\.?ศ\.?\s?)?(?P<year>\d{{4}}|\d{{2}})(?!\d|[:.]\d)"
    )
