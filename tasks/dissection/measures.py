"""How much of each element is text, link text and running text, in one walk over the tree."""

from dataclasses import dataclass

from lxml.html import HtmlElement

# Elements that flow inside a line: their text belongs to the block around them.
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
RUN_BYTES = 80  # UTF-8 bytes of unlinked text in one block that make it running text: 80 Latin letters, 27 Chinese characters


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
    """Measures of `root` and everything in it, in document order."""
    found: dict[HtmlElement, Measure] = {}
    for element in root.iter("*"):
        # the parent of `root` is in no dict: its own entry has none
        parent = found.get(element.getparent())
        tag = element.tag
        is_link = tag == "a"
        found[element] = entry = Measure(parent, element, tag, is_link or (parent is not None and parent.is_linked))
        if is_link:
            entry.links = 1
        # most text is the white space between tags: asked for first, this walk is the dearest part of pruning
        if (text := element.text) and not text.isspace():
            _add(entry, text)
        if (text := element.tail) and parent is not None and not text.isspace():
            _add(parent, text)
    for entry in reversed(found.values()):
        if entry.parent is not None:
            _fold(entry, entry.parent, entry.tag in INLINE)
    top = found[root]
    top.running += top.own if top.own >= RUN_BYTES else 0
    return found


def _add(entry: Measure, text: str) -> None:
    text = text.strip()
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    entry.text += size
    if entry.is_linked:
        entry.linked += size
    else:
        entry.own += size


def _fold(entry: Measure, parent: Measure, inline: bool) -> None:
    """Hand what an element holds to its parent; children come before their parents here."""
    parent.blocks += entry.blocks + (not inline)
    parent.links += entry.links
    if not entry.text:
        return
    own = entry.own
    if inline:
        parent.own += own
        parent.direct += entry.direct
    elif own >= RUN_BYTES:
        entry.running += own
        parent.direct += own
    parent.text += entry.text
    parent.linked += entry.linked
    parent.running += entry.running
