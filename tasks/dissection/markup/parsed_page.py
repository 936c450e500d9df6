"""A page, parsed once: the tree, its metadata and JSON-LD, shared by every region."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from lxml.etree import ElementDefaultClassLookup, ErrorTypes, LxmlError, XMLSyntaxError, strip_elements
from lxml.html import HtmlElement

from tasks.dissection.findings import Candidate
from tasks.dissection.markup.elements import PageElement
from tasks.dissection.markup.for_machines import read_for_machines
from tasks.dissection.markup.measures import Measure, measure
from tasks.dissection.markup.own_address import own_addresses
from tasks.dissection.markup.well_formed import make_names_valid, without_control_references, without_long_attribute_lists
from tasks.dissection.words.text import squeeze, storable_bytes
from tasks.sources.page import Columns

# One class for every element: lxml.html's own look-up is a Python call for each element each time it is touched.
_CLASSES = ElementDefaultClassLookup(element=PageElement)
# What urljoin would give back as it is, or with the base's scheme or host in front: it takes 20 times as long. Empty queries and
# path parameters, which it drops, dots in paths and blanks are left to it.
_AUTHORITY = r"//[A-Za-z0-9.-]+(?::\d+)?"
_REST = r"(?:\?[^\s#]+)?(?:#\S+)?"
_PLAIN = re.compile(rf"(?:https?:)?{_AUTHORITY}(?:/[^\s;?#]*)?{_REST}|/(?:[^\s;?#/][^\s;?#]*)?{_REST}")
_ROOT = re.compile(rf"(https?):{_AUTHORITY}(?=[/?#]|$)")
MOST_PLAIN = 2048  # characters; a limit for all is below
MOST_LEVELS = 2_000
# The most that 1,101 real pages have is 7,900. An element takes 0.6 kB with what regions note of it: 15 MB of <br> took 2.2 GB.
MOST_ELEMENTS = 250_000
_BEGINS = re.compile(rb"<(?:[a-zA-Z]|/(?:p|br)\b)")  # the parser makes an element of a stray </p> and </br>, too
NO_REGION = ("style", "svg")  # read by no region, and a fifth of the elements of some pages


T = TypeVar("T")


class PageEmpty(Exception):
    """Nothing on the page could be parsed."""


class PageTooLarge(Exception):
    """More elements than a worker should hold."""


class PageTooDeep(Exception):
    """Elements are nested so deep that the parser gave up, and the page is cut off there."""


class ParsedPage:
    """One page as regions see it: `tree` is what readers see, `for_machines` what they do not.

    Regions read the tree and leave it as it is, but for the body's: it cuts the listings out, and prunes a copy further.
    """

    def __init__(
        self, html: str, url: str | None = None, observed_at: datetime | None = None, columns: Columns = (), *, is_text: bool = False
    ) -> None:
        """Raises PageEmpty where the text holds no element at all, PageTooLarge, PageTooDeep where the parser could not go on."""
        self.html = html
        self.url = url
        self.observed_at = observed_at
        self.columns = columns  # of the table that the page is a row of
        self.is_text = is_text  # the page was a text: `html` is what its header lines were made into
        self.found: dict[Callable[[ParsedPage], Any], Any] = {}  # by what is asked once a page
        # of a pruned copy: lxml makes an object of an element each time it is met, unless somebody has it, and many regions walk it
        self.held: list[HtmlElement] = []
        self.tree = parse(html)
        self.for_machines = read_for_machines(self.tree)
        self.meta, self.json_ld = self.for_machines.meta, self.for_machines.json_ld

    @cached_property
    def measures(self) -> dict[HtmlElement, Measure]:
        """Of its body and what is in it, in document order: the one walk over the whole tree in Python.

        First asked for before any region reads the tree; what is cut out of the tree afterwards goes from here as well.
        """
        body = self.tree.find("body")
        measures = measure(self.tree if body is None else body)
        make_names_valid(self.tree, {entry.tag for entry in measures.values()})
        return measures

    def first_meta(self, *names: str) -> str | None:
        """The first content of the first of these names that the page has."""
        meta = self.meta
        for name in names:
            if name in meta:
                return meta[name][0]
        return None

    @cached_property
    def addresses(self) -> tuple[Candidate, ...]:
        """Every address that the page declares as its own, absolute where it is one, and which of them it is."""
        stated = [*(("canonical", href) for href in self.for_machines.canonical), ("og:url", self.first_meta("og:url"))]
        return own_addresses([(source, text) for source, text in stated if text], self.url, lambda text: _joined(self.url, text))

    @cached_property
    def canonical(self) -> tuple[str, str] | None:
        """(absolute URL, what told it: canonical or og:url), or None."""
        return next(((offer.value, offer.source) for offer in self.addresses if offer.verdict == "won" and offer.value), None)

    @cached_property
    def base_url(self) -> str | None:
        """What relative links are relative to: <base>, else the page's address, else the one it names as its own."""
        own = self.url if self.url and self.url.startswith("http") else (self.canonical or (None,))[0]
        return _joined(own, self.for_machines.base) or own

    def absolute(self, href: str | None) -> str | None:
        """`href` as an absolute http(s) URL, or None where it is none."""
        stated = (href or "").strip()
        if not stated:
            return None
        if len(stated) < MOST_PLAIN and self._root and _PLAIN.fullmatch(stated):
            scheme, root = self._root
            if stated[0] != "/":
                return stated
            if stated.startswith("//"):
                return f"{scheme}:{stated}"
            if "/." not in stated:
                return root + stated if root else None
        return _joined(self.base_url, stated)

    @cached_property
    def _root(self) -> tuple[str, str] | None:
        """Scheme and scheme://host of the base, where that is plain; of no base https and nothing."""
        if self.base_url is None:
            return "https", ""
        found = _ROOT.match(self.base_url)
        return (found[1], found[0]) if found else None


def once_per_page(find: Callable[[ParsedPage], T]) -> Callable[[ParsedPage], T]:
    """The same function, worked out when a page is first asked."""

    @wraps(find)
    def found(page: ParsedPage) -> T:
        if find not in page.found:
            page.found[find] = find(page)
        return cast(T, page.found[find])

    return found


def _joined(base: str | None, href: str | None) -> str | None:
    stated = (href or "").strip()
    if not stated:
        return None
    try:
        # a page without an address still says //host/path: https is what serves it today
        url = urljoin(base or "https:", stated)
        host = urlsplit(url).netloc
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and host and len(url) < 4096 else None


def parse(html: str) -> HtmlElement:
    """The page's tree, without styles and drawings. Raises PageEmpty, PageTooLarge and PageTooDeep as said above."""
    # huge_tree: without it libxml2 stops at 256 levels and 10 MB of text. With it, it stops at 2,048 levels, and what would
    # follow is lost: such a page is refused.
    # bytes, since lxml refuses a str with an encoding declaration
    source = without_long_attribute_lists(without_control_references(storable_bytes(html)))
    _expect_few_elements(source)
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = lxml_html.document_fromstring(source, parser=parser)
    except XMLSyntaxError as error:
        if error.code == ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise PageEmpty(str(error)) from error
    except (LxmlError, ValueError, AssertionError) as error:  # "Document is empty" and kin
        raise PageEmpty(str(error)) from error
    # a parser that gives up leaves the place where it did as the last branch of the tree
    levels, last = 1, tree
    while len(last):
        levels, last = levels + 1, last[-1]
    if levels > MOST_LEVELS:
        raise PageTooDeep(f"more than {MOST_LEVELS} levels")
    strip_elements(tree, *NO_REGION, with_tail=False)
    return tree


def _expect_few_elements(source: bytes) -> None:
    if source.count(b"<") <= MOST_ELEMENTS:  # which spares ordinary pages the pattern
        return
    begun = sum(1 for _ in _BEGINS.finditer(source))
    if begun > MOST_ELEMENTS:
        raise PageTooLarge(f"at most {MOST_ELEMENTS} elements, got {begun}")


def text_of(element: HtmlElement) -> str:
    """Visible text of an element, squeezed."""
    return squeeze(" ".join(element.itertext()) if len(element) else element.text)
