"""When a page was seen, as sidecars and tables write it."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from tasks.dissection.words.dates import read_moment
from tasks.dissection.words.zones import zone_info

# The first web page is of 1990; a crawler that claims an earlier capture has a broken clock. Far futures likewise.
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100

_DIGITS_14 = re.compile(r"\d{14}")  # 20240131235959: the timestamp of CDX indexes and the Wayback Machine
_EPOCH = re.compile(r"\d{9,19}(\.\d+)?")
_MOST_SECONDS = 10**11  # the year 5138; a larger number counts parts of a second
_UTC_NAME = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)  # of BigQuery and Athena
_ZONE_ID = re.compile(r"\[[\w/+-]+\]$")  # of Java's ZonedDateTime, behind the offset that says the same
_LOST_PLUS = re.compile(r"(?<=:\d\d) (?=\d\d:\d\d$)")  # + in a query means a blank, and many a URL was decoded once too often
_EITHER_ORDER = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b")


def parse_instant(value: object) -> datetime | None:
    """The UTC instant that `value` means, or None where it means none or could mean two; without an offset it is taken as UTC.

    Read are dates and times of Parquet, ISO 8601, RFC 2822, 14-digit timestamps, epochs in seconds, milli-, micro- or nanoseconds,
    MongoDB's extended JSON, and what newspapers print. 05/04/2024 is no time: half of the world reads it as May, half as April.
    """
    if isinstance(value, datetime):
        return plausible(value)
    if isinstance(value, date):
        return plausible(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, Mapping):
        (name, inner), *others = value.items() or [("", None)]
        return parse_instant(inner) if str(name).startswith("$") and not others else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return _from_epoch(round(value * 1_000_000), 1_000_000) if abs(value) < 1e19 else None
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
        whole, _, part = text.partition(".")
        return _from_epoch(int(whole + part[:6].ljust(6, "0")), 1_000_000)
    iso = _UTC_NAME.sub("+00:00", _LOST_PLUS.sub("+", _ZONE_ID.sub("", text)))
    for read in (datetime.fromisoformat, parsedate_to_datetime, _from_print):
        try:
            return plausible(read(iso if read == datetime.fromisoformat else text))
        except (ValueError, TypeError, IndexError):  # parsedate_to_datetime raises the latter two on what is no date
            continue
    return None


def _from_print(text: str) -> datetime:
    """As newspapers print it. Raises ValueError where that is none, or day and month could change places."""
    moment, order = read_moment(text), _EITHER_ORDER.search(text)
    if moment is None or (order and order[1] != order[2] and int(order[1]) <= 12 and int(order[2]) <= 12):
        raise ValueError(f"no time: {text[:80]}")
    return moment.local.replace(tzinfo=zone_info(moment.zone) if moment.zone else UTC)


def _from_epoch(number: int, unit: int) -> datetime | None:
    """`number` in parts of a second, `unit` of them in one, unless it is so large that the parts must be smaller."""
    while number > _MOST_SECONDS * unit and unit < 10**15:
        unit *= 1_000
    if not 0 < number < 4_200_000_000 * unit:
        return None
    return plausible(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number * 1_000_000 // unit))
