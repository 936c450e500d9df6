"""Whether a run of stories is a listing, how sure that is, and why."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from lxml.html import HtmlElement

from tasks.dissection.listings.found import FoundItem
from tasks.dissection.listings.in_markup.addresses import AddressShape, address_signs
from tasks.dissection.listings.in_markup.labels import HEADING, NAMED
from tasks.dissection.listings.in_markup.runs import Run
from tasks.dissection.listings.in_markup.stories import LEAST_BYTES
from tasks.dissection.markup.measures import Measure
from tasks.dissection.words.list_labels import is_foreign, is_known, kind_of_list

LEAST_SCORE = 0.5
TELLING = ("author", "hot", "related", "recommended", "latest")  # tables of the labels' lexicon that speak of stories
POINTER_BYTES = 300  # unlinked, of a single link with its label: label, date and topic
POINTER_LINKS = 6  # the same: headline, picture, topic, author, date, comments. Menus with one long entry have more
HEADLINE_BYTES = 24  # of the middling headline: menus and lists of topics have less
LONG_BYTES = 42
FEW = 4  # items of unlike shapes under no label: scraps beside each other
FEW_LINKED = 0.8  # of two items under a label that says nothing
LEAST_LINKED = 0.2  # of the items' text: real teasers leave the headline a fifth
WHOLLY = 0.9  # linked, with long headlines: nothing but those
# What each sign adds to the score of a run, from which on LEAST_SCORE makes it a listing. Chosen on pages of some 120 outlets.
BASE = 0.3
WEIGHTS = {
    "item": 0.05, "linked": 0.1, "one shape": 0.1, "long headlines": 0.15, "short headlines": -0.3, "tiny headlines": -0.2,
    "known label": 0.3, "marked label": 0.1, "plain label": 0.05,
    "few of unlike shapes": -0.2, "two without a label": -0.3, "two under a label that says nothing": -0.18,
    "little linked": -0.3, "hardly linked": -0.6,
    "rows of a table with headings": -0.5, "most lead to topics, authors and the like": -0.5, "few amid paragraphs": -0.2,
    "addresses like the article's": 0.15, "no addresses of stories": -0.35, "no addresses of stories under a label of stories": -0.55,
    "leads elsewhere": -0.2,
    "leads to as many sites as it has links": -0.4, "amid paragraphs": -0.4, "in furniture": -0.5, "known label in furniture": -0.4,
}  # fmt: skip
# Parts of addresses that lead to topics, authors, searches and sections instead of stories.
_HOST = re.compile(r"\s*(?:https?:)?//(?:www\.)?([^/?#]+)", re.IGNORECASE)
_INDEX = re.compile(
    r"/(?:tags?|topics?|themen?|thema|temas?|keywords?|search|suche|authors?|autor(?:en|es)?|auteurs?|profile?s?|category|categor[iy]as?|kategorie|rubrik"
    r"|hashtag|people|person|user|users|columnist|by)/[^/]+/?(?:\?.*)?$|#comments?\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navi|navigation|navbar|menu|megamenu|breadcrumbs?|crumbs?|share|social|sharing|tags?|tagcloud|cookie|consent|gdpr"
    r"|pagination|pager|lang|languages?|login|subscri\w*|newsletter|sponsored|advert\w*|promo|jobs?|job-?\w*|stellen\w*|coupons?|gutschein\w*|recent-?comments?|outbrain|taboola|trc_\w+|plista|legal|\w*prev-?next|\w*next-?prev|page-?turn"
    r"|post-navigation|nav-links|authors?|friend-?links?|copyright)(?:$|[-_\s])"
    r"|(?:^|[-_\s](?<!article.)(?<!post.)(?<!entry.)(?<!story.))footer",
    re.IGNORECASE,
)
NEAR, LEVELS = 6, 14  # elements up to which names, and tags, are asked
MOST_IN_FURNITURE = 2_000  # UTF-8 bytes of running text: what has more is a story's, or the whole page's
_FURNITURE_TAGS = frozenset(("nav", "footer", "form", "select", "menu"))


@dataclass(frozen=True, slots=True)
class Looks:
    """Of a run's items, in numbers."""

    count: int
    size: float  # UTF-8 bytes of the middling headline
    linked: float  # share of their text
    same: float  # share that is of one shape
    known: bool  # whether the label says that stories stand under it


@dataclass(frozen=True, slots=True)
class ListingJudgement:
    score: float  # 0..1
    reason: str


def is_hopeless(run: Run) -> bool:
    """Whether a run is no listing whatever its items say, so that they need not be read."""
    if run.label is not None and _tells(run.label.text):
        return False
    if len(run.stories) == 1:
        story = run.stories[0]
        return run.label is not None or story.root.links > POINTER_LINKS or story.root.text - story.root.linked > POINTER_BYTES
    size = median(max(link.text for link in story.links) for story in run.stories)
    return run.is_menu or size < HEADLINE_BYTES or _in_furniture(run.container) is not None


def _tells(label: str) -> bool:
    """Whether a label says that stories stand under it."""
    return is_known(label) or kind_of_list(label) in TELLING


def judge(run: Run, items: list[FoundItem], own: AddressShape | None = None) -> ListingJudgement:
    """The score of a run, from what its items and its place have in common with lists of stories; `own` is the shape of its site's."""
    if run.label is not None and is_foreign(run.label.text):
        return ListingJudgement(0.0, "its label says that it is advertising, comments, sources or a network")
    sizes = [len(item.headline.encode("utf-8", "replace")) for item in items]
    linked = max(sum(story.root.linked for story in run.stories), sum(sizes)) / (sum(story.root.text for story in run.stories) or 1)
    known = run.label is not None and _tells(run.label.text)
    looks = Looks(len(items), median(sizes), linked, _same_shape(run), known)
    said = [f"{looks.count} items", f"middling headline {looks.size:.0f} bytes", f"{linked:.0%} linked, {looks.same:.0%} of one shape"]
    if run.label is not None:
        said.append("known label" if known else "label")
    score = BASE
    for sign, times in _signs(run, looks):
        score += WEIGHTS[sign] * times
    for sign in address_signs([item.href for item in items], own, looks.known):
        score += WEIGHTS[sign]
        said.append(sign)
    for sign, why in _doubts(run, items, looks):
        score += WEIGHTS[sign]
        said.append(why or sign)
    return ListingJudgement(max(0.0, min(score, 1.0)), ", ".join(said))


def _signs(run: Run, looks: Looks) -> Iterator[tuple[str, float]]:
    """(sign, how many times) of what the items and their label look like."""
    yield "item", min(looks.count, 4)
    yield "linked", min(looks.linked, 1)
    yield "one shape", looks.same
    if looks.size >= LONG_BYTES:
        yield "long headlines", 1
    elif looks.size < HEADLINE_BYTES:
        yield "short headlines", 1
        if looks.size < LEAST_BYTES:
            yield "tiny headlines", 1
    if run.label is not None:
        yield "known label" if looks.known else "marked label" if run.label.strength in (HEADING, NAMED) else "plain label", 1
    elif looks.count <= FEW and looks.same < 1:
        yield "few of unlike shapes", 1
    if looks.count <= 2 and not looks.known and not run.is_boxed:
        if run.label is None:
            yield "two without a label", 1
        elif looks.size < LONG_BYTES or looks.linked < FEW_LINKED:
            yield "two under a label that says nothing", 1
    if looks.linked < LEAST_LINKED and not looks.known:
        yield "little linked" if looks.linked >= LEAST_LINKED / 2 else "hardly linked", 1


def _doubts(run: Run, items: list[FoundItem], looks: Looks) -> Iterator[tuple[str, str | None]]:
    """(sign, how to say it where its name does not) of what speaks against a listing by its place."""
    if run.stories[0].root.tag == "tr" and next(_table(run.container.element).iter("th"), None) is not None:
        yield "rows of a table with headings", None
    if run.is_menu or sum(_INDEX.search(item.href or "") is not None for item in items) > len(items) / 2:
        yield "most lead to topics, authors and the like", None
    if run.is_amid and len(items) <= 2 and not looks.known:
        yield "few amid paragraphs", None
    if run.is_amid and are_sources(item.href for item in items):
        yield "leads to as many sites as it has links", None
    if run.is_amid and not (looks.known or (looks.linked >= WHOLLY and looks.size >= LONG_BYTES)):
        yield "amid paragraphs", None
    if (furniture := _in_furniture(run.container)) is not None:
        yield ("known label in furniture" if looks.known else "in furniture"), f"stands in {furniture}"


def are_sources(hrefs: Iterable[str | None]) -> bool:
    """Whether links lead to many sites, as those to the sources of an article do; those to other stories lead to one."""
    hosts = [host[1] if (host := _HOST.match(href or "")) else "" for href in hrefs]
    return len(set(hosts)) > max(1, len(hosts) / 2)


def _table(element: HtmlElement) -> HtmlElement:
    return next((a for a in (element, *element.iterancestors()) if a.tag == "table"), element)


def _same_shape(run: Run) -> float:
    kinds = [(story.root.tag, len(story.links)) for story in run.stories]
    return max(map(kinds.count, set(kinds))) / len(kinds)


@lru_cache(maxsize=4096)
def _furniture_in(names: str) -> str | None:
    found = _FURNITURE.search(names)
    return found[0].strip() if found else None


def _in_furniture(container: Measure) -> str | None:
    """The name of the menu, footer and the like that it stands in; what holds running text is named for that."""
    node: Measure | None = container
    for level in range(LEVELS):
        if node is None or node.tag in ("body", "html") or node.running >= MOST_IN_FURNITURE:
            return None
        element = node.element
        if node.tag in _FURNITURE_TAGS and (node.tag != "form" or level < NEAR) and not (node.tag == "footer" and _in_article(element)):
            return node.tag
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if level < NEAR and names != " " and (found := _furniture_in(names)):
            return found
        node = node.parent
    return None


def _in_article(element: HtmlElement) -> bool:
    return any(ancestor.tag == "article" for ancestor in element.iterancestors())
