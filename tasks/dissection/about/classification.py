"""How the page files its article: section, tags, and the name of the site."""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import XPath

from tasks.dissection.about.printed_tags import printed_tags
from tasks.dissection.findings import Candidate, Finding, Found
from tasks.dissection.markup.declared import article_nodes, resolve, texts_of, types_of
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.markup.headline_places import declared_titles
from tasks.dissection.markup.outlet import outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.columns import first_told, told
from tasks.dissection.words.placeholders import is_placeholder
from tasks.dissection.words.text import CJK, headline_key, squeeze

VALUE_CHARS = 500  # of core.evidence
MAX_TAGS = 50
MOST_TAG_WORDS = 4  # of the only keyword of a page: one with more is a sentence or a headline
LEAST_SPLIT = 4  # words of a headline that were made keywords, one by one
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
    """Keywords of the article, in page order, without duplicates: those that readers see, else those of the first place for machines.

    What only repeats the headline, and names of the outlet, are none.
    """
    outlet = outlet_of(page)
    offers = [(place, values, _clean_tags(values, outlet.folded)) for place, values in _tag_places(page) if values]
    titles = declared_titles(page).titles
    told = [(place, values, () if _repeats_title(tags, titles) else tags) for place, values, tags in offers]
    declared = [tag for _, _, tags in offers for tag in tags]
    if shown := printed_tags(page, declared):
        told.insert(0, ("printed", list(shown), _clean_tags(list(shown), set(), is_parted=True)))
    elif not any(tags for _, _, tags in told) and (links := _tag_links(page)):
        told.append(("rel=tag", links, _clean_tags(links, outlet.folded)))
    source, taken = next(((place, tags) for place, _, tags in told if tags), (None, ()))
    verdicts = ("won" if place == source else "lost" if tags else "refused: no keyword in it" for place, _, tags in told)
    candidates = tuple(Candidate(place, ", ".join(values)[:VALUE_CHARS], v) for (place, values, _), v in zip(told, verdicts, strict=True))
    value = ", ".join(taken)[:VALUE_CHARS] or None
    reason = "most trusted place that has any" if taken else "no place on the page gives keywords"
    return Found(taken, (Finding("tags", value, source, reason, candidates),))


def _repeats_title(tags: tuple[str, ...], titles: Sequence[str]) -> bool:
    """Whether keywords are the headline once more: as a whole, or word for word in its order."""
    if len(tags) == 1:
        return headline_key(tags[0]) in titles or len(tags[0].split()) > MOST_TAG_WORDS
    if len(tags) < LEAST_SPLIT or any(" " in tag for tag in tags):
        return False
    return any(_stand_in_order([headline_key(tag) for tag in tags], title) for title in titles)


def _stand_in_order(keys: list[str], title: str) -> bool:
    place = 0
    return all((place := title.find(key, place) + len(key)) >= len(key) for key in keys)


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


def _clean_tags(values: list[str], outlet: set[str], is_parted: bool = False) -> tuple[str, ...]:
    """`is_parted` where each value is one keyword, with whatever marks stand in it."""
    parts = values if is_parted else [p for value in values for p in _SPLIT.split(value)]
    if len(parts) == 1 and parts[0].count(" ") >= 4 and CJK.search(parts[0]):  # Chinese systems part keywords by blanks
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
