"""What lxml leaves open about an element, said once: every tree of ours is of HtmlElement, without comments and instructions."""

from lxml.etree import XPath
from lxml.html import HtmlElement


def tag_of(element: HtmlElement) -> str:
    """The element's name. lxml types it for what else may stand in a tree: comments, whose tag is a function."""
    tag = element.tag
    assert isinstance(tag, str)
    return tag


def elements_found(search: XPath, tree: HtmlElement) -> list[HtmlElement]:
    """What `search` finds in page order, where it asks for elements and not for their attributes or texts."""
    found: list[HtmlElement] = search(tree)
    return found
