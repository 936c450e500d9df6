"""When the article was published and last changed: minute, zone, and what told it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.dissection.dates.candidates import gather_dates
from tasks.dissection.dates.dated import Dated
from tasks.dissection.dates.guessed_date import guessed_date
from tasks.dissection.dates.modified import NO_NEWS, choose_change
from tasks.dissection.dates.readers_zone import printed_zone, readers_zone
from tasks.dissection.dates.relative_dates import relative_dates
from tasks.dissection.dates.weighing import AHEAD, Scales, WeighedDate, agree, complete, evidence, founding_year
from tasks.dissection.findings import Finding, Found
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.page_locale import locale_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.dates import ZERO, is_told_in_utc
from tasks.dissection.words.zones import Zone


@dataclass(frozen=True, slots=True)
class PublishedDates:
    """Times are aware and in UTC.

    `proofs` are (place, instant) of every full date that stands, for telling when the page was there at the earliest.
    """

    published_at: datetime | None = None
    published_zone: str | None = None
    published_zone_source: str | None = None
    published_precision: str | None = None
    published_source: str | None = None
    modified_at: datetime | None = None
    proofs: tuple[tuple[str, datetime], ...] = ()


def find_dates(page: ParsedPage, body: str | None, listings: tuple[FoundListing, ...] = ()) -> Found[PublishedDates]:
    """Dates of the article, with the evidence of published_at and modified_at. Never raises on what a page says; impossible dates are
    refused with a verdict and a flag.

    `body` is the article's text where known: dates printed inside it are the story's, not the article's. `listings` may
    tell the year of a day that the story tells, for the evidence only: no date of the article comes from them.
    """
    scales = Scales(outlet_zone(page, locale_of(page).language), page.observed_at, founding_year(page))
    gathered = gather_dates(page, body)
    known = [o.at for o in map(scales.weigh, (*gathered.published, *gathered.modified)) if o.at]
    offers = [scales.weigh(d) for d in complete(gathered.published, known, scales, listings)]
    changes = [scales.weigh(d) for d in complete(gathered.modified, known, scales, listings)]
    _show_to_readers(page, offers, changes, scales.outlet, listings)
    if not any(offer.at for offer in offers):
        for dated, is_change in relative_dates(page, body, locale_of(page), scales.outlet):
            (changes if is_change else offers).append(scales.weigh(dated))
    flags: list[str] = []
    winner = _choose(offers)
    if winner is None and (guess := guessed_date(page)):
        offers.append(_weigh_guess(guess, scales, offers))
        winner = _choose(offers)
        flags += ["guessed_date"] if winner else []
    published = _dates_of(winner, offers) if winner else PublishedDates()
    told = [_weigh_told(d, scales, winner) for d in complete(gathered.told, known, scales, listings)]
    flags += sorted({o.flag for o in (*offers, *changes) if o.flag})
    if winner is None:
        flags.append("no_date")
    modified = choose_change(changes, winner, published.published_precision)
    findings = (
        _finding("published_at", winner, [*offers, *told], published.published_at),
        _finding("modified_at", modified, changes, modified.at if modified else None),
    )
    proofs = tuple((o.dated.source, o.at) for o in (*offers, *changes) if o.at and _proves(o))
    dates = replace(published, modified_at=modified.at if modified else None, proofs=proofs)
    return Found(dates, findings, tuple(flags))


def _show_to_readers(
    page: ParsedPage, offers: list[WeighedDate], changes: list[WeighedDate], outlet: Zone, listings: tuple[FoundListing, ...]
) -> None:
    """Put what machines are told in UTC into the zone that readers are shown."""
    every = (*offers, *changes)
    if not any(is_told_in_utc(offer.dated.moment) for offer in every):
        return
    if outlet.source == "utc":
        outlet = printed_zone(page, every, listings) or outlet
    language = locale_of(page).language
    if zone := readers_zone(offers, outlet, language) or readers_zone(changes, outlet, language):
        for offer in every:
            if is_told_in_utc(offer.dated.moment):
                offer.zone = zone


def _weigh_guess(dated: Dated, scales: Scales, offers: list[WeighedDate]) -> WeighedDate:
    """A guess near the day of the capture may be the clock that pages show their readers; one may land on a refused date."""
    offer = scales.weigh(dated)
    if offer.at and scales.observed_at and abs(scales.observed_at - offer.at) < 2 * AHEAD:
        return WeighedDate(dated, offer.zone, verdict="refused: a guess that may be the day of the capture")
    if any(o.dated.refusal and o.dated.moment and o.dated.moment.local.date() == offer.day for o in offers):
        return WeighedDate(dated, offer.zone, verdict="refused: a guess that lands on a date refused elsewhere")
    return offer


def _weigh_told(dated: Dated, scales: Scales, winner: WeighedDate | None) -> WeighedDate:
    """A day in the story's own words agrees with the article's or is refused: it never becomes it."""
    offer = scales.weigh(dated)
    agrees = winner is not None and offer.at is not None and offer.day == winner.day
    if offer.at or dated.refusal:
        doubt = (dated.refusal or "").removeprefix("refused: ")
        offer.verdict = "agrees" if agrees else "; ".join(filter(None, ("refused: the story's day, not the article's", doubt)))
    offer.at = None
    return offer


def _choose(offers: list[WeighedDate]) -> WeighedDate | None:
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


def _dates_of(winner: WeighedDate, offers: list[WeighedDate]) -> PublishedDates:
    moment = winner.dated.moment
    has_minute = winner.has_minute or (moment is not None and moment.has_clock and _midnight_is_meant(winner, offers))
    winner.verdict = "won"
    for offer in offers:
        if offer is not winner and offer.verdict == "lost" and agree(offer, winner):
            offer.verdict = "agrees"
    return PublishedDates(winner.at, winner.zone.name, winner.zone.source, "minute" if has_minute else "day", winner.dated.source)


def _midnight_is_meant(winner: WeighedDate, offers: list[WeighedDate]) -> bool:
    """Midnight is a time of day only where readers are shown it, or seconds apart from it are printed elsewhere."""
    return any(o.dated.source == "visible" and o.at == winner.at and o.dated.moment and o.dated.moment.has_clock for o in offers)


def _finding(field: str, winner: WeighedDate | None, offers: list[WeighedDate], at: datetime | None) -> Finding:
    value = at.isoformat() if at else None
    if winner is None:
        reason = "every candidate was refused" if offers else "no place on the page states one"
        return Finding(field, None, None, reason, evidence(offers))
    first = next(o for o in offers if o.at is not None)
    reason = "most trusted place" if winner is first else f"has the minute of the day that {first.dated.source} tells"
    return Finding(field, value, winner.dated.source, f"{reason}; zone by {winner.zone.source}", evidence(offers))


def _proves(offer: WeighedDate) -> bool:
    """Whether a date that stands was surely written by then: others may be the story's, or a Z on a local time."""
    return offer.dated.source != "htmldate" and (offer.verdict == NO_NEWS or offer.verdict.startswith(("won", "agrees")))
