"""What the class names and ids of a block of text, and of what it stands in, say that it is: bits of an int."""

from functools import lru_cache

from lxml.html import HtmlElement

from tasks.dissection.words.class_names import kinds_in
from tasks.dissection.words.lexicon import LEXICONS

KINDS = LEXICONS["block_names"]
NAMES = (*(f"{kind}_own" for kind in KINDS), *(f"{kind}_around" for kind in KINDS))
FARTHEST = 4  # elements around the parent that are asked as well: farther ones are the page's
_WHOLE = ("body", "html")  # their names tell the kind of page


class NamedBlocks:
    """Names of the blocks of one page; those around an element are gathered once."""

    def __init__(self) -> None:
        self._around: dict[HtmlElement | None, tuple[int, int]] = {}
        self._bits: dict[HtmlElement, int] = {}

    def of(self, element: HtmlElement, outer: HtmlElement | None) -> tuple[int, int]:
        """Kinds that the block's element or its parent `outer` names, and those that what stands around these does."""
        told = self._around.get(outer)
        if told is None:
            told = self._around[outer] = self._told(outer)
        return _named(element) | told[0], told[1]

    def _told(self, outer: HtmlElement | None) -> tuple[int, int]:
        if outer is None:
            return 0, 0
        own, around, node = self._of(outer), 0, outer.getparent()
        for _ in range(FARTHEST):
            if node is None or node.tag in _WHOLE:
                break
            around |= self._of(node)
            node = node.getparent()
        return own, around

    def _of(self, element: HtmlElement) -> int:
        bits = self._bits.get(element)
        if bits is None:
            bits = self._bits[element] = _named(element)
        return bits


def flags(own: int, around: int) -> tuple[float, ...]:
    """NAMES as measures."""
    return tuple(float(bits >> place & 1) for bits in (own, around) for place in range(len(KINDS)))


def _named(element: HtmlElement) -> int:
    name, key = element.get("class"), element.get("id")
    return _bits(f"{name or ''} {key or ''}") if name or key else 0


@lru_cache(maxsize=8192)  # a page repeats its names, and so does an outlet
def _bits(names: str) -> int:
    return sum(1 << KINDS.index(kind) for kind in set(kinds_in(names, KINDS, "block_names")))
