"""What a sitemap names: trafilatura finds the URLs, and what is said of each beside it says when it was changed."""

import html
import re
from datetime import datetime
from typing import Final

from trafilatura.sitemaps import SitemapObject

from tasks.harvesting.web_urls import host_of, origin_of
from warehouse.moments import iso_moment

SITEMAP_INDEX: Final = re.compile(r"<(?:[\w.-]+:)?sitemapindex\b")
HEAD: Final = 4096  # characters of a sitemap in which its root stands
ENTRY_END: Final = re.compile(r"</(?:[\w.-]{1,20}:)?(?:url|sitemap)>")
LOC: Final = re.compile(r"<(?:[\w.-]{1,20}:)?loc>([^<]{1,2100})<")
LASTMOD: Final = re.compile(r"<(?:[\w.-]{1,20}:)?lastmod>([^<]{4,60})<")


class Sitemap(SitemapObject):
    """One sitemap, an index of them, a news sitemap, or a plain list of URLs. `pages`, `sitemaps`: as written -> as trafilatura has it."""

    __slots__ = ("pages", "sitemaps")

    def __init__(self, text: str, url: str) -> None:
        super().__init__(origin_of(url), host_of(url), [], external=True)
        self.current_url, self.content = url, text
        self.pages: dict[str, str] = {}
        self.sitemaps: dict[str, str] = {}
        self.process()
        if SITEMAP_INDEX.search(text[:HEAD]):  # trafilatura takes only names with .xml for sitemaps
            self.pages, self.sitemaps = {}, self.sitemaps | self.pages

    def handle_link(self, link: str) -> None:
        before = len(self.urls), len(self.sitemap_urls)
        super().handle_link(link)
        if len(self.urls) > before[0]:
            self.pages[link.strip()] = self.urls[-1]
        elif len(self.sitemap_urls) > before[1]:
            self.sitemaps[link.strip()] = self.sitemap_urls[-1]


def last_changes(text: str) -> dict[str, datetime]:
    """URL as it is written in a sitemap -> its lastmod, a day's being its beginning in UTC; without those that are no moments."""
    found = {}
    for entry in ENTRY_END.split(text):
        place, said = LOC.search(entry), LASTMOD.search(entry)
        if place and said and (moment := iso_moment(said[1].strip())):
            found[html.unescape(place[1]).strip()] = moment
    return found
