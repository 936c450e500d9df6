"""The blocks of text that readers see, in page order, each with what it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement, defs

from tasks.dissection.body.around import Around, around_of
from tasks.dissection.body.data_tables import CELLS, is_data_table
from tasks.dissection.markup.measures import INLINE
from tasks.dissection.words.text import squeeze

SILENT = frozenset({"select", "button", "textarea", "nav", "head", "dialog"})
KNOWN = (
    INLINE
    | defs.tags
    | frozenset(
        (
            "article",
            "aside",
            "details",
            "dialog",
            "figcaption",
            "figure",
            "footer",
            "header",
            "main",
            "nav",
            "section",
            "summary",
            "hgroup",
            "search",
        )
    )
)
CELL_END = " | "
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One line of text. Sizes are UTF-8 bytes."""

    text: str
    element: HtmlElement  # the innermost that does not flow inside a line
    size: int
    linked: int
    around: int  # of Around
    begins_item: bool = False  # of a list


def blocks_in(root: HtmlElement, told: Mapping[HtmlElement, int]) -> list[TextBlock]:
    """Blocks of `root`. `told` says of elements what cannot be read off them. A line break ends a block; a row of a data table is one."""
    reading = _Reading(told)
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in SILENT:
                walk.skip_subtree()
                reading.end_block()
            else:
                reading.enter(element)
        else:
            reading.leave(element, element.tail if element is not root else None)
    return reading.found


class _Reading:
    """The blocks so far, and the one that is being read."""

    def __init__(self, told: Mapping[HtmlElement, int]) -> None:
        self.found: list[TextBlock] = []
        self._told = told
        self._outer: list[tuple[HtmlElement, int]] = []
        self._parts: list[str] = []
        self._has_text = False  # whether one of them is more than blanks
        self._linked = self._links = 0
        self._data: HtmlElement | None = None  # the data table around
        self._odd: set[HtmlElement] = set()  # elements of no known name that stand in a line

    def enter(self, element: HtmlElement) -> None:
        """What begins with `element`."""
        tag = element.tag
        if tag not in KNOWN and (self._parts or (element.tail or "").strip()):
            self._odd.add(element)
        elif tag in INLINE:
            if tag == "a":
                self._links += 1
            elif tag == "br":
                self.end_block()
        elif self._data is not None and tag != "tr":
            self._parts.append(" ")
            self._outer.append((element, self._outer[-1][1]))
        else:
            self.end_block()
            told = self._told.get(element, 0)
            around = around_of(element, str(tag), self._outer[-1][1] if self._outer else 0) | told
            if told & Around.CORE:
                around &= ~Around.FIGURE  # a layout of the page
            self._outer.append((element, around))
            if tag == "table" and is_data_table(element):
                self._data = element
        if text := element.text:
            self._read(text)

    def leave(self, element: HtmlElement, tail: str | None) -> None:
        """What ends with `element`, and the text behind it."""
        tag = element.tag
        if tag in INLINE or element in self._odd:
            self._links -= tag == "a"
        elif tag not in SILENT:
            if self._data is None or tag == "tr" or element is self._data:
                self.end_block()
            elif tag in CELLS and element.getnext() is not None:
                self._parts.append(CELL_END)
                self._has_text = True
            self._outer.pop()
            if element is self._data:
                self._data = None
        if tail:
            self._read(tail)

    def end_block(self) -> None:
        """Enter what was read since the last block."""
        if not self._parts:
            return
        # between most elements there are blanks alone
        if self._has_text and (text := squeeze("".join(self._parts).replace(SOFT_HYPHEN, ""))):
            element, around = self._outer[-1]
            size = len(text.encode("utf-8", "surrogatepass"))
            is_item = element.tag == "li" and not (self.found and self.found[-1].element is element)
            self.found.append(TextBlock(text, element, size, min(self._linked, size), around, is_item))
        self._parts, self._linked, self._has_text = [], 0, False

    def _read(self, text: str) -> None:
        self._parts.append(text)
        if not text.isspace():
            self._has_text = True
            if self._links:
                self._linked += len(text.strip().encode("utf-8", "surrogatepass"))
