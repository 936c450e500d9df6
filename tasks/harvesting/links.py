"""The links in feeds, sitemaps and list pages. Only what is said; whether it is asked for is decided elsewhere."""

import re
from dataclasses import dataclass
from typing import Final

from trafilatura.feeds import FeedParameters, find_links
from trafilatura.sitemaps import SitemapObject
from trafilatura.utils import load_html

from tasks.harvesting.web_urls import host_of, origin_of, page_urls, web_url
from tasks.restoration.charset import decode

SITEMAP_INDEX: Final = re.compile(r"<(?:[\w.-]+:)?sitemapindex\b")
HEAD: Final = 4096  # characters of a sitemap in which its root stands


@dataclass(frozen=True, slots=True)
class Links:
    """URLs that a list names, absolute, each once, in its order."""

    pages: list[str]
    sitemaps: list[str]


def links_in(kind: str, url: str, body: bytes) -> Links:
    """The links of a list of this kind of ops.fetches, whose unpacked body this is. Empty where it is none."""
    text = decode(body).text
    if kind == "feed":
        return Links(page_urls(_of_feed(text, url), url), [])
    if kind == "sitemap":
        return _of_sitemap(text, url)
    return Links(page_urls(_of_page(text), url), [])


def _of_feed(text: str, url: str) -> list[str]:
    """RSS, Atom, JSON feeds. The first link is that of the site itself, which page_urls takes for no page."""
    return find_links(text.strip(), FeedParameters(origin_of(url), host_of(url), url))


def _of_sitemap(text: str, url: str) -> Links:
    """Sitemaps, indexes of them, news sitemaps, and plain lists of URLs."""
    sitemap = SitemapObject(origin_of(url), host_of(url), [], external=True)
    sitemap.current_url, sitemap.content = url, text
    sitemap.process()
    if SITEMAP_INDEX.search(text[:HEAD]):  # trafilatura takes only names with .xml for sitemaps
        return Links([], _absolute([*sitemap.sitemap_urls, *sitemap.urls], url))
    return Links(page_urls(sitemap.urls, url), _absolute(sitemap.sitemap_urls, url))


def _of_page(text: str) -> list[str]:
    tree = load_html(text)
    return [] if tree is None else [str(link) for link in tree.xpath("//a/@href")]


def _absolute(links: list[str], base: str) -> list[str]:
    return list(dict.fromkeys(found for link in links if (found := web_url(link, base))))
