"""Reading moments from text, as machines and newspapers write them. Nothing here raises on any text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from unicodedata import decimal

from tasks.dissection.words.clocks import clock_after, clock_before
from tasks.dissection.words.east_asian_dates import east_asian_days
from tasks.dissection.words.months import month_number, names_of_two_words, same_letters
from tasks.dissection.words.solar_hijri import solar_days
from tasks.dissection.words.thai_dates import BUDDHIST_ERA, thai_days

ZERO = ("UTC", "+00:00")
FIRST_YEAR = 1800  # the oldest newspapers whose archives are online as articles start around here
LAST_YEAR = 2100
_EPOCH_SECONDS = re.compile(r"^(1\d{9}|[1-4]\d{12})$")  # 2001 to 2033 in seconds, 2001 to 2128 in milliseconds
_YEAR_FIRST = re.compile(
    r"(?<![\d./-])(\d{4})(?:\s?[-/.]\s?|\s?[年년]\s?|\s)(\d{1,2})(?:\s?[-/.]\s?|\s?[月월]\s?)(\d{1,2})(?!\d)\s?[日일号號]?"
)
_NUMBER = re.compile(r"\d|年.{1,3}月")  # 二〇二四年五月四日 is a date without a digit
_NEAR_YEAR = 40  # characters between a year and the rest of its date
_LETTERS = re.compile(r"[^\W\d_][^\s\d]")  # a letter and more: the vowels of some scripts are no letters
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_FULL_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{2})[-./](\d{2})[-./](\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<![\w-])(\d{4})(\d{2})(\d{2})(?=T\d|$|\s)")
# The two invisible characters tell the direction of writing, which Arabic pages set around slashes.
_GAP = "[\\s\u200e\u200f]?"
_YEAR_LAST = re.compile(rf"(?<![\d./-])(\d{{1,2}}){_GAP}([./-]){_GAP}(\d{{1,2}}){_GAP}\2{_GAP}(\d{{4}}|\d{{2}})(?!\d|:\d)")
_OTHER_CALENDARS = frozenset({"fa", "ps", "th", "zh", "ja"})
_YEAR_FIRST_LANGUAGES = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})  # CLDR short date patterns
_ARABIC, _THAI, _HAN = (re.compile(letters) for letters in ("[\u0621-\u06d3]", "[\u0e01-\u0e2e]", "[\u4e00-\u9fff]"))
_LABEL = re.compile(r"[^\W\d_]{5}")  # longer than what stands between a date and its clock: at, um, à, Uhr
_WORD = r"[^\W\d_][^\s\d,.;:()|/،\-–—]{1,19}"
_DAY_WORD_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|,|일)?[\s-](?:de |d[’'])?"
    rf"(?:tháng (?P<number>\d{{1,2}})|(?P<word>{_WORD})(?:\s?[/(]\s?{_WORD}\)?)?)"
    r"[.,،]?(?:[\s-](?:de |del |năm )?)\s?(\d{4})(?!\d)",
    re.IGNORECASE,
)
_WORD_DAY_YEAR = re.compile(rf"({_WORD})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s(\d{{4}})(?!\d)", re.IGNORECASE)
# As Java, JavaScript and the date command of Unix print a moment: the year behind the clock.
_WORD_DAY_CLOCK_YEAR = re.compile(rf"({_WORD})\s{{1,2}}(\d{{1,2}})(?=\s\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s(?:[A-Z]{{1,5}}\s)?(\d{{4}})(?!\d))")
_YEAR_WORD_DAY = re.compile(rf"(?<!\d)(\d{{4}})(?:\(e\)ko|\.)?\s(?:(?:m|թ)\. )?({_WORD})\.?\s(\d{{1,2}})(?!\d)", re.IGNORECASE)
_YEAR_DAY_WORD = re.compile(rf"(?<!\d)(\d{{4}})(?:\.|[\s-]?ж\.,?)\s(?:gada )?(\d{{1,2}})[.-]?\s?({_WORD})", re.IGNORECASE)
_MONGOLIAN = re.compile(r"(?<!\d)(\d{4})\s(?:оны?\s)(\d{1,2})[\s-](?:р\s)?сарын\s(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as printed. `local` is naive; `zone` is UTC, an offset (+08:00), an IANA name, or None where not printed."""

    local: datetime
    zone: str | None
    has_clock: bool  # a time of day is printed
    start: int = 0  # where in the text its date begins
    end: int = 0  # where its last part ends

    @property
    def is_midnight(self) -> bool:
        """Exactly 00:00:00: what systems write that keep only days."""
        return self.has_clock and (self.local.hour, self.local.minute, self.local.second) == (0, 0, 0)


def is_told_in_utc(moment: Moment | None) -> bool:
    """Whether it is an instant with a Z or the like, and not what systems write that keep only days."""
    return moment is not None and moment.zone in ZERO and moment.has_clock and not moment.is_midnight


@lru_cache(maxsize=128)
def read_moment(text: str, *, lang: str | None = None, month_first: bool = False) -> Moment | None:
    """The first moment that `text` states, or None. `month_first` reads 2/12/2024 as February. A page repeats its dates: cached."""
    return next(moments_in(text, lang=lang, month_first=month_first), None)


def moments_in(text: str, *, lang: str | None = None, month_first: bool = False) -> Iterator[Moment]:
    """Every moment with a year in `text`, in text order. Impossible ones (31 February, year 9999) are skipped."""
    text = ascii_digits(text[:2000])
    if _EPOCH_SECONDS.match(text.strip()):
        seconds = int(text) / (1000 if len(text.strip()) == 13 else 1)
        yield Moment(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), "UTC", True, 0, len(text))
        return
    if not may_tell_date(text):
        return
    last = -1
    for day, start, end in sorted(_days(text, lang, month_first), key=lambda found: found[1:]):
        if start < last:
            continue
        moment = _with_clock(text, day, start, end, last)
        last = moment.end
        yield moment


def may_tell_date(text: str) -> bool:
    """Whether there is a number in it that a date could be made of: asked before a dearer search."""
    return _NUMBER.search(text) is not None


def ascii_digits(text: str) -> str:
    """Arabic, Persian, Devanagari, full-width and other decimal digits as 0 to 9; every place keeps its offset."""
    return _OTHER_DIGIT.sub(lambda match: str(decimal(match[0])), text) if not text.isascii() else text


def states_impossible_date(text: str) -> bool:
    """Whether text looks like a date that no newspaper can mean: year 0001, 9999, month 13."""
    match = _YEAR_FIRST.search(text[:200])
    return match is not None and _day(*match.groups()) is None


def _with_clock(text: str, day: datetime, start: int, end: int, floor: int) -> Moment:
    """The day with the clock beside it; `floor`: where the date before it ends, with its clock."""
    clock, before = clock_after(text, end), clock_before(text, start)
    before = before if before and before.start >= floor else None
    # the clock behind may be that of the next date: "10:00am, 20 Jan, 2020 Updated: 10:09am, 21 Jan, 2020"
    if clock is None or (before is not None and _LABEL.search(text[end : clock.start])):
        clock = before or clock
    if clock is None:
        return Moment(day, None, False, start, end)
    local = day.replace(hour=clock.hour, minute=clock.minute, second=clock.second)
    return Moment(local, clock.zone, True, min(start, clock.start), max(end, clock.end))


def _days(text: str, lang: str | None, month_first: bool) -> Iterator[tuple[datetime, int, int]]:
    """(day, start, end) of every date in `text`, in no order."""
    if not text.isascii() or lang in _OTHER_CALENDARS:
        yield from _days_of_other_calendars(text, lang)
    if lang in _YEAR_FIRST_LANGUAGES:
        for match in _SHORT_YEAR_FIRST.finditer(text):
            yield from _found(match, _day("20" + match[1], match[2], match[3]))
    for match in _YEAR_LAST.finditer(text):
        if len(match[4]) == 4 or lang not in _YEAR_FIRST_LANGUAGES:
            yield from _found(match, _numeric_day(match, month_first))
    if not _FULL_YEAR.search(text):
        return
    for match in _YEAR_FIRST.finditer(text):
        yield from _found(match, _day(*match.groups()))
    for match in _COMPACT.finditer(text):
        yield from _found(match, _day(*match.groups()))
    if _LETTERS.search(text):
        for match in _FULL_YEAR.finditer(text):
            yield from _named_days(text, max(0, match.start() - _NEAR_YEAR), match.end() + _NEAR_YEAR, lang)


def _days_of_other_calendars(text: str, lang: str | None) -> Iterator[tuple[datetime, int, int]]:
    """The same of dates that other calendars, numerals and abbreviations tell; `text` may be in any script."""
    if lang in _OTHER_CALENDARS or _ARABIC.search(text):
        yield from solar_days(same_letters(text), lang)
    if lang == "th" or _THAI.search(text):
        yield from thai_days(text, lang)
    if lang in ("zh", "ja") or _HAN.search(text):
        yield from east_asian_days(text, lang)


def _named_days(text: str, start: int, end: int, lang: str | None) -> Iterator[tuple[datetime, int, int]]:
    """Dates with a month's name around a year: the dearest search, so it is not made in a whole line."""
    for match in _DAY_WORD_YEAR.finditer(text, start, end):
        yield from _found(match, _day(match[4], match["number"] or month_number(match["word"], lang), match[1]))
    for match in _WORD_DAY_YEAR.finditer(text, start, end):
        yield from _found(match, _day(match[3], month_number(match[1], lang), match[2]))
    for match in _WORD_DAY_CLOCK_YEAR.finditer(text, start, end) if ":" in text else ():
        yield from _found(match, _day(match[3], month_number(match[1], lang), match[2]))
    for match in names_of_two_words().finditer(same_letters(text), start, end) if _ARABIC.search(text) else ():
        yield from _found(match, _day(match[3], month_number(match[2], lang), match[1]))
    for match in _YEAR_DAY_WORD.finditer(text, start, end):
        yield from _found(match, _day(match[1], month_number(match[3], lang), match[2]))
    for match in _MONGOLIAN.finditer(text, start, end):
        yield from _found(match, _day(*match.groups()))
    for match in _YEAR_WORD_DAY.finditer(text, start, end):
        yield from _found(match, _day(match[1], month_number(match[2], lang), match[3]))


def _found(match: re.Match[str], day: datetime | None) -> Iterator[tuple[datetime, int, int]]:
    if day is not None:
        yield day, match.start(), match.end()


def _numeric_day(match: re.Match[str], month_first: bool) -> datetime | None:
    first, second, year = match[1], match[3], match[4]
    if len(year) == 2:
        year = "20" + year
    if match[2] == "/" and (month_first or int(second) > 12):
        first, second = second, first
    return _day(year, second, first)


def _day(year: str, month: str | int | None, day: str) -> datetime | None:
    if month is None:
        return None
    number = int(year)
    if 2400 <= number <= 2700:
        number -= BUDDHIST_ERA
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return datetime(number, int(month), int(day))
    except ValueError:  # 31 February, month 13
        return None
