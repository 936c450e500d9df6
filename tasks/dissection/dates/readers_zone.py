"""In which zone readers are shown what machines are told in UTC (docs/decisions/0035).

A Z tells the instant. Day and hour are those of the zone that readers are shown, of which the page has witnesses: the same instant
with another offset, a printed clock that is whole hours apart, the printed day and that of the URL, and the outlet's country.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from tasks.dissection.dates.weighing import WeighedDate
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.dates import ZERO, Moment, is_told_in_utc, read_moment
from tasks.dissection.words.zones import Zone, offset_zone, zone_info

_OF_THE_DAY = ("visible", "time", "url")  # places that readers see, or that were made from what they see
# Minutes between the hours in zones that are in use: India, Iran, Nepal, Newfoundland and others (IANA time zone database).
_PARTS = {30: (-150, -210, -570, 210, 270, 330, 390, 570, 630), 45: (345, 525, 765)}
_WESTMOST, _EASTMOST = -600, 780  # Hawaii, New Zealand in summer: a clock of twelve hours without its half seems further off
_ROUND = (0, 30)  # minutes at which so much is published that two clocks whole hours apart may be of two things
_NEAR = timedelta(hours=3)  # between zones of one country, and summer time
_MOST_TIMES = 200
_WEST_OF_ENGLISH = ("America/New_York", "America/Los_Angeles")


def readers_zone(offers: list[WeighedDate], outlet: Zone, language: str | None) -> Zone | None:
    """The zone of times that machines are told in UTC; None where there are none, or where readers are shown UTC as well."""
    told = [offer for offer in offers if offer.at and is_told_in_utc(offer.dated.moment)]
    if not told or any(offer.dated.source == "visible" for offer in told):
        return None
    standing = [offer for offer in offers if offer.at]
    shifts = list(_shifts(told, standing, outlet))
    if shifts:
        return _named(shifts[0], told[0], outlet)
    days = [offer.dated.moment.local.date() for offer in standing if offer.dated.source in _OF_THE_DAY and offer.dated.moment]
    if outlet.source != "utc":
        return outlet if _day_in(told[0], outlet.name) in (_day_in(told[0], "UTC"), *days) else None  # alone it moves no day
    if language == "en" and _is_day_before(told[0], days):
        return next((Zone(name, "lang") for name in _WEST_OF_ENGLISH if _day_in(told[0], name) == days[0]), None)
    return None


def show_to_readers(offers: list[WeighedDate], changes: list[WeighedDate], outlet: Zone, language: str | None) -> None:
    """Put what machines are told in UTC into the zone that readers are shown."""
    if zone := readers_zone(offers, outlet, language) or readers_zone(changes, outlet, language):
        for offer in (*offers, *changes):
            if is_told_in_utc(offer.dated.moment):
                offer.zone = zone


def printed_zone(page: ParsedPage, moments: Iterable[Moment | None], listings: Iterable[FoundListing]) -> Zone | None:
    """The offset that times of the article and of other stories on the page are told with most often; None where none has one."""
    told = [moment.zone for moment in moments if moment]
    stated = [element.get("datetime") for element in page.tree.iter("time")]
    stated += [piece.machine for listing in listings for item in listing.items for piece in (*item.before, *item.after)]
    told += [moment.zone for text in stated[:_MOST_TIMES] if text and (moment := read_moment(text))]
    offsets = Counter(name for name in told if name and name not in ZERO)
    return Zone(offsets.most_common(1)[0][0], "offset") if offsets else None


def _shifts(told: list[WeighedDate], standing: list[WeighedDate], outlet: Zone) -> Iterator[int]:
    """Minutes by which another place is ahead of a time told in UTC: of the same instant first, then of a clock without an offset."""
    naive = []
    for offer in standing:
        moment = offer.dated.moment
        for utc in told:
            if moment is None or not offer.has_minute or utc.at is None or offer.at is None:
                continue
            if moment.zone is None:
                naive.append((offer.dated.source != "visible", _minutes_between(utc, moment), utc))
            elif moment.zone not in ZERO and abs(offer.at - utc.at) < timedelta(minutes=1):
                yield _minutes_between(utc, moment)
    for _, minutes, utc in sorted(naive, key=lambda found: found[0]):
        if _is_offset(minutes) and _is_likely(minutes, utc, outlet):
            yield minutes


def _minutes_between(utc: WeighedDate, shown: Moment) -> int:
    """Minutes from the wall clock of a time told in UTC to that of another, seconds apart."""
    moment = utc.dated.moment
    assert moment is not None
    return int((shown.local.replace(second=0, microsecond=0) - moment.local.replace(second=0, microsecond=0)).total_seconds() // 60)


def _is_offset(minutes: int) -> bool:
    return _WESTMOST <= minutes <= _EASTMOST and (minutes % 60 == 0 or minutes in _PARTS.get(minutes % 60, ()))


def _is_likely(minutes: int, utc: WeighedDate, outlet: Zone) -> bool:
    """Whether a clock that far apart is of the same instant: not if it fits no zone near the outlet's and both are round."""
    if minutes == 0 or outlet.source == "utc" or utc.at is None:
        return True
    is_near = abs(timedelta(minutes=minutes) - _offset_of(utc.at, outlet.name)) <= _NEAR
    return is_near or utc.at.minute not in _ROUND


def _named(minutes: int, told: WeighedDate, outlet: Zone) -> Zone | None:
    """The outlet's zone where it has that offset at that instant, else one that is named by the offset; None for UTC itself."""
    if told.at is not None and outlet.source != "utc" and _offset_of(told.at, outlet.name) == timedelta(minutes=minutes):
        return outlet
    return offset_zone(minutes) if minutes else None


def _offset_of(at: datetime, name: str) -> timedelta:
    return at.astimezone(zone_info(name)).utcoffset() or timedelta()


def _is_day_before(told: WeighedDate, days: list[date]) -> bool:
    """Whether every day that is printed is the one before that of UTC."""
    return told.at is not None and bool(days) and set(days) == {told.at.date() - timedelta(days=1)}


def _day_in(told: WeighedDate, name: str) -> date | None:
    return told.at.astimezone(zone_info(name)).date() if told.at else None
