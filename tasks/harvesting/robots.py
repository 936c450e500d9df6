"""What a site's robots.txt allows, by protego; what RFC 9309 says where there is none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from protego import Protego

from tasks.harvesting.web_urls import origin_of, web_url
from tasks.restoration.charset import decode
from warehouse.fetches import KnownFetch

AGENT = "Broadsheet"  # the product token that robots.txt may name
MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: at least so much is read
MOST_REDIRECTS = 5  # RFC 9309, 2.3.1.2
MOST_SITEMAPS = 100  # that a robots.txt may name


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """Of one origin. `parsed` is None where there is no such file, or where it cannot be read: then `refusal` says why."""

    parsed: Protego | None = None
    refusal: str | None = None  # a reason of ops.fetches, for every URL of the origin

    def why_not(self, url: str) -> str | None:
        """Why `url` may not be asked for, as a reason of ops.fetches; None where it may."""
        if self.refusal or self.parsed is None:
            return self.refusal
        return None if self.parsed.can_fetch(url, AGENT) else "robots_disallow"

    @property
    def seconds_between(self) -> float | None:
        """Its Crawl-delay, or what its Request-rate makes of one."""
        if self.parsed is None:
            return None
        rate = self.parsed.request_rate(AGENT)
        return self.parsed.crawl_delay(AGENT) or (rate.seconds / rate.requests if rate and rate.requests else None)

    def sitemaps(self, url: str) -> list[str]:
        """What it names as sitemaps of the site, absolute; `url` is its own."""
        named = [] if self.parsed is None else list(self.parsed.sitemaps)[:MOST_SITEMAPS]
        return list(dict.fromkeys(absolute for each in named if (absolute := web_url(each, url))))


ALL_ALLOWED = RobotsRules()
UNREACHABLE = RobotsRules(refusal="robots_unreachable")


def rules_in(body: bytes) -> RobotsRules:
    """The rules of a robots.txt."""
    return RobotsRules(Protego.parse(decode(body[:MOST_BYTES]).text))


def stored_sitemaps(urls: Iterable[str], known: Mapping[str, KnownFetch], stored_body: Callable[[KnownFetch], bytes | None]) -> list[str]:
    """What the robots.txt of the sites of these URLs named as sitemaps when it was read last."""
    found: dict[str, None] = {}
    for origin in dict.fromkeys(map(origin_of, urls)):
        told = known.get(f"{origin}/robots.txt")
        if told is not None and told.warc_uri and (body := stored_body(told)) is not None:
            found |= dict.fromkeys(rules_in(body).sitemaps(told.url))
    return list(found)


def user_agent(contact: str, version: str) -> str:
    """`Broadsheet/0.1.0 (+https://news.example/crawler)`: who asks, and whom to write to."""
    return f"{AGENT}/{version} (+{contact})"
