"""Bylines as readers see them: marked elements and lines that say who wrote."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from tasks.dissection.credits.byline_text import (
    CJK_BYLINE,
    MAX_BYLINE_CHARS,
    byline_names,
    is_control,
    japanese_names_in_brackets,
    matched_names,
    names_in_brackets,
)
from tasks.dissection.credits.closing_bylines import closing_bylines, signed_with_a_name
from tasks.dissection.credits.labelled_bylines import labelled_bylines
from tasks.dissection.credits.titled_names import names_with_titles
from tasks.dissection.credits.unlabelled_bylines import unlabelled_bylines
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.markup.headline import NearText, headline_area, story_of
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.markup.page_locale import locale_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.text_runs import runs_in, shown_text
from tasks.dissection.words.names import says_role
from tasks.dissection.words.text import headline_key, squeeze

_AUTHOR_MARK = re.compile(
    r"(?<![a-z])(?:authors?(?:ed)?|byline|bylines|byl|by-?line|posted-?by|written-?by|writers?|autor(?:en|es|in|ka|zy|i)?|autore|auteurs?|reporters?|journalists?"
    r"|contributors?|columnists?|signature|penulis|yazar|redakteure?|redaktor|redactor|forfatter|skribent|kirjoittaja|firmas?|firmante"
    r"|szerzo|avtor|vcard|fn)(?![a-z])",
    re.IGNORECASE,
)
# Class names of readers, of other stories, and of what stands beside an author: biographies, dates, buttons.
_FOREIGN_MARK = re.compile(
    r"comment|reply|user|avatar|related|recommend|popular|listing|teaser|(?<!v)card|newsletter|sidebar|share|bio\b|intro|desc"
    r"|follow|social|reward|footer|tie-|date|time",
    re.IGNORECASE,
)
# author-card, author_bio: the author's own, which a card__author is not.
_OF_AUTHOR = re.compile(
    r"((?:author|byline|autor|auteur|writer|contributor)s?)[-_a-z]{0,12}?(?:card|bio|intro|desc|share|follow|social|avatar)", re.IGNORECASE
)
_DAY_MARKS = frozenset(("date", "time"))
# Of the text itself or its link: the section stands beside the byline.
_SECTION_MARK = re.compile(r"categor|rubri[ck]|(?<![a-z])(?:cat|section|kicker)(?![a-z])", re.IGNORECASE)
# (what the page's source must hold for the search to be worth its 0.2 ms, the search), in the order they are tried. Asking
# attributes for their elements takes a third to a half of the time of asking elements for their attributes.
_MARKED = (
    (("uthor",), etree.XPath("descendant::a/@rel[contains(.,'author')]/.. | descendant::*/@class[contains(.,'uthor')]/..")),
    (("yline", 'itemprop="author'), etree.XPath("descendant::*/@class[contains(.,'yline')]/.. | descendant::*/@itemprop[.='author']/..")),
)
_DECLARING = frozenset(("rel", "itemprop", "property"))
_NAMING = frozenset(("class", "id", "data-testid", "data-qa", "data-test", "data-component"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # storyAuthorName as story-Author-Name: so that marks are whole words
_HOLDERS = frozenset(("body", "html", "main", "article"))
_SOURCE = re.compile(r"(?:来源|來源|稿源|出处|转自|轉自)\s?[：:]\s?(\S{0,30})")
_PATH = re.compile(r"\s[>»›]\s|^当前位置")
CONNECTORS = frozenset({",", "and", "und", "et", "y", "&", "、", "og", "och", "e", "и", "en"})
FIRST_LINES = 200


def printed_bylines(page: ParsedPage, outlet: Outlet, body: str | None) -> Iterator[tuple[str, str, list[str]]]:
    """(place, text as printed, names) of every byline, nearest to the headline first."""
    area = headline_area(page)
    pieces = sorted(area.pieces, key=lambda p: abs(p.distance))
    yield from labelled_bylines(area.pieces or _first_lines(page), outlet)
    yield from _signed(body or "")
    yield from names_with_titles(page, area.pieces, body or "")
    yield from _marked_near(pieces, outlet)
    yield from unlabelled_bylines(area.pieces, outlet, area.text, body or "")
    yield from _marked_anywhere(page, outlet)
    yield from signed_with_a_name(page, outlet)
    yield from closing_bylines(page, outlet, body or "")


def _first_lines(page: ParsedPage) -> list[NearText]:
    """Of a page without a headline."""
    body = page.tree.find("body")
    runs = islice(runs_in(page.tree if body is None else body), FIRST_LINES)
    return [NearText(text, element, place) for place, (text, element) in enumerate(runs)]


def sources_near_headline(page: ParsedPage) -> set[str]:
    """Outlets that a Chinese page names as the story's source near its headline, folded: 来源：江河报.

    Chinese systems copy the source into <meta name=author>; elsewhere a source line names an agency that did write.
    """
    pieces = headline_area(page).pieces if locale_of(page).language == "zh" else ()
    found: set[str] = set()
    for i, piece in enumerate(pieces):
        if match := _SOURCE.search(piece.text):
            following = pieces[i + 1].text if i + 1 < len(pieces) else ""
            found.add(headline_key(match[1] or following))
        elif any("source" in (e.get("class") or "").lower() for e in (piece.element, piece.element.getparent()) if e is not None):
            found.add(headline_key(piece.text))
    return found - {""}


def _signed(body: str) -> Iterator[tuple[str, str, list[str]]]:
    """Names in the first and the last lines of a Chinese story: （记者林小河）, 江河晚报记者 林小河."""
    lines = body.split("\n")
    for line in dict.fromkeys([*lines[:2], *lines[-3:]]):
        for match in (*CJK_BYLINE.finditer(line[:100]), *CJK_BYLINE.finditer(line[-60:])):
            if names := matched_names(match):
                yield "signed", squeeze(match[0]), names
    for line in dict.fromkeys(reversed(lines[-3:])):
        if names := names_in_brackets(line) or japanese_names_in_brackets(line):
            yield "signed", line[-60:], names


def _marked_near(pieces: list[NearText], outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    seen: set[HtmlElement] = set()
    for start in dict.fromkeys(piece.element for piece in pieces):
        element = _marked_ancestor(start)
        if element is None or element in seen:
            continue
        seen.add(element)
        if not any("comment" in _names_of(node).lower() for node in islice(element.iterancestors(), 3) if node.tag not in _HOLDERS):
            yield from _read("marked", element, outlet)


def _marked_anywhere(page: ParsedPage, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    heading = headline_area(page).heading
    scope = page.tree if heading is None else story_of(heading)
    searches = (search for marks, search in _MARKED if any(mark in page.html for mark in marks))
    for element in (e for search in searches for e in elements_found(search, scope)[:40]):
        if element.tag in ("meta", "link", "script", "body"):
            continue
        if not any(_is_foreign(a) for a in (element, *element.iterancestors()) if a.tag not in _HOLDERS):
            yield from _read("marked", element, outlet)


def _marked_ancestor(element: HtmlElement) -> HtmlElement | None:
    """The element or one of its two parents that is marked as the author's, none of them as someone else's."""
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None or node.tag in _HOLDERS or _is_foreign(node):
            return None
        if _is_declared(node) or _names_author(_names_of(node)):
            links = islice(element.iterancestors("a"), 1)
            names = (f"{e.get('class')} {e.get('id')} {e.get('href')}" for e in (element, *links))
            return None if any(map(_SECTION_MARK.search, names)) else node
        node = node.getparent()
    return None


def _is_declared(node: HtmlElement) -> bool:
    """Whether it says that it holds who wrote: rel="author external", itemprop=creator, property="schema:author", <address>."""
    said = [value for name, value in node.items() if name in _DECLARING]
    return any(_names_author(value) or "creator" in value for value in said) or node.tag == "address"


def _names_of(element: HtmlElement) -> str:
    return " ".join([value for name, value in element.items() if name in _NAMING])


@lru_cache(maxsize=4096)  # a page repeats its class names
def _names_author(names: str) -> bool:
    return bool(_AUTHOR_MARK.search(_CAMEL.sub("-", names)))


def _is_foreign(element: HtmlElement) -> bool:
    return element.tag in ("nav", "footer", "aside") or _names_foreign(_names_of(element))


@lru_cache(maxsize=4096)
def _names_foreign(names: str) -> bool:
    found = {mark.lower() for mark in _FOREIGN_MARK.findall(_OF_AUTHOR.sub(r"\1", names))}
    return bool(found) and not (found <= _DAY_MARKS and _names_author(names))  # author-and-date holds both


def _as_name(link: HtmlElement) -> str:
    """Its text; with capitals where styles draw a name small, and the link's address says that it is one."""
    text = shown_text(link)
    is_small = text.islower() and " " in text and text.replace(" ", "-") in (link.get("href") or "").lower()
    return text.title() if is_small else text


def _read(place: str, element: HtmlElement, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    runs = [text for text, _ in runs_in(element)]
    text = " ".join(runs)
    if not text or says_role(text) == "other" or _PATH.search(text) or text.endswith((":", "：")):
        return
    inner = [e for e in element.iter() if e.get("itemprop") == "name" or e.get("rel") == "author"]
    links = inner or [a for a in element.iter("a") if shown_text(a)]
    # job titles and places follow a name as runs of their own; without a comma or "and" the first run with a name is all
    joined = text if any(r.strip() in CONNECTORS for r in runs) else None
    for candidate in ([_as_name(e) for e in links] if len(links) <= 6 else []), *([[joined]] if joined else ([r] for r in runs)), [text]:
        names = [n for t in candidate for n in byline_names(t, outlet)]
        if names and not is_control(names, element):
            yield place, text[:MAX_BYLINE_CHARS], list(dict.fromkeys(names))
            return
