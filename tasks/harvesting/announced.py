"""Feeds that front pages announce and sitemaps that robots.txt names, and that a sources.toml does not have yet."""

from collections.abc import Mapping

from tasks.harvesting.frontier import StoredBody
from tasks.harvesting.links import feeds_in
from tasks.harvesting.robots import stored_sitemaps
from tasks.harvesting.sources_file import DeclaredOutlet, DeclaredSources
from tasks.harvesting.web_urls import host_of
from warehouse.fetches import KnownFetch

MOST = 50  # of one outlet


def announced(declared: DeclaredSources, known: Mapping[str, KnownFetch], stored_body: StoredBody) -> list[tuple[str, str, str]]:
    """(outlet, feeds or sitemaps, URL) on hosts of the outlet, from what was fetched last; nothing is asked."""
    found: dict[tuple[str, str, str], None] = {}
    for key, outlet in declared.outlets.items():
        of_outlet = []
        if not outlet.announced_feeds:
            of_outlet += [("feeds", url) for url in _feeds(outlet, known, stored_body) if url not in outlet.feeds]
        if not outlet.robots_sitemaps:
            of_outlet += [("sitemaps", url) for url in stored_sitemaps(outlet.given, known, stored_body) if url not in outlet.sitemaps]
        found |= dict.fromkeys((key, kind, url) for kind, url in of_outlet[:MOST] if host_of(url) in outlet.hosts)
    return list(found)


def _feeds(outlet: DeclaredOutlet, known: Mapping[str, KnownFetch], stored_body: StoredBody) -> list[str]:
    urls: list[str] = []
    for page in (*outlet.fronts, *outlet.lists):
        told = known.get(page)
        if told is not None and told.warc_uri and (body := stored_body(told)) is not None:
            urls += feeds_in(page, body)
    return urls
