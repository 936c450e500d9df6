"""Where on a page its story most likely stands, before a body is extracted: by how much running text there is."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.markup.measures import INLINE, Measure
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page
from tasks.dissection.words.sentences import RUN_BYTES

FAR_ABOVE = 60  # blocks between an h1 and its story: share buttons, a box, a gallery


def is_above_story(page: ParsedPage, element: HtmlElement) -> bool:
    """Whether a block of text stands above the first paragraph, and not far; so does every one where there is no paragraph."""
    above = _blocks_above(page)
    return above is None or element in above


def is_most_of_page(page: ParsedPage, element: HtmlElement) -> bool:
    """Whether most of the running text is in it."""
    measure, total = page.measures.get(element), next(iter(page.measures.values()), None)
    return measure is not None and total is not None and measure.running > total.running / 2


@once_per_page
def story_holder(page: ParsedPage) -> Measure | None:
    """The element with most running text right below it; None where no text runs."""
    holder = max(page.measures.values(), key=lambda entry: entry.direct, default=None)
    return holder if holder is not None and holder.direct else None


@once_per_page
def _blocks_above(page: ParsedPage) -> frozenset[HtmlElement] | None:
    holder = story_holder(page)
    if holder is None:
        return None
    entries = list(page.measures.values())
    start = next(index for index, entry in enumerate(entries) if entry is holder)
    first = next(index for index in range(start, len(entries)) if _is_paragraph(entries[index]))
    return frozenset(islice(_elements_of_blocks(entries[:first]), FAR_ABOVE))


def _elements_of_blocks(entries: list[Measure]) -> Iterator[HtmlElement]:
    return (entry.element for entry in reversed(entries) if entry.text and not entry.blocks and entry.tag not in INLINE)


def _is_paragraph(entry: Measure) -> bool:
    return entry.own >= RUN_BYTES and entry.tag not in INLINE
