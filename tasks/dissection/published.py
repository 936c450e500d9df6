"""When the article was published and last changed: minute, zone, and what told it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tasks.dissection.date_candidates import Dated, modification_candidates, publication_candidates
from tasks.dissection.date_text import Moment
from tasks.dissection.guessed_date import guessed_date
from tasks.dissection.page_locale import locale_of
from tasks.dissection.parsed_page import ParsedPage
from tasks.dissection.regions import Candidate, Finding
from tasks.dissection.zones import Zone, outlet_zone

VALUE_CHARS = 500  # of core.evidence
AHEAD = timedelta(days=1)  # clocks and zones differ by up to a day; beyond that a page cannot know its future
_ZERO = ("UTC", "+00:00")
_DEFAULTS = frozenset({(1900, 1, 1), (1970, 1, 1)})  # what systems write for "no date"


@dataclass(frozen=True, slots=True)
class PublishedDates:
    """Times are aware and in UTC. `findings` are of published_at and modified_at; `flags` name what is doubtful."""

    published_at: datetime | None = None
    published_zone: str | None = None
    published_zone_source: str | None = None
    published_precision: str | None = None
    published_source: str | None = None
    modified_at: datetime | None = None
    findings: tuple[Finding, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Offer:
    """A candidate with the instant it means in its zone, or why it was refused."""

    dated: Dated
    zone: Zone
    at: datetime | None = None
    verdict: str = "lost"

    @property
    def has_minute(self) -> bool:
        moment = self.dated.moment
        return moment is not None and moment.has_clock and not moment.is_midnight

    @property
    def day(self) -> tuple[int, int, int] | None:
        moment = self.dated.moment
        return (moment.local.year, moment.local.month, moment.local.day) if moment and self.at else None


def find_dates(page: ParsedPage, body: str | None) -> PublishedDates:
    """Dates of the article. Never raises on what a page says; impossible dates are refused with a verdict and a flag.

    `body` is the article's text where known: dates printed inside it are the story's, not the article's.
    """
    zone = outlet_zone(page, locale_of(page).language)
    flags: list[str] = []
    offers = [_weigh(dated, zone, page.observed_at) for dated in publication_candidates(page, body)]
    winner = _choose(offers)
    if winner is None and (guess := guessed_date(page)):
        offers.append(_weigh_guess(guess, zone, page.observed_at))
        winner = _choose(offers)
        flags += ["guessed_date"] if winner else []
    published = _dates_of(winner, offers) if winner else PublishedDates()
    if any(o.verdict.startswith("refused") for o in offers):
        flags.append("impossible_date" if not any("after" in o.verdict for o in offers) else "future_date")
    if winner is None:
        flags.append("no_date")
    changes = [_weigh(dated, zone, page.observed_at) for dated in modification_candidates(page, body)]
    modified = _choose_change(changes, published)
    findings = (
        _finding("published_at", winner, offers, published.published_at),
        _finding("modified_at", modified, changes, modified.at if modified else None),
    )
    return replace(published, modified_at=modified.at if modified else None, findings=findings, flags=tuple(flags))


def _weigh(dated: Dated, outlet: Zone, observed_at: datetime | None) -> _Offer:
    """What instant a candidate means, or the reason to refuse it."""
    moment = dated.moment
    if moment is None:
        return _Offer(dated, outlet, verdict=dated.refusal or "refused: no date in it")
    zone = Zone(moment.zone, "offset") if moment.zone else outlet
    if (moment.local.year, moment.local.month, moment.local.day) in _DEFAULTS:
        return _Offer(dated, zone, verdict="refused: what systems write for no date")
    at = _instant(moment, zone)
    if observed_at is not None and at > observed_at + AHEAD:
        return _Offer(dated, zone, verdict="refused: more than a day after the page was observed")
    return _Offer(dated, zone, at)


def _weigh_guess(dated: Dated, outlet: Zone, observed_at: datetime | None) -> _Offer:
    """A guess near the day of the capture may be the clock that pages show their readers."""
    offer = _weigh(dated, outlet, observed_at)
    if offer.at and observed_at and abs(observed_at - offer.at) < 2 * AHEAD:
        return _Offer(dated, offer.zone, verdict="refused: a guess that may be the day of the capture")
    return offer


def _instant(moment: Moment, zone: Zone) -> datetime:
    return moment.local.replace(tzinfo=zone.tzinfo).astimezone(UTC)


def _choose(offers: list[_Offer]) -> _Offer | None:
    """The first offer tells the day; a later one on the same day tells the minute where the first has none."""
    standing = [o for o in offers if o.at is not None]
    if not standing:
        return None
    first = standing[0]
    if first.has_minute:
        return _with_true_offset(first, standing)
    return next((o for o in standing if o.has_minute and o.day == first.day), first)


def _with_true_offset(first: _Offer, standing: list[_Offer]) -> _Offer:
    """Where another place prints the same wall clock with a real offset, a Z on it was written without thought."""
    moment = first.dated.moment
    if moment is None or moment.zone not in _ZERO:
        return first
    for other in standing:
        twin = other.dated.moment
        if twin and twin.zone not in (None, *_ZERO) and twin.local.replace(second=0) == moment.local.replace(second=0):
            first.verdict = "agrees, but its Z is not an offset"
            return other
    return first


def _dates_of(winner: _Offer, offers: list[_Offer]) -> PublishedDates:
    moment = winner.dated.moment
    has_minute = winner.has_minute or (moment is not None and moment.is_midnight and _midnight_is_meant(winner, offers))
    winner.verdict = "won"
    for offer in offers:
        if offer is not winner and offer.verdict == "lost" and _agree(offer, winner):
            offer.verdict = "agrees"
    return PublishedDates(
        winner.at, winner.zone.name, winner.zone.source, "minute" if has_minute else "day", winner.dated.source
    )


def _agree(offer: _Offer, winner: _Offer) -> bool:
    """Whether two offers mean the same: the instant, or the day where one of them has no minute."""
    if offer.at is None or offer.at == winner.at:
        return offer.at is not None
    return offer.day == winner.day and not (offer.has_minute and winner.has_minute)


def _midnight_is_meant(winner: _Offer, offers: list[_Offer]) -> bool:
    """Midnight is a time of day only where readers are shown it, or seconds apart from it are printed elsewhere."""
    return any(o.dated.source == "visible" and o.at == winner.at and o.dated.moment and o.dated.moment.has_clock for o in offers)


def _choose_change(changes: list[_Offer], published: PublishedDates) -> _Offer | None:
    winner = None
    for offer in changes:
        if offer.at is None:
            continue
        if _is_before(offer, published):
            offer.verdict = "refused: before publication"
        elif winner is None:
            winner, offer.verdict = offer, "won"
        elif offer.at == winner.at:
            offer.verdict = "agrees"
    return winner


def _is_before(change: _Offer, published: PublishedDates) -> bool:
    """Whether a change lies before publication: by the minute where both have one, else by the day."""
    if published.published_at is None or change.at is None:
        return False
    if change.has_minute and published.published_precision == "minute":
        return change.at < published.published_at - timedelta(minutes=1)
    return change.at < published.published_at - timedelta(days=1)


def _finding(field: str, winner: _Offer | None, offers: list[_Offer], at: datetime | None) -> Finding:
    candidates = tuple(_candidates(offers))
    value = at.isoformat() if at else None
    if winner is None:
        reason = "every candidate was refused" if offers else "no place on the page states one"
        return Finding(field, None, None, reason, candidates)
    first = next(o for o in offers if o.at is not None)
    reason = "most trusted place" if winner is first else f"has the minute of the day that {first.dated.source} tells"
    return Finding(field, value, winner.dated.source, f"{reason}; zone by {winner.zone.source}", candidates)


def _candidates(offers: list[_Offer]) -> Iterator[Candidate]:
    for offer in offers:
        yield Candidate(offer.dated.source, offer.dated.text[:VALUE_CHARS], offer.verdict)

