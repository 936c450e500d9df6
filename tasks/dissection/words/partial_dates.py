"""Days that are printed without their year: read from text, and completed from days that are known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tasks.dissection.words.clocks import Clock, clock_after, clock_before
from tasks.dissection.words.dates import Moment, ascii_digits
from tasks.dissection.words.months import month_number

_DIGIT = re.compile(r"\d")
_CJK = re.compile(r"(?<![\d年년])(?<![年년]\s)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일號号]")
_WORD = r"[^\W\d_][^\s\d,.;:()|/،\-–—]{1,19}"
_DAY_WORD = re.compile(rf"(?<![\d.:/-])(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?\s(?:de |d[’'])?({_WORD})(?!\w)", re.IGNORECASE)
_WORD_DAY = re.compile(rf"(?<!\w)({_WORD})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d./:-])(\d{1,2})([-/.])(\d{1,2})\.?(?![\d/:-]|\.\d)")
_YEAR_BEHIND = re.compile(r"\s?(?:[./,-]|de|del|năm)?\s?\d{4}")
_NUMBERED_MONTHS = ("zh", "ja", "ko")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
DAY_WORDS = 6  # of a date with its weekday
_UNITS = frozenset("年月日년월일")
_DAY_FIRST_MARKS = "/."  # 14/1 and 14.1. have the day first, except where the month does; 01-14 only where it cannot be the month


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day and month as printed, with the time of day where one stands beside it."""

    month: int
    day: int
    clock: Clock | None
    start: int
    end: int

    def in_year(self, year: int) -> Moment | None:
        """The moment it means in that year; None for 29 February of most years."""
        try:
            local = datetime(year, self.month, self.day)
        except ValueError:  # 29 February
            return None
        if self.clock is None:
            return Moment(local, None, False, self.start, self.end)
        at = local.replace(hour=self.clock.hour, minute=self.clock.minute, second=self.clock.second)
        return Moment(at, self.clock.zone, True, self.start, self.end)

    def nearest(self, known: date) -> Moment | None:
        """The moment it means in the year that brings it nearest to a known day."""
        moments = [m for year in (known.year - 1, known.year, known.year + 1) if (m := self.in_year(year))]
        return min(moments, key=lambda m: abs(m.local.date() - known), default=None)

    def last_before(self, known: date) -> Moment | None:
        """The newest moment it can mean that is not after a known day; a day of grace is for zones."""
        moments = [m for year in (known.year - 1, known.year) if (m := self.in_year(year))]
        return max((m for m in moments if m.local.date() <= known + timedelta(days=1)), key=lambda m: m.local, default=None)

    def same_day(self, known: Iterable[date]) -> Moment | None:
        """The moment it means where the same day and month is known with a year; the newest of them."""
        years = [day.year for day in known if (day.month, day.day) == (self.month, self.day)]
        return self.in_year(max(years)) if years else None


def partial_days_in(text: str, *, lang: str | None, month_first: bool, numeric: bool) -> Iterator[PartialDay]:
    """Days without a year, in text order, none inside another. `numeric` also reads 09-07 and 7/20: safe only in date lines."""
    text = ascii_digits(text)
    if not _DIGIT.search(text):
        return
    last = -1
    for month, day, start, end in sorted(_found(text, lang, month_first, numeric), key=lambda found: found[2:]):
        if start < last or _YEAR_BEHIND.match(text, end) or not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        clock = clock_after(text, end) or clock_before(text, start)
        last = max(end, clock.end) if clock else end
        yield PartialDay(month, day, clock, min(start, clock.start) if clock else start, last)


def _found(text: str, lang: str | None, month_first: bool, numeric: bool) -> Iterator[tuple[int, int, int, int]]:
    """(month, day, start, end) of whatever has the form of one."""
    for match in _CJK.finditer(text) if "月" in text or "월" in text else ():
        yield int(match[1]), int(match[2]), match.start(), match.end()
    for match in _DAY_WORD.finditer(text) if lang not in _NUMBERED_MONTHS else ():
        if month := month_number(match[2], lang, own_only=lang is not None):
            yield month, int(match[1]), match.start(), match.end()
    for match in _WORD_DAY.finditer(text) if lang not in _NUMBERED_MONTHS else ():
        if month := month_number(match[1], lang, own_only=lang is not None):
            yield month, int(match[2]), match.start(), match.end()
    for match in _NUMERIC.finditer(text) if numeric else ():
        first, second = int(match[1]), int(match[3])
        is_day_first = match[2] in _DAY_FIRST_MARKS and not month_first and lang not in (*_NUMBERED_MONTHS, "hu") and second <= 12
        is_day_first = is_day_first or (match[2] == "-" and first > 12 >= second)
        yield (second, first, match.start(), match.end()) if is_day_first else (first, second, match.start(), match.end())


def is_day(text: str) -> bool:
    """Whether a text says a day, or a month, and little else: it dates what follows rather than naming it."""
    if not any(map(str.isdigit, text)):
        return False
    words = _WORDS.findall(text.casefold())
    if len(words) > DAY_WORDS or not any(map(str.isdigit, words)):
        return False
    names = [word for word in words if not word.isdigit()]
    of_a_date = sum(word in _UNITS or month_number(word, None) is not None for word in names)
    return bool(names) and of_a_date >= max(1, len(names) - 1)
