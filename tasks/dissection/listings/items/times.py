"""The time beside a headline: found in a piece of text, and resolved to an instant with what is known of the page."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.words.clocks import Clock, clock_after
from tasks.dissection.words.dates import Moment, ascii_digits, is_told_in_utc, read_moment
from tasks.dissection.words.partial_dates import PartialDay, partial_days_in
from tasks.dissection.words.relative_times import Relative, relative_in
from tasks.dissection.words.zones import zone_info

AHEAD = timedelta(days=1)  # zones differ by up to a day: what a list dates further ahead is an event, not a publication
LATER = timedelta(days=30)  # how long after its article a page without a capture time may have been seen; lists beside it are as old
LONGEST = 70  # characters of a text that is a time with a topic or counts; longer ones are teasers, whose dates are the story's
# What introduces a time of day: um, à, kl., pukul.
_AT = r"(?:(?:kl\.?|klo|um|at|à|às|a las|alle|ore|ora|saat|pukul|jam|lúc|om|u|в|о|o)\s)?"
_CLOCK = re.compile(
    _AT + r"(?P<hour>\d{1,2})(?P<mark>[:：.h時时點点시])\s?(?P<minute>\d{2})[分분]?(?P<second>:\d{2})?"
    r"(?P<end>\s?(?:uhr|hrs?|h|น\.?|wib|wita|wit|[ap]\.?m\.?|ist|gmt|cet|jst|[صم]))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"^\s*(?:[|｜·•⋅/—–:：-]|$)")
_MONTH = re.compile(
    r"(?P<month_word>[^\W\d_]{3,12})\.?,?\s(?P<year>(?:19|20)\d{2})"
    r"|(?P<cjk_year>(?:19|20)\d{2})\s?[年년]\s?(?P<cjk_month>\d{1,2})\s?[月월]"
)
_DATE_MARK = re.compile(r"\d[^\d\s]{0,2}\s?[^\W\d_]|\d\s?[-/.:：]\s?\d|[^\W\d_]\.?\s\d")


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """What a piece says of a time, before it is known when that is. Exactly one of the four readings is there."""

    text: str
    start: int
    end: int
    moment: Moment | None = None
    partial: PartialDay | None = None
    relative: Relative | None = None
    clock: Clock | None = None
    is_month: bool = False  # the moment tells no day

    @property
    def is_day(self) -> bool:
        """A day without a time of day, which may stand in the next element."""
        if self.moment is not None:
            return not (self.moment.has_clock or self.is_month)
        if self.partial is not None:
            return self.partial.clock is None
        return self.relative is not None and self.relative.unit == "day" and self.relative.clock is None


@dataclass(frozen=True, slots=True)
class ResolvedTime:
    """An instant in UTC, and how it was told; `at` is None where too little is known to say which one it is."""

    text: str
    at: datetime | None = None
    zone: str | None = None
    precision: str | None = None
    source: str | None = None


@lru_cache(maxsize=8192)
def find_time(text: str, language: str | None, month_first: bool, hinted: bool) -> PrintedTime | None:
    """The time that a short text states, in whatever form. `hinted`: the element's tag or class says that it is one."""
    text = ascii_digits(text)
    has_digit = _DIGIT.search(text) is not None
    if len(text) > LONGEST:
        return _opening(text, language, month_first) if has_digit else None
    if has_digit and _DATE_MARK.search(text):
        if moment := read_moment(text, lang=language, month_first=month_first):
            return PrintedTime(text[moment.start : moment.end], moment.start, moment.end, moment=moment)
        if found := _month(text, language):
            return found
    if (relative := relative_in(text, language, hinted=hinted)) is not None:
        return PrintedTime(text[relative.start : relative.end], relative.start, relative.end, relative=relative)
    return (_partial(text, language, month_first, hinted) or _clock(text, hinted)) if has_digit else None


def _opening(text: str, language: str | None, month_first: bool) -> PrintedTime | None:
    """The date that a teaser begins with, parted from it: "12.03.2024 – The …"."""
    head = text[:32]
    moment = read_moment(head, lang=language, month_first=month_first) if head[:1].isdecimal() else None
    if moment is None or moment.start > 1 or not _PARTED.match(text[moment.end :]):
        return None
    return PrintedTime(text[moment.start : moment.end], moment.start, moment.end, moment=moment)


def _partial(text: str, language: str | None, month_first: bool, hinted: bool) -> PrintedTime | None:
    """Day and month. Bare numbers such as 7-3 and 1/2 are scores and page numbers unless padded, timed or named a date."""
    part = next(partial_days_in(text, lang=language, month_first=month_first, numeric=True), None)
    if part is None:
        return None
    printed = text[part.start : part.end]
    is_worded = any(c.isalpha() for c in printed)
    if not (is_worded or hinted or part.clock or re.fullmatch(r"\d{2}[-/.]\d{2}\.?", printed)):
        return None
    return PrintedTime(printed, part.start, part.end, partial=part)


def _month(text: str, language: str | None) -> PrintedTime | None:
    match = _MONTH.fullmatch(text.strip())
    if match is None:
        return None
    first = f"1 {match['month_word']} {match['year']}" if match["year"] else f"{match['cjk_year']}-{match['cjk_month']}-1"
    moment = read_moment(first, lang=language)
    return PrintedTime(text, 0, len(text), moment=moment, is_month=True) if moment else None


def _clock(text: str, hinted: bool) -> PrintedTime | None:
    """A time of day alone. 2:31 and 1:02:10 are lengths of videos, 12.50 is a price, unless the element says otherwise."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None or (match["second"] and not hinted):
        return None
    is_marked = hinted or match["end"] or match["hour"] != match[0][: len(match["hour"])] or match["mark"] in "時时點点시"
    if not is_marked and (match["mark"] not in ":：" or len(match["hour"]) < 2):
        return None
    clock = clock_after(" " + text, 0)
    return PrintedTime(text, 0, len(text), clock=clock) if clock else None


def resolve_time(printed: PrintedTime, clock: ListingClock, source: str = "printed", *, text: str | None = None) -> ResolvedTime:
    """The instant that a printed time means; what lies more than a day after the observation is no publication and has none.

    `text` is what readers see of a time that an attribute tells.
    """
    if printed.moment is not None:
        told = _absolute(printed.moment, text or printed.text, clock, source, is_month=printed.is_month)
    elif printed.relative is not None:
        told = _relative(printed.text, printed.relative, clock)
    else:
        told = _completed(printed, clock)
    if told.at is not None and clock.observed_at is not None and told.at > clock.observed_at + AHEAD:
        return ResolvedTime(told.text)
    return told


def _absolute(moment: Moment, text: str, clock: ListingClock, source: str, *, is_month: bool) -> ResolvedTime:
    zone = clock.zone.name if moment.zone is None or is_told_in_utc(moment) else moment.zone  # a Z tells the instant and not the zone
    has_minute = moment.has_clock and not (source == "machine" and moment.is_midnight)
    precision = "month" if is_month else "minute" if has_minute else "day"
    return ResolvedTime(text, _utc(moment.local, moment.zone or clock.zone.name), zone, precision, source)


def _relative(text: str, relative: Relative, clock: ListingClock) -> ResolvedTime:
    if clock.observed_at is None or relative.unit == "year":
        return ResolvedTime(text)
    zone = clock.zone.name
    now = clock.observed_at.astimezone(clock.zone.tzinfo)
    if relative.weekday is not None or relative.clock is not None:
        ago = relative.amount if relative.weekday is None else (now.weekday() - relative.weekday) % 7
        hour, minute = relative.clock or (0, 0)
        local = datetime.combine(now.date() - timedelta(days=ago), time(hour, minute))
        if local > now.replace(tzinfo=None) + timedelta(hours=1):
            local -= timedelta(days=7 if relative.weekday is not None else 1)
        return ResolvedTime(text, _utc(local, zone), zone, "minute" if relative.clock else "day", "relative")
    if relative.unit in ("now", "minute", "hour"):
        unit = "hour" if relative.unit == "hour" else "minute"
        at = now - timedelta(**{f"{unit}s": relative.amount})
        return ResolvedTime(text, at.astimezone(UTC).replace(second=0, microsecond=0), zone, unit, "relative")
    # "two weeks ago" is not exact to the day: it is told to the month
    days = {"day": 1, "week": 7, "month": 30.44}[relative.unit] * relative.amount
    local = datetime.combine((now - timedelta(days=days)).date(), time())
    if relative.unit == "day":
        return ResolvedTime(text, _utc(local, zone), zone, "day", "relative")
    return ResolvedTime(text, _utc(local.replace(day=1), zone), zone, "month", "relative")


def _completed(printed: PrintedTime, clock: ListingClock) -> ResolvedTime:
    """A day without a year is the last such day before the page was seen; a time of day the last such time."""
    zone = clock.zone.name
    if printed.partial is not None:
        known = clock.observed_at or (clock.published_at + LATER if clock.published_at else None)
        moment = printed.partial.last_before(_day_in(known, clock)) if known else None
        if moment is None:
            return ResolvedTime(printed.text)
        zone = moment.zone or zone
        return ResolvedTime(printed.text, _utc(moment.local, zone), zone, "minute" if moment.has_clock else "day", "completed")
    if printed.clock is None or clock.observed_at is None:
        return ResolvedTime(printed.text)
    zone = printed.clock.zone or zone
    now = clock.observed_at.astimezone(zone_info(zone))
    at = now.replace(hour=printed.clock.hour, minute=printed.clock.minute, second=0, microsecond=0)
    at = at if at <= now + timedelta(minutes=5) else at - timedelta(days=1)  # clocks of sites and crawlers differ by minutes
    return ResolvedTime(printed.text, at.astimezone(UTC), zone, "minute", "completed")


def _day_in(at: datetime, clock: ListingClock) -> date:
    return at.astimezone(clock.zone.tzinfo).date()


def _utc(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=zone_info(zone)).astimezone(UTC)
