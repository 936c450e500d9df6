"""How a block of text is printed, as far as its own tags and attributes tell: what makes a caption or a subhead look like one."""

import re
from collections import Counter

from lxml.html import HtmlElement

from tasks.dissection.markup.elements import tag_of
from tasks.dissection.markup.measures import INLINE
from tasks.dissection.words.sentences import RUN_BYTES, is_running
from tasks.dissection.words.text import squeeze

_CENTRED = re.compile(r"text-align:\s*(?:center|right)", re.IGNORECASE)
_CENTRED_NAME = re.compile(r"cent(?:er|re)", re.IGNORECASE)
_QUIET = re.compile(r"(?:^|[;\s])(?:font-size|color|font-style)\s*:", re.IGNORECASE)
_QUIET_TAGS = frozenset(("em", "i", "small", "cite", "sub", "sup", "address"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
GROUP = 3  # short lines behind images, from which they are captions without any other mark
GROUP_SHARE = 0.75  # of the lines behind images that have to be short then
_LEVELS = 5  # wrappers around one text


def print_shape(block: HtmlElement) -> str:
    """Tags, classes and styles from a block down to its text, as far as each wraps the next alone: p > span:quiet."""
    parts = []
    node = block
    for _ in range(_LEVELS):
        marks = f"{':centred' if _is_centred(node) else ''}{':quiet' if _is_quiet(node) else ''}"
        parts.append(f"{tag_of(node)}.{node.get('class', '')}{marks}")
        inside = [child for child in node.iterchildren("*") if child.tag != "br"]
        if len(inside) != 1 or (node.text or "").strip() or any((child.tail or "").strip() for child in node.iterchildren("*")):
            break
        node = inside[0]
    return " > ".join(parts)


def _is_centred(node: HtmlElement) -> bool:
    if node.tag == "center" or node.get("align") in ("center", "right"):
        return True
    return bool(_CENTRED.search(node.get("style", "")) or _CENTRED_NAME.search(node.get("class", "")))


def _is_quiet(node: HtmlElement) -> bool:
    if node.tag in _QUIET_TAGS or (node.tag == "font" and (node.get("size") or node.get("color"))):
        return True
    return bool(_QUIET.search(node.get("style", "")))


def is_set_apart(shape: str) -> bool:
    """Whether the shape is centred or quiet: smaller, slanted or in another colour."""
    return ":centred" in shape or ":quiet" in shape


def is_heading(block: HtmlElement) -> bool:
    return block.tag in _HEADINGS


def is_in_line(block: HtmlElement) -> bool:
    """Whether a sentence goes on behind it."""
    return block.tag in INLINE and bool((block.tail or "").strip() or ((behind := block.getnext()) is not None and behind.tag in INLINE))


def first_with_text(block: HtmlElement) -> HtmlElement:
    """The innermost first block that begins with the text of `block`."""
    while not (block.text or "").strip() and not any((child.tail or "").strip() for child in block.iterchildren("*")):
        inside = next((child for child in block.iterchildren("*") if child.text_content().strip()), None)
        if inside is None:
            break
        block = inside
    return block


def holds_image(element: HtmlElement) -> bool:
    return element.tag == "img" or next(element.iter("img"), None) is not None


class Flow:
    """How the paragraphs of a block are printed, and how those right behind an image are."""

    def __init__(self, parent: HtmlElement) -> None:
        running: Counter[str] = Counter()
        self._elsewhere: Counter[str] = Counter()
        behind: list[tuple[str, str]] = []
        is_behind = False
        for child in parent.iterchildren("*"):
            text = squeeze(child.text_content())
            if not text:
                is_behind = is_behind or holds_image(child)
                continue
            shape = print_shape(child)
            running[shape] += is_running(text)
            if is_behind:
                behind.append((shape, text))
            else:
                self._elsewhere[shape] += 1
            is_behind = False
        self.usual = max(running, key=running.__getitem__, default=None)
        self._grouped = self._is_group([text for shape, text in behind if shape == self.usual])

    @staticmethod
    def _is_group(texts: list[str]) -> bool:
        short = sum(1 for text in texts if _is_short(text))
        return short >= GROUP and short >= GROUP_SHARE * len(texts)

    def sets_apart(self, block: HtmlElement, text: str) -> bool:
        """Whether a line behind an image is printed as no line elsewhere is, or all lines behind images are as short."""
        shape = print_shape(block)
        if shape == self.usual:
            return self._grouped and _is_short(text)
        return not self._elsewhere[shape] and is_set_apart(shape)


def _is_short(text: str) -> bool:
    return len(text.encode("utf-8", "replace")) < RUN_BYTES
