"""Searches by name find what trafilatura's XPaths find: asked of every word in them, in every attribute they ask."""

import re
from itertools import product

import pytest
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from trafilatura import main_extractor, xpaths

from tasks.dissection.body.extraction import SEARCHES
from tasks.dissection.body.named_search import NamedSearch, quick

TAGS = ("div", "section", "article", "main", "p", "span", "list", "item", "ul", "a")
ATTRIBUTES = ("class", "id", "style", "role", "itemprop", "aria-hidden", "data-component", "data-lp-replacement-content")
ORIGINALS = [search for name in SEARCHES for search in getattr(xpaths, name)]


def words_of(search: etree.XPath) -> list[str]:
    """The words in an XPath, their patterns unfolded as far as a letter is optional, and some that surround them."""
    parts = {part for quoted in re.findall(r"'([^']+)'", search.path) for part in quoted.split("|")}
    words = {re.sub(r"\(\?[:!][^)]*\)?|[\^$\\()]|\[[^\]]*\]", "", part).replace("?", "") for part in parts} | parts
    return sorted({form for word in words for form in (word, f"x {word}", f"{word}-x", f"x-{word} y", word.upper())} | {"story", "x"})


def page_of(attributes: list[dict[str, str]]) -> HtmlElement:
    """One element of every tag for each set of attributes, all below the body."""
    tree = document_fromstring("<html><body></body></html>")
    for tag, named in product(TAGS, attributes):
        etree.SubElement(tree.body, tag, named)
    return tree


def found_by(search: etree.XPath, tree: HtmlElement) -> tuple[list[etree._Element], list[etree._Element]]:
    """What the XPath finds and what the walk finds; of a search for the article's element trafilatura takes the first."""
    most = 1 if search in xpaths.BODY_XPATH else None
    return search(tree)[:most], list(quick(search)(tree))[:most]


@pytest.mark.parametrize("search", ORIGINALS)
@pytest.mark.parametrize("name", ATTRIBUTES)
def test_it_finds_what_the_xpath_finds_by_one_attribute(search: etree.XPath, name: str) -> None:
    counts = []
    for word in words_of(search):
        expected, walked = found_by(search, page_of([{"lang": "en"}, {name: word}]))
        assert walked == expected, word
        counts.append(len(expected))
    assert any(counts) or name != "class"


@pytest.mark.parametrize("search", ORIGINALS)
def test_of_two_attributes_the_first_of_the_page_is_asked(search: etree.XPath) -> None:
    pairs = [("id", "class"), ("class", "id"), ("id", "style"), ("style", "id")]
    words = ("cookie-note", "reply-1", "hidden", "plain")
    expected, walked = found_by(search, page_of([{a: left, b: right} for (a, b), left, right in product(pairs, words, words)]))
    assert walked == expected


def test_a_search_of_another_form_stays_as_it_is() -> None:
    for path in (".//article", ".//div[contains(., 'x')]", ".//*[self::div][count(*) > 1]", "(.//main)[1]"):
        search = etree.XPath(path)
        assert quick(search) is search


def test_trafilatura_asks_the_quick_searches() -> None:
    """The day this fails, trafilatura keeps its searches elsewhere or writes them in another way: see named_search.py."""
    kinds = {name: [isinstance(search, NamedSearch) for search in getattr(main_extractor, name)] for name in SEARCHES}
    assert kinds == {
        "BODY_XPATH": [True, False, True, True, False],
        "OVERALL_DISCARD_XPATH": [True, True],
        "TEASER_DISCARD_XPATH": [True],
        "DISCARD_IMAGE_ELEMENTS": [True],
    }
