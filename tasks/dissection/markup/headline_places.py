"""Which printed line of a page is its headline: by what the page declares, by where its story begins, never the outlet's own sign."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from tasks.dissection.markup.declared import first_text
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.markup.headings import MAX_CHARS, Heading, head_title, headings_of
from tasks.dissection.markup.outlet import TITLE_SEPARATORS, leads_home, outlet_of, strip_outlet
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page, text_of
from tasks.dissection.markup.story_place import is_above_story, is_most_of_page
from tasks.dissection.markup.text_runs import runs_in
from tasks.dissection.words.text import headline_key, width

# Headings in these are the site's, not the article's.
_FURNITURE = frozenset({"nav", "footer", "dialog", "button", "svg"})
_FURNITURE_CLASSES = ("breadcrumb", "crumb", "modal", "cookie", "menu")
_TITLE_CLASS = etree.XPath(  # from attributes to elements: half of the time of the other way
    "(//@class[contains(.,'title') or contains(.,'Title') or contains(.,'headline')]/.. | //@id[contains(.,'title')]/.."
    " | //@itemprop[.='headline']/..)[not(self::a or self::li or self::ul or self::body or self::html or self::meta or self::script)]"
)
_EDGES = " -–—―|_:·•»›>〉《》｜丨ㅣ│/"  # what parts a kicker or a path from its headline
# How well a printed line is told to be the headline: it is a declared title; it is most of one, or one and more; it is an h1 above the
# story; it is a little of a declared title. Below, nothing but its place speaks for it.
EQUAL, MOST, LEADS, PART = 4, 3, 2, 1
TOP = 0.5  # what an h1 has before others of its level
LONG = 16  # columns from which letters in common tell something
LIKE, RELATED = 0.6, 0.3  # shares of letter triples
LEAST_OF_PART = 0.5  # how much more a part between marks says than one that is not
LEAST_PART = 10  # columns of a part of <title>: shorter ones are sections as often
MOST_PARTS = 12  # of a title: one with more is a list of keywords
MAX_RUNS = 6  # of a heading: kicker, headline, credit
_PATH = re.compile(r"\s+[>›»/＞]\s+")  # Home > Harbours > Ferry returns


class PrintedLine(NamedTuple):
    """A printed line that may be the headline, with one of the levels above and what parts it from others of that level."""

    level: float
    element: HtmlElement
    text: str
    is_sure: bool  # it goes before what the page declares


class Declared(NamedTuple):
    """What the page says its title is, folded, without the outlet's name, and the parts of it that marks part."""

    titles: tuple[str, ...]
    parts: frozenset[str]


@once_per_page
def declared_titles(page: ParsedPage) -> Declared:
    """Most trusted first; none that is nothing but the outlet's name."""
    outlet = outlet_of(page)
    texts = (first_text(page, "headline"), page.first_meta("og:title"), page.first_meta("twitter:title"), head_title(page))
    stated = [strip_outlet(text, outlet) for text in texts if text]
    titles = tuple(key for key in (headline_key(text) for text in stated if not outlet.is_sign(text)) if key)
    parts = (
        headline_key(part) for text in stated for part in TITLE_SEPARATORS.split(text)[:MOST_PARTS] if part and not outlet.is_sign(part)
    )
    return Declared(titles, frozenset(part for part in parts if width(part) >= LEAST_PART))


def printed_headings(page: ParsedPage) -> list[PrintedLine]:
    """Headings, and elements whose names say that they are one; those of level 0 may only stand where a headline does."""
    declared, outlet = declared_titles(page), outlet_of(page)
    headings = (h for h in headings_of(page) if not is_furniture(page, h.element))
    signs = (h for h in headings if not outlet.is_sign(h.text) and not leads_home(page, h.element))
    found = _behind_a_sign([_as_heading(page, heading, declared) for heading in signs], declared)
    return found if any(line.level >= PART for line in found) else [*found, *_by_class(page, declared)]


def _behind_a_sign(found: list[PrintedLine], declared: Declared) -> list[PrintedLine]:
    """Of two headings that are the beginning and the end of one declared title, the second is the headline: Annie's Blog: Ferry returns."""
    keys = [headline_key(line.text) for line in found]
    for title in declared.titles:
        first = next((i for i, key in enumerate(keys) if len(key) < len(title) and title.startswith(key)), len(keys))
        for i in range(first + 1, len(keys)):
            if width(keys[i]) >= LEAST_PART and title.endswith(keys[i]) and 0 <= len(title) - len(keys[first]) - len(keys[i]) <= 2:
                found[i] = found[i]._replace(level=max(found[i].level, EQUAL), is_sure=True)
    return found


def _as_heading(page: ParsedPage, heading: Heading, declared: Declared) -> PrintedLine:
    element, text, key = heading.element, heading.text, heading.key
    agreement, like = agreement_of(key, declared), _likeness(key, declared.titles)
    top = TOP if element.tag == "h1" else 0.0
    if agreement < EQUAL and (cut := _cut(element, key, declared.titles if agreement >= MOST else {*declared.titles, *declared.parts})):
        return PrintedLine(EQUAL, element, cut, True)
    if agreement < EQUAL and (end := _PATH.split(text)[-1]) != text and headline_key(end) in declared.titles:
        return PrintedLine(EQUAL, element, end, True)
    if agreement >= MOST:
        return PrintedLine(agreement + top, element, text, True)
    if top and like >= LIKE and not agreement:
        return PrintedLine(MOST + top, element, text, True)
    if part := part_of(key, declared):
        return PrintedLine(part, element, text, True)
    if top and is_above_story(page, element):
        return PrintedLine(LEADS + like / 2, element, text, like >= RELATED or any(len(t) >= 4 and t in key for t in declared.titles))
    return PrintedLine(PART + like / 2 if agreement or like >= LIKE else 0.0, element, text, False)


def agreement_of(key: str, declared: Declared) -> float:
    """EQUAL to a declared title; MOST of one, or one and more; PART of one; 0 where neither holds the other."""
    count = len(declared.titles)
    weights = [0.1 * (count - position) for position in range(count)]
    if equal := sum(weight for title, weight in zip(declared.titles, weights, strict=True) if key == title):
        return EQUAL + equal
    best = 0.0
    for title, weight in zip(declared.titles, weights, strict=True):
        if len(key) >= 6 and (key in title or title in key):
            is_most = min(len(key), len(title)) >= 0.6 * len(title)
            best = max(best, (MOST if is_most else PART) + weight)
    return best


def part_of(key: str, declared: Declared) -> float:
    """The level of a part of a declared title that stands between marks: the more of it the better. 0 where it is none."""
    return PART + LEAST_OF_PART + len(key) / max(map(len, declared.titles), default=len(key)) if key in declared.parts else 0.0


def _likeness(key: str, declared: Sequence[str]) -> float:
    """Greatest share of the letter triples of the shorter that a heading and a declared title have in common."""
    return max((_shared(key, title) for title in declared if width(title) >= LONG), default=0.0) if width(key) >= LONG else 0.0


def _shared(one: str, other: str) -> float:
    a, b = _triples(one), _triples(other)
    return len(a & b) / max(1, min(len(a), len(b)))


@lru_cache(maxsize=256)
def _triples(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


def _cut(element: HtmlElement, key: str, known: Collection[str]) -> str | None:
    """The most of a heading's runs that are a known title, without the kicker, date or credit in the same element."""
    if not len(element) or not any(title in key for title in known):
        return None
    runs = [text for text, _ in islice(runs_in(element), MAX_RUNS + 1)]
    if not 1 < len(runs) <= MAX_RUNS:
        return None
    spans = (runs[start : start + size] for size in range(len(runs), 0, -1) for start in range(len(runs) - size + 1))
    texts = (" ".join(span).strip(_EDGES) for span in spans)
    return max((t for t in texts if width(part := headline_key(t)) >= LEAST_PART and part in known), key=len, default=None)


def _by_class(page: ParsedPage, declared: Declared) -> Iterator[PrintedLine]:
    """Elements that only a class or id marks as the headline."""
    for element in elements_found(_TITLE_CLASS, page.tree)[:80]:
        text = text_of(element) if len(element) <= 3 else ""
        if not 0 < len(text) <= MAX_CHARS:
            continue
        key = headline_key(text)
        level = max(agreement_of(key, declared), part_of(key, declared), PART if _likeness(key, declared.titles) >= LIKE else 0)
        if level >= PART:
            yield PrintedLine(level, element, text, level >= MOST)


@lru_cache(maxsize=4096)  # headings stand in the same elements
def _names_furniture(names: str) -> bool:
    return any(map(names.lower().__contains__, _FURNITURE_CLASSES))


def is_furniture(page: ParsedPage, element: HtmlElement) -> bool:
    """Whether it stands in a menu, a path, a dialog or the like: in one that is not most of the page."""
    for node in (element, *element.iterancestors()):
        is_named = node.tag != "body" and _names_furniture(node.get("class") or "")
        if (node.tag in _FURNITURE or is_named) and not is_most_of_page(page, node):
            return True
    return False
