"""Listings cut out of a tree that is already measured."""

from collections.abc import Iterable

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.runs import SCRAP_BYTES, Run
from tasks.dissection.markup.measures import INLINE, Measure
from tasks.dissection.words.sentences import RUN_BYTES


def parts_of(run: Run, measures: dict[HtmlElement, Measure], kept: set[HtmlElement]) -> list[HtmlElement]:
    """The elements that make a listing up, its label among them; what holds nothing but the listing stands for it.

    `kept` are elements that must stay: the core of the article and what is around it. Empty where it stands in all of the listing.
    """
    label = run.label.element if run.label is not None else None
    parts = [part for part in run.parts if part not in kept]  # on pages of slides the densest text is an item's
    if label is not None and not any(_within(label, part) for part in parts):
        parts.append(label)
    if not parts:
        return []
    text = sum(measures[part].text for part in parts)
    node: Measure | None = run.container
    whole = None
    while node is not None and node.parent is not None and node.element not in kept:
        inside = text if label is None or label not in parts or _within(label, node.element) else text - measures[label].text
        if node.text - inside > max(SCRAP_BYTES, node.text // 10) or node.running > sum(measures[part].running for part in parts):
            break
        whole, node = node, node.parent
    if whole is None:
        return parts
    return [whole.element, *(part for part in parts if not _within(part, whole.element))]


def _within(element: HtmlElement, holder: HtmlElement) -> bool:
    return element is holder or any(ancestor is holder for ancestor in element.iterancestors())


def cut(parts: Iterable[HtmlElement], measures: dict[HtmlElement, Measure]) -> None:
    """Take elements out of the tree and their sizes off what was around them."""
    for element in parts:
        entry = measures.get(element)
        if entry is None or entry.parent is None:
            continue  # stood in one that was cut already
        _take_off(entry, entry.parent)
        for inner in element.iter():
            measures.pop(inner, None)
        element.drop_tree()


def _take_off(entry: Measure, parent: Measure) -> None:
    inline = entry.tag in INLINE
    if inline:
        parent.own -= entry.own
        parent.direct -= entry.direct
    elif entry.own >= RUN_BYTES:
        parent.direct -= entry.own
    blocks = entry.blocks + (not inline)
    node: Measure | None = parent
    while node is not None:
        node.text -= entry.text
        node.linked -= entry.linked
        node.running -= entry.running
        node.links -= entry.links
        node.blocks -= blocks
        node = node.parent
