"""Which of the dates that stand is the article's."""

from datetime import timedelta

from tasks.dissection.dates.weighing import WeighedDate
from tasks.dissection.words.dates import ZERO, is_told_in_utc


def choose(offers: list[WeighedDate]) -> WeighedDate | None:
    """The first offer tells the day; a later one on the same day tells the minute where the first has none."""
    standing = [o for o in offers if o.at is not None]
    if not standing:
        return None
    first = standing[0]
    if first.has_minute:
        return _with_shown_day(_with_true_offset(first, standing), standing)
    return next((o for o in standing if o.has_minute and o.day == first.day), first)


def _with_true_offset(first: WeighedDate, standing: list[WeighedDate]) -> WeighedDate:
    """Where another place prints the same wall clock with a real offset, a Z on it was written without thought."""
    moment = first.dated.moment
    if moment is None or moment.zone not in ZERO:
        return first
    for other in standing:
        twin = other.dated.moment
        if twin and twin.zone not in (None, *ZERO) and twin.local.replace(second=0) == moment.local.replace(second=0):
            first.verdict = "agrees, but its Z is not an offset"
            return other
    return first


def _with_shown_day(first: WeighedDate, standing: list[WeighedDate]) -> WeighedDate:
    """Of an instant in UTC, in a zone that nothing tells, the day that readers are shown, where it is that of a neighbour."""
    if first.zone.name not in ZERO or not is_told_in_utc(first.dated.moment):
        return first
    shown = [o for o in standing if o.dated.source in ("visible", "url")]
    if not shown or {o.day for o in shown} != {shown[0].day} or first.day is None or shown[0].day is None:
        return first
    if abs(first.day - shown[0].day) != timedelta(days=1):
        return first
    first.verdict = "agrees, but readers are shown another day"
    return shown[0]
