"""How much of each element is text, link text and running text, in one walk over the tree."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.dissection.words.sentences import RUN_BYTES

# Elements that flow inside a line: their text belongs to the block around them.
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_SILENT = INLINE - {"a"}  # measured only where they hold something


@dataclass(slots=True)
class Measure:
    """Of one element with all that is in it. Sizes are UTF-8 bytes, so that a Chinese character counts as three letters."""

    parent: "Measure | None"
    element: HtmlElement
    tag: str  # asked of the element once: lxml makes a new string each time
    is_linked: bool
    text: int = 0
    linked: int = 0
    links: int = 0
    own: int = 0  # unlinked text of the block itself, inline elements included
    running: int = 0  # text of blocks whose own is at least RUN_BYTES
    direct: int = 0  # running text of the blocks that are its children
    blocks: int = 0  # elements in it that do not flow inside a line


def measure(root: HtmlElement) -> dict[HtmlElement, Measure]:
    """Measures of `root` and what is in it, in document order; images, line breaks and empty inline elements have none.

    The dearest walk of all, 790 elements a page: calls are spared in it.
    """
    found: dict[HtmlElement, Measure] = {}
    for element in root.iter("*"):
        # the parent of `root` is in no dict: its own entry has none
        outer = element.getparent()
        parent = None if outer is None else found.get(outer)
        tag = element.tag
        assert isinstance(tag, str)
        text = element.text
        if text:
            text = text.strip()
        if parent is None:
            entry = Measure(None, element, tag, tag == "a")
        else:
            if (tail := element.tail) and (tail := tail.strip()):
                size = len(tail) if tail.isascii() else len(tail.encode("utf-8", "surrogatepass"))
                parent.text += size
                if parent.is_linked:
                    parent.linked += size
                else:
                    parent.own += size
            if not text and tag in _SILENT and not len(element):
                continue
            entry = Measure(parent, element, tag, parent.is_linked or tag == "a")
        found[element] = entry
        if tag == "a":
            entry.links = 1
        if text:
            size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
            entry.text += size
            if entry.is_linked:
                entry.linked += size
            else:
                entry.own += size
    _fold(found)
    top = found[root]
    top.running += top.own if top.own >= RUN_BYTES else 0
    return found


def _fold(found: dict[HtmlElement, Measure]) -> None:
    """Hand what each element holds to its parent, children before their parents."""
    for entry in reversed(found.values()):
        parent = entry.parent
        if parent is None:
            continue
        inline = entry.tag in INLINE
        parent.blocks += entry.blocks if inline else entry.blocks + 1
        parent.links += entry.links
        text = entry.text
        if not text:
            continue
        own = entry.own
        if inline:
            parent.own += own
            parent.direct += entry.direct
        elif own >= RUN_BYTES:
            entry.running += own
            parent.direct += own
        parent.text += text
        parent.linked += entry.linked
        parent.running += entry.running
