"""The links in feeds, sitemaps and list pages. Only what is said; whether it is asked for is decided elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime

from trafilatura.feeds import FeedParameters, determine_feed, find_links
from trafilatura.utils import load_html

from tasks.harvesting.sitemap_links import Sitemap, last_changes
from tasks.harvesting.web_urls import host_of, origin_of, page_urls, web_url
from tasks.restoration.charset import decode

MOST_FEEDS = 50


@dataclass(frozen=True, slots=True)
class Links:
    """URLs that a list names, absolute, each once, in its order. `changed_at`: when, of those of which a sitemap says it."""

    pages: list[str]
    sitemaps: list[str]
    changed_at: dict[str, datetime] = field(default_factory=dict)


def links_in(kind: str, url: str, body: bytes) -> Links:
    """The links of a list of this kind of ops.fetches, whose unpacked body this is. Empty where it is none."""
    text = decode(body).text
    if kind == "feed":
        return Links(page_urls(_of_feed(text, url), url), [])
    if kind == "sitemap":
        return _of_sitemap(text, url)
    return Links(page_urls(_of_page(text), url), [])


def feeds_in(url: str, body: bytes) -> list[str]:
    """The feeds that a page announces, absolute; some announce one for every comment, so not more than MOST_FEEDS."""
    links = determine_feed(decode(body).text, FeedParameters(origin_of(url), host_of(url), url))
    return list(dict.fromkeys(absolute for link in links if (absolute := web_url(link, url))))[:MOST_FEEDS]


def _of_feed(text: str, url: str) -> list[str]:
    """RSS, Atom, JSON feeds. The first link is that of the site itself, which page_urls takes for no page."""
    return find_links(text.strip(), FeedParameters(origin_of(url), host_of(url), url))


def _of_sitemap(text: str, url: str) -> Links:
    sitemap, changes = Sitemap(text, url), last_changes(text)
    pages = {found: changes.get(written) for written, link in sitemap.pages.items() for found in page_urls([link], url)}
    sitemaps = {found: changes.get(written) for written, link in sitemap.sitemaps.items() if (found := web_url(link, url))}
    return Links(list(pages), list(sitemaps), {found: moment for found, moment in (sitemaps | pages).items() if moment})


def _of_page(text: str) -> list[str]:
    tree = load_html(text)
    return [] if tree is None else [str(link) for link in tree.xpath("//a/@href")]
