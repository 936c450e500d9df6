"""Who wrote the article: never its editor, its outlet or a commenter."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.dissection.bylines import printed_bylines
from tasks.dissection.declared import ORGANISATIONS, article_nodes, resolve, texts_of, types_of
from tasks.dissection.folding import fold
from tasks.dissection.names import is_nobody, looks_like_name, split_names
from tasks.dissection.outlet import Outlet, outlet_of
from tasks.dissection.parsed_page import ParsedPage
from tasks.dissection.regions import Candidate, Credit, Finding

VALUE_CHARS = 500  # of core.evidence
MAX_AUTHORS = 30
# Read off the pages: Open Graph, Dublin Core, Parse.ly, Sailthru, Cxense, Dable.
AUTHOR_META = (
    "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author", "cxenseparse:author",
    "byl", "author", "og:author", "dc.creator", "dcterms.creator", "dable:author", "citation_author", "lp.article:author",
)  # fmt: skip


@dataclass(slots=True)
class _Offer:
    """One place and the names it gives; `names` are those still standing."""

    source: str
    printed: str
    names: list[str] = field(default_factory=list)
    verdict: str = "lost"
    outlet_names: list[str] = field(default_factory=list)


def find_authors(page: ParsedPage, title: str | None, site_name: str | None) -> tuple[tuple[Credit, ...], Finding]:
    """Credits in the role author, in page order, and why they are they."""
    outlet = outlet_of(page)
    refuse = {fold(title), fold(site_name)} - {""}
    offers: list[_Offer] = []
    winner = None
    for offer in _offers(page, outlet):
        _judge(offer, outlet, refuse)
        offers.append(offer)
        if offer.names and winner is None:
            winner = offer
        if winner and offer.source.startswith("visible"):
            break
    if winner is None:
        return (), Finding("authors", None, None, "no place on the page names a person", _candidates(offers))
    winner.verdict = "won" if winner.verdict == "lost" else f"won, without {winner.verdict}"
    for offer in offers:
        if offer is not winner and offer.names and {fold(n) for n in offer.names} == {fold(n) for n in winner.names}:
            offer.verdict = "agrees"
    names = winner.names[:MAX_AUTHORS]
    credits = tuple(Credit("author", name, winner.printed[:1000]) for name in names)
    return credits, Finding("authors", "; ".join(names)[:VALUE_CHARS], winner.source, "most trusted place that names someone", _candidates(offers))


def _offers(page: ParsedPage, outlet: Outlet) -> Iterator[_Offer]:
    """Most trusted first. Readers' bylines are looked for only by who has come so far without a name."""
    yield from _json_ld(page)
    for name in AUTHOR_META:
        values = list(dict.fromkeys(page.meta.get(name, ())))
        if values:
            yield _Offer(f"meta:{name}", "; ".join(values), [n for v in values for n in split_names(v)])
    for source, text, names in printed_bylines(page, outlet):
        yield _Offer(f"visible:{source}", text, names)


def _json_ld(page: ParsedPage) -> Iterator[_Offer]:
    for node in article_nodes(page):
        items = resolve(page, node.get("author"))
        printed = [text for item in items for text in texts_of(item)]
        if not printed:
            continue
        names = []
        for item in items:
            for text in texts_of(item):
                is_organisation = isinstance(item, dict) and any(t in ORGANISATIONS for t in types_of(item))
                names += [text] if is_organisation and looks_like_name(text) else split_names(text)
        yield _Offer("json_ld:author", "; ".join(printed), list(dict.fromkeys(names)))


def _judge(offer: _Offer, outlet: Outlet, refuse: set[str]) -> None:
    """Takes from an offer every name that is nobody's, and says so."""
    refused = []
    kept = []
    for name in offer.names:
        if outlet.is_named(name) or fold(name) in refuse:
            offer.outlet_names.append(name)
            refused.append(f"{name} (the outlet itself)")
        elif is_nobody(name):
            refused.append(f"{name} (a desk or placeholder)")
        else:
            kept.append(name)
    offer.names = kept
    if refused:
        offer.verdict = ", ".join(refused) if kept else "refused: " + ", ".join(refused)
    elif not kept:
        offer.verdict = "refused: no name in it"


def _candidates(offers: list[_Offer]) -> tuple[Candidate, ...]:
    return tuple(Candidate(o.source, o.printed[:VALUE_CHARS], o.verdict[:VALUE_CHARS]) for o in offers)
