"""What a site's robots.txt allows, by protego; what RFC 9309 says where there is none."""

from dataclasses import dataclass

from protego import Protego

from tasks.restoration.charset import decode

AGENT = "Broadsheet"  # the product token that robots.txt may name
MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: at least so much is read
MOST_REDIRECTS = 5  # RFC 9309, 2.3.1.2


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


ALL_ALLOWED = RobotsRules()
UNREACHABLE = RobotsRules(refusal="robots_unreachable")


def rules_in(body: bytes) -> RobotsRules:
    """The rules of a robots.txt."""
    return RobotsRules(Protego.parse(decode(body[:MOST_BYTES]).text))


def user_agent(contact: str, version: str) -> str:
    """`Broadsheet/0.1.0 (+https://news.example/crawler)`: who asks, and whom to write to."""
    return f"{AGENT}/{version} (+{contact})"
