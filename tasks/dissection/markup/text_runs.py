"""Runs of text as readers see them, each with the element it stands in. Without recursion: pages nest as deep as they like."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from tasks.dissection.words.text import squeeze

Run = tuple[str, HtmlElement]
SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "textarea", "iframe", "head", "nav", "footer", "button"})


def runs_in(element: HtmlElement) -> Iterator[Run]:
    """Text runs inside an element, in page order."""
    stack: list[HtmlElement | Run] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            yield node
        elif isinstance(node.tag, str) and node.tag not in SILENT:
            if text := squeeze(node.text):
                yield text, node
            for child in node.iterchildren(reversed=True):
                if tail := squeeze(child.tail):
                    stack.append((tail, node))
                stack.append(child)


def runs_backwards(element: HtmlElement) -> Iterator[Run]:
    """`runs_in` from its end, so that a menu before the headline is read no further than asked for."""
    stack: list[HtmlElement | Run] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            yield node
        elif isinstance(node.tag, str) and node.tag not in SILENT:
            if text := squeeze(node.text):
                stack.append((text, node))
            for child in node:
                stack.append(child)
                if tail := squeeze(child.tail):
                    stack.append((tail, node))


def shown_text(element: HtmlElement) -> str:
    """Text of an element that readers see: no scripts, styles or buttons."""
    return " ".join(text for text, _ in runs_in(element))
