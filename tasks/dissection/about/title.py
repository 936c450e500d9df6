"""The headline of the article, without the site's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from tasks.dissection.findings import Candidate, Finding, Found
from tasks.dissection.markup.declared import first_text
from tasks.dissection.markup.headings import head_title
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.outlet import TITLE_SEPARATORS, Outlet, outlet_of, strip_outlet
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page
from tasks.dissection.words.columns import first_told
from tasks.dissection.words.placeholders import is_placeholder
from tasks.dissection.words.text import headline_key, line_key, squeeze

VALUE_CHARS = 500  # of core.evidence
_SEPARATOR_STARTS = tuple("-|_–—·•ㅣ丨»:/~｜│")
# How far each place is trusted; places that agree add up. Settled on 111 pages with gold titles: JSON-LD alone was right on
# most pages, beaten only where the heading that readers see agrees with Open Graph.
WEIGHTS = {
    "json_ld": 2.5, "heading": 2.0, "subheading": 1.5, "og:title": 2.0, "twitter:title": 0.5, "meta": 0.5, "title": 1.0, "column": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    source: str
    text: str
    weight: float
    key: str


def find_title(page: ParsedPage) -> Found[str | None]:
    """The headline as it is printed, else the one on which the most trusted places agree; None only where the page has no title."""
    outlet = outlet_of(page)
    offers = _merge_signed(title_offers(page))
    offers = [offer for offer in offers if not outlet.is_sign(offer.text)] or offers
    if not offers:
        return Found(None, (Finding("title", None, None, "no place on the page offers a title"),))
    support: dict[str, float] = {}
    for offer in offers:
        support[offer.key] = support.get(offer.key, 0) + offer.weight
    printed = next((o for o in offers if o.source == "heading" and headline_area(page).is_sure), None)
    if printed and _are_unanimous(offers):
        printed = None
    best = printed.key if printed else max(support, key=lambda key: support[key])
    winner = next(o for o in offers if o.key == best)
    agreeing = [o.source for o in offers if o.key == best and o is not winner]
    reason = f"{', '.join(agreeing)} agree" if agreeing else "nothing agrees; most trusted place"
    finding = Finding("title", winner.text[:VALUE_CHARS], winner.source, reason, _verdicts(offers, winner))
    return Found(winner.text, (finding,))


def _are_unanimous(offers: list[TitleCandidate]) -> bool:
    """Whether JSON-LD, Open Graph and <title> all have one headline, letters and digits compared."""
    told = {offer.source: line_key(offer.text) for offer in offers}
    keys = {told.get(source) for source in ("json_ld", "og:title", "title")}
    return len(keys) == 1 and None not in keys


def _verdicts(offers: list[TitleCandidate], winner: TitleCandidate) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(o.source, o.text[:VALUE_CHARS], "won" if o is winner else "agrees" if o.key == winner.key else "lost") for o in offers
    )


@once_per_page
def title_offers(page: ParsedPage) -> list[TitleCandidate]:
    """Every place that words the headline, most trusted first: what the publisher tells machines, then what readers see."""
    return list(_offers(page, outlet_of(page)))


def _offers(page: ParsedPage, outlet: Outlet) -> Iterator[TitleCandidate]:
    area = headline_area(page)
    places = [
        ("json_ld", first_text(page, "headline"), WEIGHTS["json_ld"]),
        ("heading", area.text, WEIGHTS["heading"] if area.is_sure or area.agrees else 0.5),
        *(("subheading", text, WEIGHTS["subheading"]) for text in area.others[:3]),
        ("og:title", page.first_meta("og:title"), WEIGHTS["og:title"]),
        ("twitter:title", page.first_meta("twitter:title"), WEIGHTS["twitter:title"]),
        ("meta", page.first_meta("title", "dc.title", "articletitle", "parsely-title", "sailthru.title"), WEIGHTS["meta"]),
        ("title", _without_signature(head_title(page), outlet, area.text), WEIGHTS["title"]),
        *((source, text, WEIGHTS["column"]) for source, text in first_told(page.columns, "title")),
    ]
    stated = {headline_key(value) for source, value, _ in places if source != "heading"}
    for source, value, weight in places:
        text = "" if not value or is_placeholder(value) else squeeze(unescape(value) if "&" in value else value)
        stripped = strip_outlet(text, outlet).strip()
        if source != "heading" or headline_key(stripped) in stated:
            text = stripped
        if text and (key := headline_key(text)):
            yield TitleCandidate(source, text, weight, key)


def _without_signature(title: str, outlet: Outlet, heading: str) -> str:
    """<title> without the outlet and section that follow the headline."""
    stripped = strip_outlet(title, outlet)
    parts = [p.strip() for p in TITLE_SEPARATORS.split(stripped) if p.strip()]
    if len(parts) < 2 or headline_key(stripped) == headline_key(heading):
        return stripped
    for part in parts:
        if headline_key(part) == headline_key(heading):
            return part
    if any(mark in stripped for mark in "_|｜丨ㅣ"):  # no headline uses these; the longest part is it
        return max(parts, key=len)
    return stripped


def _merge_signed(offers: list[TitleCandidate]) -> list[TitleCandidate]:
    """Offers that are another one plus a signature or a kicker count for that other one."""
    merged = []
    for offer in offers:
        key = offer.key
        for other in offers:
            if other.key != key and len(other.key) >= 8 and _is_signed(offer, other):
                key = other.key
                break
        text = offer.text if key == offer.key else next(o.text for o in offers if o.key == key)
        merged.append(TitleCandidate(offer.source, text, offer.weight, key))
    return merged


def _is_signed(offer: TitleCandidate, other: TitleCandidate) -> bool:
    """Whether `offer` is `other` with something added that is no part of a headline."""
    if offer.key.startswith(other.key):
        rest = offer.key[len(other.key) :]
        return len(rest) <= len(other.key) and (rest.startswith(_SEPARATOR_STARTS[:-4]) or rest[0] in "|｜│/~»")
    # a kicker printed above the headline ends up in the same element
    return offer.source == "heading" and other.source in ("json_ld", "og:title") and offer.key.endswith(other.key)
