"""The core of a page: where its running text is densest."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from tasks.dissection.body.around import is_far
from tasks.dissection.markup.measures import Measure

FAR_WEIGHT = 0.25  # of running text in what is named as something beside the article


def find_core(measures: dict[HtmlElement, Measure], others: Sequence[Measure]) -> Measure | None:
    """The element whose own child blocks hold the most running text, and that stands in no other story; None where no text runs."""
    elsewhere = {element for entry in others for element in entry.element.iter("*")}
    best, most = None, 0.0
    for entry in measures.values():
        if entry.direct > most and entry.element not in elsewhere:
            weight = entry.direct * (FAR_WEIGHT if _is_far(entry) else 1)
            if weight > most:
                best, most = entry, weight
    return best


def _is_far(entry: Measure) -> bool:
    """Whether it stands in a block named as footer, sidebar, comments, author box and the like."""
    node: Measure | None = entry
    while node is not None and node.parent is not None:  # the body's class names the kind of page, not a block
        if is_far(node.element):
            return True
        node = node.parent
    return False
