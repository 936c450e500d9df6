"""Where the headline stands on the page, and the text around it: there stand the byline and the dateline."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from lxml import etree
from lxml.html import HtmlElement

from tasks.dissection.markup.declared import first_text
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.markup.headings import MAX_CHARS, head_title, headings_of
from tasks.dissection.markup.outlet import outlet_of, strip_outlet
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page, text_of
from tasks.dissection.markup.text_runs import Run, runs_in
from tasks.dissection.words.text import headline_key, squeeze

# Headings in these are the site's, not the article's.
_FURNITURE = frozenset({"nav", "footer", "dialog", "button", "svg"})
_FURNITURE_CLASSES = ("breadcrumb", "crumb", "modal", "cookie", "menu")
_TITLE_CLASS = etree.XPath(  # from attributes to elements: half of the time of the other way
    "(//@class[contains(.,'title') or contains(.,'Title') or contains(.,'headline')]/.. | //@id[contains(.,'title')]/.."
    " | //@itemprop[.='headline']/..)[not(self::a or self::li or self::ul or self::body or self::html or self::meta or self::script)]"
)
BEFORE_PIECES = 12  # bylines above the headline: date lines, sections, kickers
AFTER_PIECES = 45
AFTER_CHARS = 1500  # past a few paragraphs every date is the story's own
_RUNNING_TEXT = 400  # this many characters of sentences and the body has begun


@dataclass(frozen=True, slots=True)
class NearText:
    """One run of text near the headline and the element it stands in; `distance` counts pieces, negative before it."""

    text: str
    element: HtmlElement
    distance: int


@dataclass(frozen=True)
class Area:
    """The headline, its agreement with what the page declares, and the text around it in page order."""

    heading: HtmlElement | None
    text: str
    agrees: bool
    others: tuple[str, ...]  # further headings that agree with something the page declares

    @cached_property
    def pieces(self) -> tuple[NearText, ...]:
        """The text around the headline, read when first asked for: most pages tell machines all that stands there."""
        return () if self.heading is None else tuple(_pieces(self.heading))


def declared_titles(page: ParsedPage) -> list[str]:
    """What the page says its title is, folded and without the outlet's name, for comparing headings with."""
    outlet = outlet_of(page)
    texts = (first_text(page, "headline"), page.first_meta("og:title"), page.first_meta("twitter:title"), head_title(page))
    return [f for f in (headline_key(strip_outlet(t, outlet)) for t in texts if t) if f]


@once_per_page
def headline_area(page: ParsedPage) -> Area:
    """The headline on which heading and declared titles agree best, and what is around it."""
    declared = declared_titles(page)
    headings = headings_of(page)
    scored = [(_agreement(h.key, declared), -i, h.element, h.text) for i, h in enumerate(headings)]
    if not any(r[0] >= 1 for r in scored):
        scored = [(_likeness(h.key, declared), -i, h.element, h.text) for i, h in enumerate(headings)]
    ranked = [r for r in scored if (r[0] >= 1 or r[2].tag == "h1") and not _is_furniture(r[2])]
    ranked.sort(key=lambda x: x[:2], reverse=True)
    if not ranked or ranked[0][0] < 1:
        ranked = _by_class(page, declared) or ranked
    if not ranked:
        return Area(None, "", False, ())
    score, _, element, text = ranked[0]
    if score < 1 and element.tag != "h1":
        first = next((r for r in ranked if r[2].tag == "h1"), None)
        score, _, element, text = first or ranked[0]
    others = tuple(dict.fromkeys(t for s, _, _, t in ranked if s >= 3 and t != text))
    return Area(element, text, score >= 1, others)


def _agreement(key: str, declared: list[str]) -> float:
    """How well a heading agrees with the declared titles: 3 equal, 2 one contains the other, below 1 not enough."""
    best = 0.0
    for position, title in enumerate(declared):
        weight = 0.1 * (len(declared) - position)
        if key == title:
            best = max(best, 3 + weight)
        elif len(key) >= 6 and (key in title or title in key):
            is_most = min(len(key), len(title)) >= 0.6 * len(title)
            best = max(best, (2 if is_most else 1) + weight)
    return best


def _likeness(key: str, declared: list[str]) -> float:
    """1 for a heading in which most of a declared title's letters follow each other as they do there, else 0."""
    return 1.0 if len(key) >= 12 and any(_shared(key, title) >= 0.6 for title in declared) else 0.0


def _shared(one: str, other: str) -> float:
    """Share of the character triples of the shorter text that the other has too."""
    a, b = _triples(one), _triples(other)
    return len(a & b) / max(1, min(len(a), len(b)))


@lru_cache(maxsize=256)
def _triples(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


def _by_class(page: ParsedPage, declared: list[str]) -> list[tuple[float, int, HtmlElement, str]]:
    """Elements that only a class or id marks as the headline."""
    found = []
    for i, element in enumerate(elements_found(_TITLE_CLASS, page.tree)[:80]):
        text = text_of(element) if len(element) <= 3 else ""
        if not 0 < len(text) <= MAX_CHARS:
            continue
        key = headline_key(text)
        if (score := max(_agreement(key, declared), _likeness(key, declared))) >= 1:
            found.append((score, -i, element, text))
    return sorted(found, key=lambda x: x[:2], reverse=True)


def _is_furniture(element: HtmlElement) -> bool:
    for node in (element, *element.iterancestors()):
        if node.tag in _FURNITURE:
            return True
        name = (node.get("class") or "").lower()
        if node.tag != "body" and name and any(word in name for word in _FURNITURE_CLASSES):
            return True
    return False


def _pieces(heading: HtmlElement) -> Iterator[NearText]:
    """Text before and after the heading in page order, up to where the story is well under way."""
    before = []
    for text, element in _runs_beside(heading, backwards=True):
        before.append((text, element))
        if len(before) >= BEFORE_PIECES:
            break
    for i, (text, element) in enumerate(reversed(before)):
        yield NearText(text, element, i - len(before))
    chars = running = 0
    for i, (text, element) in enumerate(_runs_beside(heading, backwards=False), start=1):
        yield NearText(text, element, i)
        chars += len(text)
        running += len(text) if len(text) > 120 else 0
        if i >= AFTER_PIECES or chars > AFTER_CHARS or running > _RUNNING_TEXT:
            return


def _runs_beside(heading: HtmlElement, *, backwards: bool) -> Iterator[Run]:
    """Text runs after the heading, or before it, nearest first."""
    node: HtmlElement | None = heading
    while node is not None and node.tag != "body":
        parent = node.getparent()
        if parent is not None and not backwards and (tail := squeeze(node.tail)):
            yield tail, parent
        for sibling in node.itersiblings(preceding=backwards):
            behind = [(tail, parent)] if parent is not None and (tail := squeeze(sibling.tail)) else []
            inside = runs_in(sibling, backwards=backwards)
            yield from chain(behind, inside) if backwards else chain(inside, behind)
        node = parent


def story_of(heading: HtmlElement) -> HtmlElement:
    """What most likely holds the story and nothing else: the <article> or <main> around the headline, else its sixth parent."""
    ancestors = [a for a in heading.iterancestors() if a.tag not in ("body", "html")]
    marked = next((a for a in ancestors if a.tag in ("article", "main")), None)
    if marked is not None:
        return marked
    if ancestors:
        return ancestors[min(5, len(ancestors) - 1)]
    return heading if (parent := heading.getparent()) is None else parent
