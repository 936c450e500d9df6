"""Which elements of a page are which regions."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import XPathError
from lxml.html import HtmlElement

from tasks.dissection.outline.region import Region
from tasks.dissection.outline.texts import Texts

MOST_AROUND = 400  # characters of an element that is taken for a credit or a date because it says it among other things


@dataclass(slots=True)
class Marks:
    """Regions by the elements that they are, and elements by the number of the region."""

    by_element: dict[HtmlElement, list[int]] = field(default_factory=lambda: defaultdict(list))
    found: dict[int, list[HtmlElement]] = field(default_factory=dict)  # region number -> elements, none for what is not printed

    def add(self, number: int, *elements: HtmlElement) -> None:
        self.found[number] = list(elements)
        for element in elements:
            self.by_element[element].append(number)


def find_marks(tree: HtmlElement, regions: list[Region]) -> Marks:
    """The elements of every region, by the number of the region in the list. The tree gets spans where a line has no element."""
    texts, marks = Texts(tree), Marks()
    blocks = {region.name: _at(tree, region.place) for region in regions if region.kind == "listing"}
    listings = {element for element in blocks.values() if element is not None}
    for number, region in enumerate(regions):
        if region.kind == "listing":
            block = blocks[region.name]
            marks.add(number, *([block] if block is not None else []))
        elif region.within is not None:
            block = blocks[region.within]
            items = (texts.inside(holder, region.value) for holder in (block, tree) if holder is not None)
            marks.add(number, *islice((item for item in items if item is not None), 1))
        else:
            marks.add(number, *_printed(texts, region, listings))
    return marks


def _at(tree: HtmlElement, place: str | None) -> HtmlElement | None:
    try:
        found: object = tree.getroottree().xpath(place or "/..")
    except XPathError:
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], HtmlElement) else None


def _printed(texts: Texts, region: Region, listings: set[HtmlElement]) -> list[HtmlElement]:
    """Where a text is printed: as an element's own, as lines between line breaks, or among other words."""
    assert region.text is not None  # all but listings and their items have one
    if (exact := texts.exactly(region.text, listings)) is not None:
        return [exact]
    around = texts.around(region.text, listings)
    if around is None:
        return []
    if region.kind in ("credit", "date", "caption") and len("".join(around.itertext())) > MOST_AROUND:
        return texts.wrapped(around, region.text)
    return texts.wrapped(around, region.text) or [around]
