"""The newest time that anything on a page proves: a page without a capture time was seen after it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

from lxml.html import HtmlElement

from tasks.dissection.dates.published import PublishedDates
from tasks.dissection.findings import Candidate, Finding, Found, Listing, listing_field
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.page_locale import locale_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.dates import read_moment
from tasks.dissection.words.text import squeeze
from tasks.dissection.words.zones import Zone, zone_info

Proof = tuple[str, str, datetime]  # place, what it says, the instant it means
PROVING_SOURCES = ("machine", "printed")  # of a listing item; relative and completed times rest on another time
MOST_PROOFS = 12  # kept as evidence, newest first
# What is printed ahead of time: events, offers, countdowns. Their dates tell nothing about when the page was seen.
_PLANNED = re.compile(
    r"event|termin|kalender|calendar|agenda|schedule|programm|countdown|deadline|expir|valid|offer|fixture|kickoff|match|start-?date|end-?date",
    re.IGNORECASE,
)
_PLANNED_LEVELS = 6  # elements around a <time> that may say so
# What a copyright line begins with in any language, searched for as plain text: a pattern with choices takes 3 ms a page.
# Its last year ("© 1999–2026") was written, or printed by a clock, no later than the page was seen.
RIGHTS_MARKS = ("©", "&copy;", "opyright")
RIGHTS_CHARS = 70
MOST_RIGHTS = 5  # of each mark
_RIGHTS_YEAR = re.compile(
    r"[^<>{}\n\d]{0,40}(?:<\w[^<>]*>\s*)?((?:19|20)\d{2})(?:\s?(?:[-–—/~～至]|to|bis|&ndash;)\s?((?:19|20)\d{2}))?(?!\d)"
)


def observed_after(page: ParsedPage, dates: PublishedDates, listings: Iterable[Listing], *, now: datetime) -> Found[datetime | None]:
    """The newest proven instant in UTC; None where nothing proves one, and where the page's capture time is known.

    Proof is what somebody wrote down as past: dates of the article that stand, times of listed stories that are printed
    in full, <time> elements, the year of a copyright line as its first instant. A time after `now`, which is when the page
    is read, is no proof: pages announce what is to come, and clocks go wrong.
    """
    if page.observed_at is not None:
        return Found(None)
    zone = outlet_zone(page, locale_of(page).language)
    found = chain(_of_article(dates), _of_listings(listings), _of_times(page, dates, zone), _of_rights(page, zone))
    return newest_proof(found, now)


def newest_proof(found: Iterable[Proof], now: datetime) -> Found[datetime | None]:
    """The newest of some proofs that is not after `now`, and the finding that names its place."""
    proofs = sorted(dict.fromkeys(found), key=lambda proof: proof[2], reverse=True)
    standing = [proof for proof in proofs if proof[2] <= now]
    late = [Candidate(place, text, "refused: after the page was read") for place, text, at in proofs if at > now]
    if not standing:
        return Found(None, (Finding("observed_after", None, None, "nothing on the page proves a time", tuple(late[:MOST_PROOFS])),))
    (place, text, at), *others = standing
    older = [Candidate(place, text, "older") for place, text, _ in others]
    candidates = (*late[:2], Candidate(place, text, "won"), *older)[:MOST_PROOFS]
    reason = f"the newest of {len(proofs)} times on the page"
    return Found(at, (Finding("observed_after", at.isoformat(), place, reason, candidates),))


def _of_article(dates: PublishedDates) -> Iterator[Proof]:
    for source, at in dates.proofs:
        yield source, at.isoformat(), at


def _of_listings(listings: Iterable[Listing]) -> Iterator[Proof]:
    for number, listing in enumerate(listings, 1):
        for item in listing.items:
            if item.listed_at is not None and item.listed_source in PROVING_SOURCES:
                yield listing_field(number), item.listed_text or item.listed_at.isoformat(), item.listed_at


def _of_times(page: ParsedPage, dates: PublishedDates, outlet: Zone) -> Iterator[Proof]:
    """datetime attributes with a full date, of whatever story or comment they are."""
    own = {at.astimezone(outlet.tzinfo).replace(tzinfo=None, second=0, microsecond=0) for _, at in dates.proofs}
    for element in page.tree.iter("time"):
        if (stated := element.get("datetime")) and (moment := read_moment(stated)) and not _is_planned(element):
            # 16:30Z beside an article of 14:30 UTC, in a zone where that is 16:30: a local time with a thoughtless Z
            is_local = moment.zone is None or (moment.zone == "UTC" and moment.local.replace(second=0) in own)
            zone = outlet.tzinfo if is_local else zone_info(str(moment.zone))
            yield "time", stated, moment.local.replace(tzinfo=zone).astimezone(UTC)


def _is_planned(element: HtmlElement) -> bool:
    """Whether it, or what is close around it, is named as something that takes place."""
    for level, node in enumerate((element, *element.iterancestors())):
        if level > _PLANNED_LEVELS or node.tag in ("body", "main", "article"):
            return False
        if any(_PLANNED.search(node.get(name) or "") for name in ("class", "id", "itemprop", "itemtype")):
            return True
    return False


def _of_rights(page: ParsedPage, outlet: Zone) -> Iterator[Proof]:
    for mark in RIGHTS_MARKS:
        at = -1
        for _ in range(MOST_RIGHTS):
            if (at := page.html.find(mark, at + 1)) < 0:
                break
            if match := _RIGHTS_YEAR.match(page.html[at + len(mark) : at + RIGHTS_CHARS]):
                year = datetime(int(match[2] or match[1]), 1, 1, tzinfo=outlet.tzinfo)
                shown = page.html[at - (mark[0] == "o") : at + len(mark)] + match[0]
                yield "copyright", squeeze(shown), year.astimezone(UTC)
