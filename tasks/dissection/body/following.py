"""Stories printed whole behind the page's own, as endless pages print them: each under a headline of the same make, with its own time."""

import re
from itertools import accumulate

from lxml.html import HtmlElement

from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.headline_places import declared_titles
from tasks.dissection.markup.measures import Measure
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.sentences import RUN_BYTES
from tasks.dissection.words.text import headline_key

_HEADINGS = frozenset(("h1", "h2", "h3"))
MOST_HEADINGS = 50  # of one make that are looked at: an endless page has a few stories
_TIME = re.compile("date|time|byline|publish", re.IGNORECASE)


def following_stories(page: ParsedPage, measures: dict[HtmlElement, Measure]) -> list[Measure]:
    """The blocks that hold one more story and nothing before it; none where no headline is told to be the page's.

    Subheads of one story look alike, too: so a block counts where text has run between the headline and it, where text runs in it behind
    its own heading, and where it tells a time.
    """
    area = headline_area(page)
    own = area.heading
    if own is None or not area.agrees or own.tag not in _HEADINGS:
        return []
    titles = {headline_key(area.text), *declared_titles(page).titles}
    alike = [each for each in page.tree.iter(str(own.tag)) if each is not own and each in measures and _looks_like(each, own)]
    headings = [each for each in alike[:MOST_HEADINGS] if headline_key(text_of(each)) not in titles]
    if not headings or own not in measures:
        return []
    before = _running_before(measures)
    blocks = {_begun_by(measures[each], before) for each in headings if before[each] > before[own]}
    return [entry for element in blocks if (entry := measures[element]).running and _tells_time(element)]


def _looks_like(heading: HtmlElement, own: HtmlElement) -> bool:
    """Whether they share a class name."""
    return not set(heading.get("class", "").split()).isdisjoint(own.get("class", "").split())


def _running_before(measures: dict[HtmlElement, Measure]) -> dict[HtmlElement, int]:
    """Bytes of running text that stand in the page before each element."""
    sizes = (entry.own if entry.own >= RUN_BYTES else 0 for entry in measures.values())
    return dict(zip(measures, accumulate(sizes, initial=0), strict=False))


def _begun_by(heading: Measure, before: dict[HtmlElement, int]) -> HtmlElement:
    """The outermost element in which no text runs before the heading."""
    entry = heading
    while entry.parent is not None and before[entry.parent.element] == before[heading.element]:
        entry = entry.parent
    return entry.element


def _tells_time(block: HtmlElement) -> bool:
    return any(element.tag == "time" or _TIME.search(element.get("class", "")) for element in block.iter("*"))
