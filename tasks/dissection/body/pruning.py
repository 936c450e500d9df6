"""Cut out of a tree what is not the article, before trafilatura reads it.

The densest running text is found first: the core. Listings of other stories go, then blocks beside the core that are
mostly links, at every level up to the body; inside it go paragraphs that only point to other stories. Class names are no
reason to cut anything, since article text stands under names such as paywall or widget at some publishers: they only
break ties about the core.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from tasks.dissection.body.around import Around
from tasks.dissection.body.comments import comment_blocks
from tasks.dissection.body.core import find_core
from tasks.dissection.body.following import following_stories
from tasks.dissection.body.page_shape import PageShape, page_shape_of
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.listings.in_markup.cutting import cut
from tasks.dissection.listings.in_markup.finder import find_listings
from tasks.dissection.listings.in_markup.judging import are_sources
from tasks.dissection.markup.measures import Measure
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.twins import copy_with_twins
from tasks.dissection.words.sentences import RUN_BYTES, SENTENCE_END

# Elements that trafilatura drops, or flattens into one line. Where they hold the core they are a layout of the page.
LAYOUT = frozenset((
    "ul", "ol", "li", "table", "tbody", "thead", "tr", "td", "th", "form", "aside", "dl", "dd", "dt", "figure", "details",
    "label", "nav", "footer", "header", "fieldset", "menu",
))  # fmt: skip
ROWS = frozenset(["ul", "ol", "dl", "tr", "tbody", "table"])  # as the core itself these are lists and tables of the article
SUBHEADS = frozenset(("h2", "h3", "h4", "h5", "h6"))
SECTIONS = frozenset(("section", "article", "main", "center"))
LINKED_SHARE = 0.5  # of a block's text, from which it is a block of links
POINTER_SHARE = 0.75  # of a paragraph's text, from which it only points to another story
POINTER_BYTES = 40  # shortest headline that counts as such: shorter links are sources, addresses and the like
POINTER_PART = 1 / 8  # largest part of the core's text that one pointer may be
LEAST_RUNNING = 0.1  # of all running text, from which a block of links is looked into instead of dropped
LEAST_KEPT = 0.6  # of the running text, or nothing at all is cut
REGION_SHARE = 0.8  # of the running text that the region around the core has to hold


@dataclass(frozen=True, slots=True)
class Pruned:
    """A copy of the page's tree after pruning, and where in it the article seems to be."""

    tree: HtmlElement
    core: HtmlElement | None  # None: no running text
    start: HtmlElement | None  # first running paragraph of the core
    region: HtmlElement | None
    region_running: int  # UTF-8 bytes of running text in the region
    shape: PageShape  # of the whole page before pruning
    dropped: int  # blocks
    listings: tuple[FoundListing, ...] = ()
    told: dict[HtmlElement, int] = field(default_factory=dict)  # of the page's own tree: what was found to stand where, of Around


def prune(page: ParsedPage) -> Pruned:
    """The pruned copy of a page's tree, out of which the listings are cut: no headline, date, credit or image is read from another story.

    Nothing is pruned where it would cost too much running text.
    """
    tree, measures = page.tree, page.measures
    whole = next(iter(measures.values()))
    others = following_stories(page, measures)
    core = find_core(measures, others)
    shape = page_shape_of(measures.values(), core)
    found = find_listings(measures, core, page.canonical[0] if page.canonical else page.url)
    if core is None:
        return Pruned(_without_head(deepcopy(tree)), None, None, None, 0, shape, 0, found.listings)
    cut(found.parts, measures)
    comments = _outermost([*others, *comment_blocks(core, measures)])
    story = whole.running - sum(entry.running for entry in comments)
    pointers, beside = list(_pointers(core, measures)), list(_beside(core, measures, story))
    doomed = _outermost([*comments, *pointers, *beside])
    kept = whole.running - sum(entry.running for entry in doomed)
    if kept < LEAST_KEPT * story:
        doomed, kept = comments, story
    around = _region(core, kept)
    region, region_running = around.element, around.running
    dropped = [entry.element for entry in doomed]
    start = next((child for child in core.element if child in measures and measures[child].own >= RUN_BYTES and child not in dropped), None)
    paragraphs = [entry.element for entry in measures.values() if _is_paragraph(entry)]
    copy, twins = copy_with_twins(tree, (*dropped, core.element, region, *paragraphs, *(() if start is None else (start,))))
    for element in dropped:
        twins[element].drop_tree()
    for element in paragraphs:
        twins[element].tag = "p"
    top = twins[core.element]
    _demote_layout(top)
    first = top if start is None else twins[start]
    told = _told({Around.BESIDE: beside, Around.POINTER: pointers, Around.COMMENT: comments, Around.REGION: [around], Around.CORE: [core]})
    return Pruned(_without_head(copy), top, first, twins[region], region_running, shape, len(dropped), found.listings, told)


def _told(found: dict[int, list[Measure]]) -> dict[HtmlElement, int]:
    told: dict[HtmlElement, int] = {}
    for around, entries in found.items():
        for entry in entries:
            told[entry.element] = told.get(entry.element, 0) | around
    return told


def _without_head(tree: HtmlElement) -> HtmlElement:
    for head in tree.findall("head"):
        head.drop_tree()
    return tree


def _outermost(chosen: Iterable[Measure]) -> list[Measure]:
    """Those that stand in no other of them."""
    by_element = {entry.element: entry for entry in chosen}
    return [entry for element, entry in by_element.items() if by_element.keys().isdisjoint(element.iterancestors())]


def _pointers(core: Measure, measures: dict[HtmlElement, Measure]) -> Iterator[Measure]:
    """Children of the core that are blocks of links or one linked headline, amid running text."""
    for child in core.element:
        entry = measures.get(child)
        if entry is None or not entry.links or child.tag == "a":
            continue
        share = entry.linked / entry.text if entry.text else 1.0
        text = child.text_content().rstrip()
        is_loud = share > 0.95 and text.isupper()  # a link in capitals is another story's headline, a question too
        is_sentence = not is_loud and bool(SENTENCE_END.search(text))
        is_block = entry.links > 1 and share >= LINKED_SHARE and (child.tag != "p" or not is_sentence or share > 0.95)
        is_line = share >= POINTER_SHARE and not is_sentence and POINTER_BYTES <= entry.linked <= POINTER_PART * core.running
        if (is_block and not are_sources(a.get("href") for a in child.iter("a"))) or (is_line and not _heads_text(child, measures)):
            yield entry


def _heads_text(child: HtmlElement, measures: dict[HtmlElement, Measure]) -> bool:
    """Whether it is a subhead of the article, which its author linked."""
    below = child.getnext()
    return child.tag in SUBHEADS and below is not None and below in measures and measures[below].own >= RUN_BYTES


def _beside(core: Measure, measures: dict[HtmlElement, Measure], running: int) -> Iterator[Measure]:
    """Blocks of links and comments beside the core, at every level above it."""
    node = core
    while node.parent is not None:
        for sibling in node.parent.element:
            if sibling is not node.element and (entry := measures.get(sibling)) is not None:
                yield from _blocks_of_links(entry, measures, running)
        node = node.parent


def _blocks_of_links(entry: Measure, measures: dict[HtmlElement, Measure], running: int) -> Iterator[Measure]:
    if entry.links > 1 and entry.linked >= LINKED_SHARE * entry.text:
        if entry.running < LEAST_RUNNING * running:
            yield entry
        else:
            for child in entry.element:
                if (inner := measures.get(child)) is not None:
                    yield from _blocks_of_links(inner, measures, running)


def _region(core: Measure, kept: int) -> Measure:
    """The smallest element around the core that holds most of the running text that was kept."""
    region = core
    while region.parent is not None and region.running < REGION_SHARE * kept:
        region = region.parent
    return region


def _is_paragraph(entry: Measure) -> bool:
    """Whether a section holds one line of running text: trafilatura reads none but p and div as paragraphs.

    A div of that kind stays: as a p it also brings in captions and labels (measured: -0.001 to -0.0015 F1).
    """
    return entry.own >= RUN_BYTES and not entry.blocks and entry.tag in SECTIONS


def _demote_layout(core: HtmlElement) -> None:
    if core.tag in LAYOUT and core.tag not in ROWS:
        core.tag = "div"
    for element in core.iterancestors():
        if element.tag in LAYOUT:
            element.tag = "div"
