"""Questions that a page prints in another voice than answers: by a class, a colour or a style, without bold type."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from tasks.dissection.markup.elements import tag_of
from tasks.dissection.markup.measures import INLINE
from tasks.dissection.words.text import line_key, squeeze

BLOCKS = ("p", "div", "li", "dd", "blockquote", "section")
LEAST_VOICED = 3  # blocks of one print
ASKING_SHARE, STILL_SHARE = 0.6, 0.34  # of a voice that end as questions, and of the usual print at most
LONGEST = 1500  # characters of a question
_ASKS = re.compile("[?？؟՞\u037e⸮;][\\W_]{0,4}$")
_STYLE = re.compile(
    r"(?:^|;)\s*(color|font-style|font-weight|font-family|text-decoration|background(?:-color)?)\s*:\s*([^;]+)", re.IGNORECASE
)


def voiced_lines(region: HtmlElement) -> frozenset[str]:
    """The folded texts (line_key) of blocks whose print only questions have, where most text is printed otherwise."""
    by_print: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes = Counter[tuple[str, ...]]()
    for block in region.iter(*BLOCKS):
        if (text := squeeze(block.text_content())) and not _holds_blocks(block):
            look = tuple(_look(block))
            by_print[look].append(text)
            sizes[look] += len(text)
    if len(by_print) < 2:
        return frozenset()
    usual = max(sizes, key=sizes.__getitem__)
    if _asking(by_print[usual]) > STILL_SHARE:
        return frozenset()
    voiced = (texts for look, texts in by_print.items() if look != usual and len(texts) >= LEAST_VOICED and _asking(texts) >= ASKING_SHARE)
    return frozenset(line_key(text) for texts in voiced for text in texts if len(text) <= LONGEST)


def _asking(texts: list[str]) -> float:
    return sum(_ASKS.search(text) is not None for text in texts) / len(texts)


def _holds_blocks(block: HtmlElement) -> bool:
    return any(child.tag not in INLINE for child in block.iterdescendants("*"))


def _look(block: HtmlElement) -> Iterator[str]:
    """Tags, classes and styles from the block to what wraps its text alone."""
    node = block
    while True:
        styles = ["".join(found).replace(" ", "").lower() for found in _STYLE.findall(node.get("style", ""))]
        yield " ".join((tag_of(node), node.get("class", ""), node.get("color", ""), *sorted(styles)))
        if len(node) != 1 or squeeze(node.text) or squeeze(node[0].tail):
            return
        node = node[0]
