"""What instant each candidate for a date means, or why no article can have it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tasks.dissection.dates.dated import Dated
from tasks.dissection.findings import Candidate
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.declared import article_nodes, resolve, texts_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.dates import Moment, read_moment
from tasks.dissection.words.zones import Zone

VALUE_CHARS = 500  # of core.evidence
AHEAD = timedelta(days=1)  # clocks and zones differ by up to a day; beyond that a page cannot know its future
FIRST_NEWSPAPER = 1605  # Relation, Strasbourg: no outlet is older
_DEFAULTS = frozenset({(1900, 1, 1), (1970, 1, 1)})  # what systems write for "no date"
FUTURE, IMPOSSIBLE = "future_date", "impossible_date"


@dataclass(slots=True)
class WeighedDate:
    """A candidate with the instant it means in its zone, or why it was refused; `flag` where that is a fault of the page."""

    dated: Dated
    zone: Zone
    at: datetime | None = None
    verdict: str = "lost"
    flag: str | None = None

    @property
    def has_minute(self) -> bool:
        moment = self.dated.moment
        return moment is not None and moment.has_clock and not moment.is_midnight and not self.is_midnight

    @property
    def is_midnight(self) -> bool:
        """Exactly 00:00:00 in its zone: 22:00Z is what systems write in Berlin that keep only days."""
        local = self._local
        return local is not None and (local.hour, local.minute, local.second) == (0, 0, 0)

    @property
    def day(self) -> date | None:
        return self._local.date() if self._local else None

    @property
    def _local(self) -> datetime | None:
        return self.at.astimezone(self.zone.tzinfo) if self.at else None


def agree(offer: WeighedDate, winner: WeighedDate) -> bool:
    """Whether two offers mean the same: the instant to the minute, or the day where one of them has no minute."""
    if offer.at is None or winner.at is None:
        return False
    if offer.at.replace(second=0, microsecond=0) == winner.at.replace(second=0, microsecond=0):
        return True
    return offer.day == winner.day and not (offer.has_minute and winner.has_minute)


@dataclass(frozen=True, slots=True)
class Scales:
    """What candidates are weighed with: the outlet's zone, the capture, and the year in which the outlet was founded."""

    outlet: Zone
    observed_at: datetime | None
    founded: int | None

    def weigh(self, dated: Dated) -> WeighedDate:
        """The instant that a candidate means, or the reason to refuse it."""
        moment = dated.moment
        zone = Zone(moment.zone, "offset") if moment and moment.zone else self.outlet
        offer = WeighedDate(dated, zone, verdict=dated.refusal or "refused: its year is nowhere told")
        if moment is None:
            offer.flag = IMPOSSIBLE if dated.refusal and dated.is_stated else None
            return offer
        at = moment.local.replace(tzinfo=zone.tzinfo).astimezone(UTC)
        reason, flag = self._impossible(moment, at)
        if self._may_be_todays(dated, at):
            reason, flag = "refused: above the headline and of the day on which the page was observed", None
        if reason and not dated.refusal:
            offer.verdict, offer.flag = reason, flag if dated.is_stated else None
        elif not dated.refusal:
            offer.verdict, offer.at = "lost", at
        return offer

    def _impossible(self, moment: Moment, at: datetime) -> tuple[str | None, str | None]:
        day = moment.local
        if (day.year, day.month, day.day) in _DEFAULTS or (at.year, at.month, at.day) in _DEFAULTS:
            return "refused: what systems write for no date", IMPOSSIBLE
        if self.founded and day.year < self.founded:
            return f"refused: the outlet was founded in {self.founded}", IMPOSSIBLE
        if self.observed_at is not None and at > self.observed_at + AHEAD:
            return "refused: more than a day after the page was observed", FUTURE
        return None, None

    def _may_be_todays(self, dated: Dated, at: datetime) -> bool:
        return dated.is_apart and self.observed_at is not None and abs(self.observed_at - at) < 2 * AHEAD


def founding_year(page: ParsedPage) -> int | None:
    """The year in which the outlet says it was founded (JSON-LD foundingDate of its publisher), where it can be one."""
    publishers = [item for node in article_nodes(page) for item in resolve(page, node.get("publisher"))]
    for node in (*publishers, *page.json_ld):
        for text in texts_of(node.get("foundingDate")) if isinstance(node, dict) else ():
            if text[:4].isdecimal() and int(text[:4]) >= FIRST_NEWSPAPER:
                return int(text[:4])
    return None


def complete(candidates: Iterable[Dated], known: list[datetime], scales: Scales, listings: tuple[FoundListing, ...]) -> Iterator[Dated]:
    """The same candidates, those without a year completed: by the nearest known date of the page, else with a refusal.

    The capture and other stories tell a year as well, but a date that rests on them is not taken: it is kept to be seen.
    """
    for dated in candidates:
        if dated.day is None or dated.refusal:
            yield dated
        elif known:
            yield _as(dated, dated.day.nearest(known[0].date()), None)
        elif by_listing := dated.day.same_day(_listed_days(listings)):
            yield _as(dated, by_listing, "refused: only another story on the page tells its year")
        elif scales.observed_at is not None:
            yield _as(dated, dated.day.last_before(scales.observed_at.date()), "refused: only the capture tells its year")
        else:
            yield dated


def _as(dated: Dated, moment: Moment | None, refusal: str | None) -> Dated:
    if moment is None:
        return dated
    return replace(dated, text=f"{dated.text} = {moment.local.date()}", moment=moment, refusal=refusal)


def _listed_days(listings: tuple[FoundListing, ...]) -> Iterator[date]:
    """Full dates that stand beside the headlines of other stories."""
    for listing in listings:
        for item in listing.items:
            for piece in (*item.before, *item.after):
                if moment := read_moment(piece.machine or piece.text):
                    yield moment.local.date()


def evidence(offers: Iterable[WeighedDate]) -> tuple[Candidate, ...]:
    """Candidates as core.evidence keeps them."""
    return tuple(Candidate(offer.dated.source, offer.dated.text[:VALUE_CHARS], offer.verdict) for offer in offers)
