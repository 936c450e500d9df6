"""The headings of a page, read once for all who compare them with something."""

from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page, text_of
from tasks.dissection.words.text import headline_key

TAGS = ("h1", "h2", "h3", "h4")
MAX_HEADINGS = 120  # a page with more is a list of teasers
MAX_CHARS = 400  # the longest real headline in the pages has 214 characters


class Heading(NamedTuple):
    element: HtmlElement
    text: str
    key: str  # folded


@once_per_page
def headings_of(page: ParsedPage) -> tuple[Heading, ...]:
    """Headings with text in page order."""
    texts = ((element, text_of(element)) for element in islice(page.tree.iter(*TAGS), MAX_HEADINGS))
    return tuple(Heading(e, t, headline_key(t)) for e, t in texts if 0 < len(t) <= MAX_CHARS)


@once_per_page
def head_title(page: ParsedPage) -> str:
    """The <title> of the page; those of inline SVG are gone with it."""
    return next((text_of(title) for title in page.tree.iter("title")), "")
