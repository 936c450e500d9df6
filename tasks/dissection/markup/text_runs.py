"""Runs of text as readers see them, each with the element it stands in. Without recursion: pages nest as deep as they like."""

from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from tasks.dissection.markup.measures import INLINE
from tasks.dissection.words.text import squeeze

RUN = "\t"  # between runs of one line: no run holds a tab
Run = tuple[str, HtmlElement]
SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "textarea", "iframe", "head", "nav", "footer", "button"})


def runs_in(element: HtmlElement, *, backwards: bool = False) -> Iterator[Run]:
    """Text runs inside an element, in page order; or from its end, so that a menu before a headline is read no further than asked for."""
    return _runs_backwards(element) if backwards else _runs_forwards(element)


def _runs_forwards(element: HtmlElement) -> Iterator[Run]:
    if element.tag in SILENT:
        return
    if not len(element):
        if own := squeeze(element.text):
            yield own, element
        return
    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in SILENT:
                walk.skip_subtree()
            elif (text := node.text) and not text.isspace():
                yield " ".join(text.split()), node
        elif (tail := node.tail) and not tail.isspace() and node is not element and (parent := node.getparent()) is not None:
            yield " ".join(tail.split()), parent


def _runs_backwards(element: HtmlElement) -> Iterator[Run]:
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
            stack += parts


def shown_text(element: HtmlElement) -> str:
    """Text of an element that readers see: no scripts, styles or buttons."""
    return " ".join(text for text, _ in runs_in(element))


def lines_in(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Text between the edges of blocks and <br>, its runs parted by tabs, and the element that its first run stands in."""
    body = tree.find("body")
    root = tree if body is None else body
    # two thirds of the time of a stack of one's own
    walk = iterwalk(root, events=("start", "end"))
    runs: list[str] = []
    holder = root
    for event, node in walk:
        if event == "start":
            tag = node.tag
            if runs and (tag not in INLINE or tag == "br"):
                yield RUN.join(runs), holder
                runs = []
            if tag in SILENT:
                walk.skip_subtree()
            elif (text := node.text) and not text.isspace():
                holder = holder if runs else node
                runs.append(" ".join(text.split()))
            continue
        if runs and node.tag not in INLINE:
            yield RUN.join(runs), holder
            runs = []
        if (tail := node.tail) and not tail.isspace() and node is not root:
            if not runs and (parent := node.getparent()) is not None:
                holder = parent
            runs.append(" ".join(tail.split()))
    if runs:
        yield RUN.join(runs), holder
