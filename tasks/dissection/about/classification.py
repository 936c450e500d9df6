"""How the page files its article: section, tags, and the name of the site."""

import re
from collections.abc import Iterator

from lxml.etree import XPath

from tasks.dissection.findings import Candidate, Finding, Found
from tasks.dissection.markup.declared import article_nodes, resolve, texts_of, types_of
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.markup.outlet import outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.columns import first_told, told
from tasks.dissection.words.placeholders import is_placeholder
from tasks.dissection.words.text import headline_key, squeeze

VALUE_CHARS = 500  # of core.evidence
MAX_TAGS = 50
MAX_TAG_CHARS = 80  # longer ones are sentences: descriptions put into the wrong field
_MACHINE_TAG = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{20,}$|^\d+$|^[\w ]+:|://")
_SPLIT = re.compile(r"\s*[,;，；、|]\s*")
_HOME = frozenset({
    "home", "homepage", "home page", "startseite", "start", "accueil", "inicio", "portada", "首页", "首頁", "ホーム", "トップ",
    "главная", "الرئيسية",
})  # fmt: skip

_RELATED_TO_TAG = XPath("descendant::a/@rel[contains(.,'tag')]/..")  # a page has hundreds of links: most need not be made objects for it


def find_section(page: ParsedPage) -> Found[str | None]:
    """The section the article is filed under, the narrowest that is named."""
    offers = [(source, text) for source, text in _sections(page) if 0 < len(text) <= MAX_TAG_CHARS and not is_placeholder(text)]
    return _first("section", offers)


def find_site_name(page: ParsedPage) -> Found[str | None]:
    """The name of the site as the page gives it."""
    return _first("site_name", [offer for offer in _site_names(page) if not is_placeholder(offer[1])])


def find_tags(page: ParsedPage) -> Found[tuple[str, ...]]:
    """Keywords of the article from the first place that has any, in page order, without duplicates, sections of systems left out."""
    outlet = outlet_of(page)
    candidates: list[Candidate] = []
    taken: tuple[str, ...] = ()
    source = None
    for place, values in _tag_places(page):
        tags = _clean_tags(values, outlet.folded)
        if not values:
            continue
        verdict = "lost" if taken else "won" if tags else "refused: no keyword in it"
        candidates.append(Candidate(place, ", ".join(values)[:VALUE_CHARS], verdict))
        if not taken and tags:
            taken, source = tags, place
    if not taken and (links := _tag_links(page)):  # last: every link of the page has to be looked at
        taken, source = _clean_tags(links, outlet.folded), "rel=tag"
        candidates.append(Candidate(source, ", ".join(links)[:VALUE_CHARS], "won" if taken else "refused: no keyword in it"))
    value = ", ".join(taken)[:VALUE_CHARS] or None
    reason = "most trusted place that has any" if taken else "no place on the page gives keywords"
    return Found(taken, (Finding("tags", value, source, reason, tuple(candidates)),))


def _first(field: str, offers: list[tuple[str, str]]) -> Found[str | None]:
    if not offers:
        return Found(None, (Finding(field, None, None, "no place on the page names one"),))
    source, value = offers[0]
    verdicts = ("won", *("agrees" if headline_key(text) == headline_key(value) else "lost" for _, text in offers[1:]))
    candidates = tuple(Candidate(s, t[:VALUE_CHARS], v) for (s, t), v in zip(offers, verdicts, strict=True))
    return Found(value, (Finding(field, value[:VALUE_CHARS], source, "most trusted place", candidates),))


def _sections(page: ParsedPage) -> Iterator[tuple[str, str]]:
    for node in article_nodes(page):
        for text in texts_of(node.get("articleSection")):
            yield "json_ld:articleSection", text
    for name in ("article:section", "og:article:section", "parsely-section", "section", "og:section", "cxenseparse:section", "dc.subject"):
        for text in page.meta.get(name, ())[:1]:
            yield f"meta:{name}", text
    yield from (("json_ld:BreadcrumbList", text) for text in _breadcrumbs(page))
    yield from first_told(page.columns, "section")


def _breadcrumbs(page: ParsedPage) -> list[str]:
    """Names of the path to the article, the last section first; the article itself and the home page left out."""
    titles = {headline_key(text) for node in article_nodes(page) for text in texts_of(node.get("headline"))}
    titles |= {headline_key(text) for text in page.meta.get("og:title", ())}
    for node in page.json_ld:
        if "BreadcrumbList" in types_of(node):
            items = [i for i in resolve(page, node.get("itemListElement")) if isinstance(i, dict)]
            names = [next(texts_of(i.get("name") or i.get("item")), "") for i in items]
            kept = [n for n in names if n and headline_key(n) not in titles and n.casefold() not in _HOME and "://" not in n]
            kept = [n for n in kept if not outlet_of(page).is_named(n)]
            return kept[::-1][:1]
    return []


def _site_names(page: ParsedPage) -> Iterator[tuple[str, str]]:
    for text in page.meta.get("og:site_name", ())[:1]:
        yield "meta:og:site_name", text
    for node in article_nodes(page)[:1]:
        for item in resolve(page, node.get("publisher")):
            yield from (("json_ld:publisher", text) for text in texts_of(item))
    for node in page.json_ld:
        if "WebSite" in types_of(node):
            yield from (("json_ld:WebSite", text) for text in texts_of(node.get("name")))
    for name in ("application-name", "apple-mobile-web-app-title", "site_name"):
        for text in page.meta.get(name, ())[:1]:
            yield f"meta:{name}", text
    outlet = outlet_of(page)
    if outlet.is_signed and outlet.signature:
        yield "title", squeeze(outlet.signature[-1])
    yield from first_told(page.columns, "site_name")


def _tag_places(page: ParsedPage) -> Iterator[tuple[str, list[str]]]:
    """Every place that gives keywords, most trusted first."""
    yield "meta:article:tag", [*page.meta.get("article:tag", ()), *page.meta.get("og:article:tag", ())]
    for node in article_nodes(page)[:1]:
        yield "json_ld:keywords", list(texts_of(node.get("keywords")))
    for name in ("news_keywords", "parsely-tags", "sailthru.tags", "keywords"):
        yield f"meta:{name}", list(page.meta.get(name, ()))
    yield from told(page.columns, "tags")


def _clean_tags(values: list[str], outlet: set[str]) -> tuple[str, ...]:
    parts = [p for value in values for p in _SPLIT.split(value)]
    if len(parts) == 1 and parts[0].count(" ") >= 4:  # Chinese systems part keywords by blanks
        parts = parts[0].split()
    kept: dict[str, str] = {}
    for part in parts:
        tag = squeeze(part).strip("#\"' ")
        if (
            tag
            and len(tag) <= MAX_TAG_CHARS
            and not is_placeholder(tag)
            and not _MACHINE_TAG.search(tag)
            and headline_key(tag) not in outlet
        ):
            kept.setdefault(headline_key(tag), tag)
    return tuple(kept.values())[:MAX_TAGS]


def _tag_links(page: ParsedPage) -> list[str]:
    return [text_of(a) for a in elements_found(_RELATED_TO_TAG, page.tree) if "tag" in a.get("rel", "").split()]
