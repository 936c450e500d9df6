"""Who wrote the article: never its editor, its outlet or a commenter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.dissection.about.classification import find_section
from tasks.dissection.credits.bylines import printed_bylines, sources_near_headline
from tasks.dissection.credits.declared_authors import authors_by_address, declared_authors
from tasks.dissection.credits.source_places import is_medium
from tasks.dissection.findings import Candidate, Credit, Finding, Found
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.outlet import Outlet, outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.columns import told
from tasks.dissection.words.names import is_nobody, split_names
from tasks.dissection.words.placeholders import is_placeholder
from tasks.dissection.words.text import CJK, headline_key

VALUE_CHARS = 500  # of core.evidence
MAX_AUTHORS = 30
_INITIALS = re.compile(r"[A-ZÄÖÜ]{2,5}")
_PLACEHOLDER = "a desk or placeholder"
_COMPANY = re.compile(r"\b(?:GmbH|AG|KG|Inc|Ltd|LLC|Corp|S\.?A|S\.?p\.?A|B\.V|Co)\.?$|株式会社|有限公司")


@dataclass(slots=True)
class _Offer:
    """One place and the names it gives; `names` are those still standing."""

    source: str
    printed: str
    names: list[str] = field(default_factory=list)
    verdict: str = "lost"
    organisations: list[str] = field(default_factory=list)  # of `names`, those declared as such
    outlet_names: list[str] = field(default_factory=list)  # of those refused, the outlet's own
    given: tuple[str, ...] = ()  # all names, before any was refused


def find_authors(page: ParsedPage, title: str | None, site_name: str | None, body: str | None = None) -> Found[tuple[Credit, ...]]:
    """Who wrote the article: credits in the role author, in page order. `body` lets signed first and last lines be read."""
    outlet = outlet_of(page)
    refuse = {headline_key(title): "the title"} | dict.fromkeys(sources_near_headline(page), "the source")
    offers: list[_Offer] = []
    winner = None
    columns, visible = _column_offers(page, outlet), _visible_offers(page, outlet, body)
    shown = (columns, visible) if page.is_text else (visible, columns)
    for places in (_machine_offers(page, outlet), *shown, _address_offers(page)):
        is_hidden = winner is not None and places is visible and not _is_printed(page, winner)
        if winner and _names_someone(winner) and not is_hidden:
            break  # bylines that readers see are looked for only where machines are told of no one, or of nobody that is printed
        for offer in places:
            if is_hidden and offer.source != "visible:labelled":
                break
            _judge(offer, outlet, site_name, refuse)
            offers.append(offer)
            if offer.names and (winner is None or is_hidden or not _names_someone(winner)):
                winner = offer
                if offer.source.startswith("visible"):
                    break
    if winner is None or not _names_someone(winner):
        winner = _corporate(offers) or winner
    flags = _flags(offers, winner)
    if winner is None:
        return Found((), (Finding("authors", None, None, "no place on the page names a person", _candidates(offers)),), flags)
    winner.verdict = "won" if winner.verdict == "lost" else f"won, without {winner.verdict}"
    for offer in offers:
        if offer is not winner and offer.names and {headline_key(n) for n in offer.names} == {headline_key(n) for n in winner.names}:
            offer.verdict = "agrees"
    names = _without_employers(winner)[:MAX_AUTHORS]
    credits = tuple(Credit("author", name, winner.printed[:1000]) for name in names)
    reason = "most trusted place that names someone"
    finding = Finding("authors", "; ".join(names)[:VALUE_CHARS], winner.source, reason, _candidates(offers))
    return Found(credits, (finding,), flags)


def _is_printed(page: ParsedPage, offer: _Offer) -> bool:
    """Whether readers see one of its names anywhere: whoever entered a story is told to machines, too."""
    names = [word for name in offer.names for word in (name.casefold(), name.casefold().split()[-1])]
    near = " ".join(piece.text for piece in headline_area(page).pieces).casefold()
    if any(name in near for name in names):
        return True
    text = page.tree.text_content().casefold()
    silent = " ".join(script.text or "" for script in page.tree.iter("script", "style")).casefold()
    return any(text.count(name) > silent.count(name) for name in names)


def _without_employers(offer: _Offer) -> list[str]:
    """Ann Lee, RTV: beside persons, agencies and the initials of stations are who they work for."""
    others = {name for name in offer.names if agency_named(name) or _INITIALS.fullmatch(name) or (CJK.search(name) and is_medium(name))}
    has_person = any(name not in others and name not in (*offer.outlet_names, *offer.organisations) for name in offer.names)
    return [name for name in offer.names if name not in others] if has_person else offer.names


def _flags(offers: list[_Offer], winner: _Offer | None) -> tuple[str, ...]:
    """placeholder_author and outlet_as_author where a desk, a placeholder or the outlet stood as author and was dropped."""
    placeholder = any(_PLACEHOLDER in offer.verdict for offer in offers)
    kept = set() if winner is None else set(winner.names)
    outlet = any(name not in kept for offer in offers for name in offer.outlet_names)
    return (*(["placeholder_author"] if placeholder else []), *(["outlet_as_author"] if outlet else []))


def _machine_offers(page: ParsedPage, outlet: Outlet) -> Iterator[_Offer]:
    """What JSON-LD and <meta> declare."""
    for place in declared_authors(page):
        names = list(place.names) if place.source.startswith("json_ld") else _without_address(list(place.names), outlet)
        yield _Offer(place.source, place.printed, names, organisations=list(place.organisations))


def _address_offers(page: ParsedPage) -> Iterator[_Offer]:
    """Names in addresses only: the last thing asked."""
    for place in authors_by_address(page):
        yield _Offer(place.source, place.printed, list(place.names))


def _column_offers(page: ParsedPage, outlet: Outlet) -> Iterator[_Offer]:
    """What the table says that the page is a row of."""
    for source, values in told(page.columns, "authors"):
        yield _Offer(source, "; ".join(values), [n for v in values for n in _without_address(split_names(v), outlet)])


def _visible_offers(page: ParsedPage, outlet: Outlet, body: str | None) -> Iterator[_Offer]:
    """What readers see; the name of the section stands in the same places."""
    section = headline_key(find_section(page).value)
    for source, text, names in printed_bylines(page, outlet, body):
        yield _Offer(f"visible:{source}", text, [name for name in names if not section or headline_key(name) != section])


def _without_address(names: list[str], outlet: Outlet) -> list[str]:
    """River Times Online, Riverton, Ohio: what follows the outlet's own name is its address."""
    return names[:1] if names and (outlet.is_named(names[0]) or _COMPANY.search(names[0])) else names


def _judge(offer: _Offer, outlet: Outlet, site_name: str | None, refuse: dict[str, str]) -> None:
    """Takes from an offer every name that is nobody's, and says so."""
    refused, kept = [], []
    if is_placeholder(offer.printed):
        refused, offer.names = [f"{offer.printed} ({_PLACEHOLDER})"], []
    offer.given = tuple(offer.names)
    for name in offer.names:
        if headline_key(name) in refuse:
            refused.append(f"{name} ({refuse[headline_key(name)]})")
        elif outlet.is_named(name) or (site_name and headline_key(name) == headline_key(site_name)) or _COMPANY.search(name):
            offer.outlet_names.append(name)
            refused.append(f"{name} (the outlet itself)")
        elif is_nobody(name):
            refused.append(f"{name} ({_PLACEHOLDER})")
        else:
            kept.append(name)
    offer.names = kept
    if refused:
        offer.verdict = ", ".join(refused) if kept else "refused: " + ", ".join(refused)
    elif not kept:
        offer.verdict = "refused: no name in it"


def _names_someone(offer: _Offer) -> bool:
    """Whether any of its names is neither declared as an organisation nor an agency."""
    return any(n not in offer.organisations and not agency_named(n) for n in offer.names)


def _corporate(offers: list[_Offer]) -> _Offer | None:
    """The outlet as author: only where no place names a person, and the article's own JSON-LD or a printed "By …" names the outlet.

    Never from <meta name=author>: systems put the outlet there on every page, whoever wrote it.
    """
    for offer in offers:
        if offer.source in ("json_ld:author", "visible:labelled") and (offer.outlet_names or offer.organisations or offer.names):
            offer.names = [n for n in offer.given if n in offer.names or n in offer.outlet_names or n in offer.organisations]
            offer.verdict = "lost"
            return offer
    return None


def _candidates(offers: list[_Offer]) -> tuple[Candidate, ...]:
    return tuple(Candidate(o.source, o.printed[:VALUE_CHARS], o.verdict[:VALUE_CHARS]) for o in offers)
