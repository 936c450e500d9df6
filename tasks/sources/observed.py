"""When a page was seen, as sidecars and tables write it."""

import re
from datetime import UTC, date, datetime, timedelta

# The first web page is of 1990; a crawler that claims an earlier capture has a broken clock. Far futures likewise.
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100

_DIGITS_14 = re.compile(r"\d{14}")  # 20240131235959: the timestamp of CDX indexes and the Wayback Machine
_EPOCH = re.compile(r"\d{9,16}(\.\d+)?")


def parse_instant(value: object) -> datetime | None:
    """The UTC instant that `value` means, or None where it means none; without an offset it is taken as UTC.

    Read are ISO 8601, 14-digit timestamps, and epochs in seconds, milliseconds or microseconds.
    """
    if isinstance(value, datetime):
        return plausible(value)
    if isinstance(value, date):
        return plausible(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_epoch(float(value)) if abs(value) < 1e18 else None
    return _from_text(str(value).strip())


def plausible(moment: datetime | None) -> datetime | None:
    """`moment` in UTC, or None outside the years in which the web can have been seen."""
    if moment is None or not EARLIEST_YEAR <= moment.year < LATEST_YEAR:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def from_mtime_ns(mtime_ns: int) -> datetime:
    """The file's time, exact to the microsecond; a broken clock's is moved to the nearest possible year."""
    moment = datetime(1970, 1, 1, tzinfo=UTC)
    seconds = min(max(mtime_ns // 1_000, 0), 4_102_444_799_000_000)  # up to 2099-12-31T23:59:59Z
    return moment + timedelta(microseconds=seconds)


def _from_text(text: str) -> datetime | None:
    if _DIGITS_14.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    elif _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    try:
        return plausible(datetime.fromisoformat(text))
    except ValueError:
        return None


def _from_epoch(number: float) -> datetime | None:
    seconds = number
    for _unit in ("milliseconds", "microseconds"):
        if seconds > 1e11:  # in seconds that would be the year 5138
            seconds /= 1_000
    if not 0 < seconds < 1e11:
        return None
    return plausible(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)) if seconds < 4.2e9 else None
