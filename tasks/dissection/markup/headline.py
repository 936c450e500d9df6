"""Where the headline stands on the page, and the text around it: there stand the byline and the dateline."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from lxml.html import HtmlElement

from tasks.dissection.markup.headline_lines import lines_above_story, lines_as_declared
from tasks.dissection.markup.headline_places import EQUAL, MOST, PART, PrintedLine, printed_headings
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page
from tasks.dissection.markup.text_runs import Run, runs_in
from tasks.dissection.words.text import squeeze

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
    """The headline, whether it is sure, and the text around it in page order."""

    heading: HtmlElement | None
    text: str
    is_sure: bool  # it goes before what the page declares
    agrees: bool  # with something that the page declares, or it is an h1 above the story
    others: tuple[str, ...]  # further headings that agree with something the page declares

    @cached_property
    def pieces(self) -> tuple[NearText, ...]:
        """The text around the headline, read when first asked for: most pages tell machines all that stands there."""
        return () if self.heading is None else tuple(_pieces(self.heading))


@once_per_page
def headline_area(page: ParsedPage) -> Area:
    """The printed line that is most likely the headline, and what is around it."""
    found = _printed(page)
    if not found:
        return Area(None, "", False, False, ())
    best = found[0]
    others = tuple(dict.fromkeys(line.text for line in found if line.level >= EQUAL and line.text != best.text))
    return Area(best.element, best.text, best.is_sure, best.level >= PART, others)


def _printed(page: ParsedPage) -> list[PrintedLine]:
    """Lines that may be the headline, best first. Those that are no headings are looked at only where no heading is told to be one."""
    found = [line for line in printed_headings(page) if line.level >= PART]
    if not any(line.level >= MOST for line in found):
        found += lines_as_declared(page)
    return sorted(found, key=lambda line: -line.level) or list(lines_above_story(page))


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
