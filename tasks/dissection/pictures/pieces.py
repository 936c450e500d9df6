"""The pieces of text in a block at a picture, and the caption that they print."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from tasks.dissection.markup.text_runs import runs_in
from tasks.dissection.words.captions import caption_in, is_control
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import squeeze

# Elements that change how words look and nothing else: their text is part of the piece around them.
_FORMATTING = frozenset(("a", "abbr", "b", "bdi", "em", "font", "i", "mark", "q", "s", "strong", "sub", "sup", "time", "u", "wbr", "br"))
_BEFORE_MARK = re.compile(r"\s(?=[,.)](?:\s|$))")
_CREDIT_NAME = re.compile(
    r"credit|copyright|(?:^|[-_\s])(?:rights?|source|quelle|fotograf\w*|photographer|provider|agency|attribution|byline|author|autor|firma)"
    r"(?:$|[-_\s])|rights?holder|bildrecht|bildquelle|imagesource",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CaptionPiece:
    """A run of text in one element, and whether the element is named as a credit."""

    text: str
    is_named_credit: bool


def pieces_of(block: HtmlElement) -> list[CaptionPiece]:
    """The pieces of a block that can be seen, buttons and counters left out."""
    grouped: list[tuple[HtmlElement, list[str]]] = []
    for text, element in runs_in(block):
        owner = element
        while owner is not block and owner.tag in _FORMATTING and (parent := owner.getparent()) is not None:
            owner = parent
        if grouped and grouped[-1][0] is owner:
            grouped[-1][1].append(text)
        else:
            grouped.append((owner, [text]))
    pieces = (CaptionPiece(_BEFORE_MARK.sub("", squeeze(" ".join(texts))), _is_named_credit(owner, block)) for owner, texts in grouped)
    return [piece for piece in pieces if not is_control(piece.text)]


def _is_named_credit(owner: HtmlElement, block: HtmlElement) -> bool:
    node: HtmlElement | None = owner
    while node is not None and node is not block:
        if _names_credit(f"{node.get('class', '')} {node.get('itemprop', '')}"):
            return True
        node = node.getparent()
    return False


@lru_cache(maxsize=4096)  # the pages of one outlet share a few hundred names
def _names_credit(names: str) -> bool:
    return _CREDIT_NAME.search(names) is not None


def caption_of(pieces: Iterable[CaptionPiece]) -> str | None:
    """The caption that these pieces print, None where they only say whose picture it is."""
    pieces = list(pieces)
    others = [piece for piece in pieces if not piece.is_named_credit]
    # a page may name all of it after the credit that stands at its end
    return caption_in(piece.text for piece in others or [piece for piece in pieces if SENTENCE_END.search(piece.text)])
