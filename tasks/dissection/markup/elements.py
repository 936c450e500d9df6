"""What lxml leaves open about an element, said once: every tree of ours is of HtmlElement, without comments and instructions."""

from typing import Any

from lxml.etree import XPath, tostring
from lxml.html import HtmlElement

PARAGRAPH_TEXTS = "//p//text()"  # what trafilatura's main extractor asks, to see how much there is


class PageElement(HtmlElement):
    """An element of a page, which gives its text without XPath, and finds the texts of all paragraphs by a walk.

    Where trafilatura has stripped 10,000 inline elements of a paragraph, as many pieces of text lie side by side, and libxml2 goes from
    one to the other to put each in its place: 0.5 s for 10,000, 2 s for 20,000. A walk takes them as one.
    """

    def text_content(self) -> str:
        """As lxml does, in half of the time: four hundred are asked for on a page, most of them by trafilatura."""
        return tostring(self, method="text", encoding="unicode", with_tail=False)

    def xpath(self, path: str, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """As lxml does, but that the pieces of PARAGRAPH_TEXTS are joined where nothing is between them."""
        if path != PARAGRAPH_TEXTS:
            return super().xpath(path, *args, **kwargs)
        outermost = (p for p in self.getroottree().iter("p") if next(p.iterancestors("p"), None) is None)
        return [text for p in outermost for text in p.itertext()]


def tag_of(element: HtmlElement) -> str:
    """The element's name. lxml types it for what else may stand in a tree: comments, whose tag is a function."""
    tag = element.tag
    assert isinstance(tag, str)
    return tag


def elements_found(search: XPath, tree: HtmlElement) -> list[HtmlElement]:
    """What `search` finds in page order, where it asks for elements and not for their attributes or texts."""
    found: list[HtmlElement] = search(tree)
    return found
