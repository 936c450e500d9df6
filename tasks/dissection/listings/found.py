"""What a listing is made of before its items are read: headlines, and the pieces of text beside them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ItemText:
    """A run of text beside a headline, with what its element tells. A line of a text page is a piece without an element."""

    text: str  # squeezed, never empty unless `machine` tells something
    tag: str = ""
    names: str = ""  # class and id of the element and of what wraps it inside the item
    href: str | None = None  # of the link that it stands in, where that is not the headline's
    machine: str | None = None  # datetime attribute, or a number in data-count and the like


@dataclass(frozen=True, slots=True)
class FoundItem:
    headline: str
    href: str | None  # as in the page
    before: tuple[ItemText, ...] = ()  # pieces of the item above its headline, in page order
    after: tuple[ItemText, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundListing:
    label: str | None
    items: tuple[FoundItem, ...]
    place: str  # XPath of its element in the page's tree, or lines
    score: float  # 0..1
    reason: str
    names: str = ""  # class and id of its element and of what wraps it alone
    more: tuple[str, ...] = field(default=())  # XPaths of further elements where the items are scattered
    is_numbered: bool = False  # browsers draw the place of each item before it
    is_amid: bool = True  # whether it stands in the story rather than beside or below it; in a text nothing tells
