"""A page, parsed once: the tree, its metadata and JSON-LD, shared by every region."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml import html as lxml_html
from lxml.html import HtmlElement

# huge_tree: without it libxml2 stops at 256 levels and 10 MB of text; depth is bounded by prune_depth instead.
PARSER_OPTIONS = {"huge_tree": True, "remove_comments": True, "remove_pis": True, "encoding": "utf-8"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


class PageEmpty(Exception):
    """Nothing on the page could be parsed."""


class ParsedPage:
    """One page as regions see it. Regions read `tree`, none changes it: `body` works on its own pruned copy."""

    def __init__(self, html: str, url: str | None = None, observed_at: datetime | None = None) -> None:
        """Raises PageEmpty where the text holds no element at all."""
        self.html = html
        self.url = url
        self.observed_at = observed_at
        self.tree = parse(html)

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of <meta> by lower-case name, property, itemprop or http-equiv, in page order, none empty."""
        found: dict[str, list[str]] = defaultdict(list)
        for element in self.tree.iter("meta"):
            content = squeeze(element.get("content"))
            if not content:
                continue
            for key in {element.get(a) for a in ("name", "property", "itemprop", "http-equiv")} - {None, ""}:
                found[str(key).strip().lower()].append(content)
        return dict(found)

    def first_meta(self, *names: str) -> str | None:
        """The first content of the first of these names that the page has."""
        return next((self.meta[n][0] for n in names if n in self.meta), None)

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD object of the page that is top-level or inside @graph, in page order; broken blocks are skipped."""
        nodes: list[dict[str, Any]] = []
        for script in self.tree.iter("script"):
            if "ld+json" in (script.get("type") or "").lower():
                nodes.extend(_json_ld_nodes(script.text or ""))
        return nodes

    @cached_property
    def canonical(self) -> tuple[str, str] | None:
        """(absolute URL, what told it: canonical or og:url), or None."""
        for link in self.tree.iter("link"):
            if "canonical" in (link.get("rel") or "").lower().split():
                if url := self.absolute(link.get("href")):
                    return url, "canonical"
        if url := self.absolute(self.first_meta("og:url")):
            return url, "og:url"
        return None

    def absolute(self, href: str | None) -> str | None:
        """`href` as an absolute http(s) URL, or None where it is none."""
        try:
            url = urljoin(self.url or "", (href or "").strip())
        except ValueError:
            return None
        return url if url.startswith(("http://", "https://")) and len(url) < 4096 else None


def parse(html: str) -> HtmlElement:
    """The page's tree. Raises PageEmpty where there is no element."""
    text = _NOT_XML.sub("\ufffd", html)
    parser = lxml_html.HTMLParser(**PARSER_OPTIONS)
    try:
        # bytes, since lxml refuses a str with an encoding declaration
        tree = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (ValueError, AssertionError, SyntaxError) as error:  # lxml: "Document is empty" and kin
        raise PageEmpty(str(error)) from error
    return tree


def squeeze(text: str | None) -> str:
    """White space runs as one space, none at the ends."""
    return _SPACE.sub(" ", text or "").strip()


def text_of(element: HtmlElement) -> str:
    """Visible text of an element, squeezed."""
    return squeeze(" ".join(element.itertext()))


def _json_ld_nodes(text: str) -> Iterator[dict[str, Any]]:
    try:
        # strict=False: publishers leave raw newlines inside strings
        data = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()
