"""Runs of text as readers see them, each with the element it stands in. Without recursion: pages nest as deep as they like."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from tasks.dissection.words.text import squeeze

Run = tuple[str, HtmlElement]
SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "textarea", "iframe", "head", "nav", "footer", "button"})


def runs_in(element: HtmlElement, *, backwards: bool = False) -> Iterator[Run]:
    """Text runs inside an element, in page order; or from its end, so that a menu before a headline is read no further than asked for."""
    stack: list[HtmlElement | Run] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            yield squeeze(node[0]), node[1]
        elif node.tag not in SILENT:
            parts: list[HtmlElement | Run] = [(text, node)] if (text := node.text) and not text.isspace() else []
            for child in node:
                parts.append(child)
                if (tail := child.tail) and not tail.isspace():
                    parts.append((tail, node))
            stack += parts if backwards else reversed(parts)


def shown_text(element: HtmlElement) -> str:
    """Text of an element that readers see: no scripts, styles or buttons."""
    return " ".join(text for text, _ in runs_in(element))
