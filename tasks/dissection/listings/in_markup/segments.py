"""The texts of one item of a listing, apart where its elements part them."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.labels import is_hidden
from tasks.dissection.markup.measures import INLINE, Measure
from tasks.dissection.words.text import squeeze

_PARTING = frozenset(("a", "time", "br", "label", "img"))  # inline, and yet between two texts
# Attributes in which pages tell machines an instant or a number.
_MACHINE = frozenset(
    ("datetime", "data-time", "data-timestamp", "data-date", "data-published", "data-count", "data-comment-count", "data-comments")
)


@dataclass(slots=True)
class Segment:
    """Text that nothing parts."""

    text: str
    element: HtmlElement
    tags: tuple[str, ...]  # from the item's root down
    names: str  # class and id of the elements from the root down, parted by slashes
    link: HtmlElement | None
    machine: str | None = None


def segments_of(root: HtmlElement, measures: dict[HtmlElement, Measure]) -> list[Segment]:
    """Texts in page order, squeezed, none empty unless it tells machines something."""
    found: list[Segment] = []
    _walk(measures[root], measures, (), "", None, found, True)
    for segment in found:
        segment.text = squeeze(segment.text)
    return [segment for segment in found if segment.text or segment.machine]


def _walk(
    entry: Measure,
    measures: dict[HtmlElement, Measure],
    tags: tuple[str, ...],
    names: str,
    link: HtmlElement | None,
    found: list[Segment],
    is_parted: bool,
) -> None:
    """Append the texts of an element; text goes on with the last one unless an element that parts them stands between."""
    element, tag = entry.element, entry.tag
    tags = (*tags, tag)
    own, machine = "", None
    for name, value in element.items():
        if name == "class" or name == "id":
            own = f"{own} {value}"
        elif name in _MACHINE:
            machine = machine or value
    if own:
        names = f"{names}/{own}"
    link = element if tag == "a" else link
    if is_parted or own or machine or tag not in INLINE or tag in _PARTING:
        found.append(Segment("", element, tags, names, link, machine))
    if text := element.text:
        found[-1].text += text
    is_parted = False
    for child in element:
        before = len(found)
        inner = measures.get(child)
        if inner is not None and inner.text and not is_hidden(child):
            _walk(inner, measures, tags, names, link, found, is_parted)
        elif (child.tag if inner is None else inner.tag) in _PARTING:
            _silent(child, tags, names, link, found)
        is_parted = is_parted or len(found) > before
        if tail := child.tail:
            if is_parted and not tail.isspace():
                found.append(Segment("", element, tags, names, link))
                is_parted = False
            found[-1].text += tail


def _silent(element: HtmlElement, tags: tuple[str, ...], names: str, link: HtmlElement | None, found: list[Segment]) -> None:
    """An element without text parts what is around it, and may tell machines something."""
    machine = element.get("datetime") if element.tag == "time" else None
    found.append(Segment("", element, (*tags, element.tag), names, link, machine))
