"""How much a page is like one that holds an article, rather than a list of them or a shop's shelf: learned from pages of both kinds.

`tests/bench/learn_kind.py` learns the weights and writes page_weights.toml.
"""

import re
from collections.abc import Sequence
from math import log1p
from urllib.parse import unquote

from lxml.html import HtmlElement

from tasks.dissection.body.blocks import TextBlock
from tasks.dissection.body.learned import weights_of
from tasks.dissection.body.page_shape import HEADLINE_BYTES, PageShape
from tasks.dissection.markup.declared import types_of
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.sentences import RUN_BYTES, SENTENCE_END, is_running
from tasks.dissection.words.web_address import split_url

HEADING_BYTES = 24  # shortest headline that tells one: eight Chinese characters, four English words; sections are shorter
LEAST_LED = 90  # bytes of sentences under the headline, no other story's between
LED_BLOCKS = 40  # under the headline, in which they have to stand
ID_DIGITS = 4  # in the address of a story: its number, or the year
NAMES = (
    "short_heading", "names_article", "front", "digits", "list_path", "sentences", "untold", "linked", "of_page", "headlines", "prices",
    "site", "collection",
)  # fmt: skip
_MONEY = ("$", "€", "£", "¥", "₹", "zł", "kr", "USD", "EUR", "грн", "руб", "円", "元")  # a price holds one
_PRICE = re.compile(r"[$€£¥₹]\s?\d|\d[\d.,]*\s?(?:€|zł|kr\b|USD|EUR|грн|руб|円|元)")
_DIGITS = re.compile(r"\d+")
_ENDING = re.compile(r"\.\w{2,5}$")
_ARTICLES = ("Article", "BlogPosting")
_COLLECTIONS = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "ProductCollection", "OfferCatalog"))


def likeness_of(row: Sequence[float]) -> float:
    """Log-odds that the page holds an article, of the measures that `measures_of` gives."""
    return weights_of("page", NAMES).sum_of(row)


def measures_of(page: ParsedPage, shape: PageShape, body: str, blocks: Sequence[TextBlock] | None, *, front: bool) -> list[float]:
    """A row of NAMES; a page whose blocks were not looked at has no prices."""
    area = headline_area(page)
    path = split_url(page.url or (page.canonical or ("",))[0]).path
    has_digits = max(map(len, _DIGITS.findall(path)), default=0) >= ID_DIGITS
    sizes = [(len(line.encode("utf-8", "replace")), is_running(line)) for line in body.split("\n")]
    types = [types_of(node) for node in page.json_ld]
    kind = (page.first_meta("og:type") or "").lower()
    return [
        area.agrees and len(area.text.encode("utf-8", "replace")) < HEADING_BYTES,
        any(name.endswith(_ARTICLES) for names in types for name in names),
        front, has_digits, not has_digits and is_list_path(path),
        log1p(sum(size for size, runs in sizes if runs)),
        log1p(max(0, shape.untold)),
        shape.linked_share,
        min(1.0, sum(size for size, _ in sizes) / max(1, shape.text)),
        log1p(shape.headlines),
        log1p(_prices([block.text for block in blocks or ()])),
        kind == "website" or "product" in kind,
        any(not _COLLECTIONS.isdisjoint(names) for names in types),
    ]  # fmt: skip


def is_list_path(path: str) -> bool:
    """Whether a segment of an address is what systems call their lists: /category/sport, /autor/ann-lee."""
    return not words_of("page_kinds", "list_path").isdisjoint(_ENDING.sub("", segment).casefold() for segment in unquote(path).split("/"))


def _prices(texts: Sequence[str]) -> int:
    """How many of them hold one; those without a sign of money are not searched."""
    whole = "\n".join(texts)
    signs = [sign for sign in _MONEY if sign in whole]
    return sum(1 for text in texts if any(map(text.__contains__, signs)) and _PRICE.search(text))


def is_led(page: ParsedPage, blocks: Sequence[TextBlock]) -> bool:
    """Whether the page's own headline, printed outside links, is followed by sentences before any other story's headline."""
    area = headline_area(page)
    if area.heading is None or not area.agrees or len(area.text.encode("utf-8", "replace")) < HEADING_BYTES:
        return False
    at = _place_of(area.heading, blocks)
    if at is None or 2 * blocks[at].linked > blocks[at].size:
        return False
    led = 0
    for block in blocks[at + 1 : at + LED_BLOCKS]:
        if 2 * block.linked > block.size >= HEADLINE_BYTES.start:
            break
        own = block.size - block.linked
        led += own if own >= RUN_BYTES and SENTENCE_END.search(block.text) else 0
    return led >= LEAST_LED


def _place_of(heading: HtmlElement, blocks: Sequence[TextBlock]) -> int | None:
    within = set(heading.iter("*"))
    return next((place for place, block in enumerate(blocks) if block.element in within), None)
