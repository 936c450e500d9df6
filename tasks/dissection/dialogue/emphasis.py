"""Which texts a page prints bold, in italics, as subheads, or as its questions alone."""

from collections.abc import Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from tasks.dissection.dialogue.voices import voiced_lines
from tasks.dissection.markup.elements import elements_found
from tasks.dissection.words.text import line_key

TAGS = ("b", "strong", "em", "i", "h2", "h3", "h4", "h5", "h6", "dt", "summary")
HEAD = 24  # letters by which lines are told apart
LONGEST = 1500  # characters; the longest question of an interviewer on the measured pages has 640
_STYLED = XPath("descendant::*/@style[contains(., 'font-weight')]/parent::*[self::span or self::p or self::div]")
_HEAVY = ("bold", "600", "700", "800", "900")


class Emphasis:
    """What a page prints bold, asked of lines of its body. Most lines are told by their first letters."""

    def __init__(self, folded: frozenset[str]) -> None:
        self._folded = folded
        self._may_begin: dict[str, bool] = {}  # each line is asked up to six times
        self._by_first: dict[str, list[str]] = {}
        for text in folded:
            self._by_first.setdefault(text[:2], []).append(text[:HEAD])

    def covers(self, text: str) -> bool:
        """Whether all of the text is printed so."""
        return self.may_begin(text) and line_key(text) in self._folded

    def may_begin(self, text: str) -> bool:
        """Whether the text begins so, as far as its first letters tell."""
        if not self._folded:
            return False
        if (beginning := text[: 2 * HEAD]) not in self._may_begin:
            head = line_key(beginning)
            self._may_begin[beginning] = any(map(head.startswith, self._by_first.get(head[:2], ())))
        return self._may_begin[beginning]


def emphasised_lines(region: HtmlElement) -> frozenset[str]:
    """The folded texts (line_key) of everything printed so: each stretch, and each line of one that has several.

    A line of the body is printed so where its folded text is in the set; it begins so where that of its beginning is.
    """
    found = {line_key(line) for element in _elements(region) for line in _lines(element)}
    return frozenset((found | voiced_lines(region)) - {""})


def _elements(region: HtmlElement) -> Iterator[HtmlElement]:
    yield from region.iter(*TAGS)
    for element in elements_found(_STYLED, region):
        style = element.get("style", "").replace(" ", "")
        if any(f"font-weight:{weight}" in style for weight in _HEAVY):
            yield element


def _lines(element: HtmlElement) -> Iterator[str]:
    """The lines of a stretch, alone and with the stretches of the same tag that follow it without text between."""
    text = _text(element)
    if len(text) > LONGEST:
        return
    yield from text.split("\n")
    follower, joined = element.getnext(), text
    while follower is not None and follower.tag == element.tag and not (element.tail or "").strip() and len(joined) <= LONGEST:
        joined += (element.tail or "") + _text(follower)
        element, follower = follower, follower.getnext()
    if joined is not text and len(joined) <= LONGEST:
        yield from joined.split("\n")


def _text(element: HtmlElement) -> str:
    """Its text with a line break for each br."""
    if element.find(".//br") is None:
        return element.text_content().replace("\n", " ")
    pieces = [(element.text or "").replace("\n", " ")]
    for inner in element.iter("*"):
        if inner is not element:
            pieces += ["\n" if inner.tag == "br" else (inner.text or "").replace("\n", " "), (inner.tail or "").replace("\n", " ")]
    return "".join(pieces)
