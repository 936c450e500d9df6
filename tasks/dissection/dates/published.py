"""When the article was published and last changed: minute, zone, and what told it."""

from dataclasses import dataclass, replace
from datetime import datetime

from tasks.dissection.dates.candidates import Gathered, gather_dates
from tasks.dissection.dates.choosing import choose
from tasks.dissection.dates.dated import Dated
from tasks.dissection.dates.guessed_date import guessed_date
from tasks.dissection.dates.modified import NO_NEWS, choose_change
from tasks.dissection.dates.readers_zone import printed_zone, show_to_readers
from tasks.dissection.dates.relative_dates import relative_dates
from tasks.dissection.dates.weighing import AHEAD, Scales, WeighedDate, agree, complete, evidence, founding_year
from tasks.dissection.findings import Finding, Found
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.page_locale import Locale, locale_in
from tasks.dissection.markup.parsed_page import ParsedPage
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


def find_dates(
    page: ParsedPage, body: str | None, listings: tuple[FoundListing, ...] = (), language: str | None = None
) -> Found[PublishedDates]:
    """Dates of the article, with the evidence of published_at and modified_at. Never raises on what a page says; impossible dates are
    refused with a verdict and a flag.

    `body` is the article's text where known: dates printed inside it are the story's, not the article's. `listings` may
    tell the year of a day that the story tells, for the evidence only: no date of the article comes from them. `language` is that
    of the text where known.
    """
    locale = locale_in(page, language)
    gathered = gather_dates(page, body, locale)
    scales = Scales(_zone(page, locale, gathered, listings), page.observed_at, founding_year(page))
    known = [o.at for o in map(scales.weigh, (*gathered.published, *gathered.modified)) if o.at]
    offers = [scales.weigh(d) for d in complete(gathered.published, known, scales, listings)]
    changes = [scales.weigh(d) for d in complete(gathered.modified, known, scales, listings)]
    show_to_readers(offers, changes, scales.outlet, locale.language)
    if not any(offer.at for offer in offers):
        for dated, is_change in relative_dates(page, body, locale, scales.outlet):
            (changes if is_change else offers).append(scales.weigh(dated))
    flags: list[str] = []
    winner = choose(offers)
    if winner is None and (guess := guessed_date(page)):
        offers.append(_weigh_guess(guess, scales, offers, changes))
        winner = choose([*offers, *(change for change in changes if change.dated.source == "visible")] if offers[-1].at else offers)
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


def _zone(page: ParsedPage, locale: Locale, gathered: Gathered, listings: tuple[FoundListing, ...]) -> Zone:
    """Of the outlet; where nothing tells its country, the offset that the page prints most often."""
    zone = outlet_zone(page, locale.language)
    if zone.source != "utc":
        return zone
    return printed_zone(page, (dated.moment for dated in (*gathered.published, *gathered.modified)), listings) or zone


def _weigh_guess(dated: Dated, scales: Scales, offers: list[WeighedDate], changes: list[WeighedDate]) -> WeighedDate:
    """A guess near the day of the capture may be the clock that pages show their readers; one may land on a refused date, or on a
    change that machines are told."""
    offer = scales.weigh(dated)
    if offer.at and scales.observed_at and abs(scales.observed_at - offer.at) < 2 * AHEAD:
        return WeighedDate(dated, offer.zone, verdict="refused: a guess that may be the day of the capture")
    if any(o.dated.refusal and o.dated.moment and o.dated.moment.local.date() == offer.day for o in offers):
        return WeighedDate(dated, offer.zone, verdict="refused: a guess that lands on a date refused elsewhere")
    if any(change.day == offer.day and change.dated.source.startswith(("json_ld", "meta")) for change in changes if change.at):
        return WeighedDate(dated, offer.zone, verdict="refused: a guess that lands on the day of a change")
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
