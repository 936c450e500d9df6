"""What is asked for in this run, by host: each URL once, and what is known of it and not due not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from random import Random

from tasks.harvesting.harvest_tally import HarvestTally
from tasks.harvesting.host_queue import PAGE, HostQueue, Target
from tasks.harvesting.links import Links, feeds_in, links_in
from tasks.harvesting.pace import Pace, Stopped
from tasks.harvesting.robots import stored_sitemaps
from tasks.harvesting.schedule import GONE, is_change_untold, is_changed_since, is_left_alone
from tasks.harvesting.sources_file import DeclaredSources, urls_in
from tasks.harvesting.web_urls import host_of
from warehouse.fetches import KnownFetch

NAMES_LINKS = frozenset({"feed", "sitemap", "front", "list"})
SHOWS_LINKS = frozenset({"front", "list"})
MOST_REDIRECTS = 5
StoredBody = Callable[[KnownFetch], bytes | None]


class Frontier:
    """Decides of each URL that is named whether it is asked for."""

    def __init__(
        self, declared: DeclaredSources, known: Mapping[str, KnownFetch], tally: HarvestTally, stored_body: StoredBody, *,
        now: datetime, is_again: bool, limit: int | None, is_stopped: Stopped,
    ) -> None:  # fmt: skip
        self.declared = declared
        self.known = known
        self.tally = tally
        self.hosts: dict[str, HostQueue] = {}
        self._owners = {host: key for key, outlet in declared.outlets.items() for host in outlet.hosts}
        self._stored_body = stored_body
        self._now, self._is_again, self._room, self._is_stopped = now, is_again, limit, is_stopped
        self._seen: set[str] = set()
        self._waiting: set[str] = set()  # seen, known and not due
        self._closed = set() if is_again else closed_hosts(known.values(), now)
        self._pages: Counter[str] = Counter()  # queued, by outlet
        self._untold = {host_of(each.url) for each in known.values() if is_change_untold(each)}  # their sitemaps miss changes

    def begin(self) -> None:
        """Offer what sources.toml names. Raises SettingsInvalid for a list of URLs that cannot be read."""
        for key, outlet in self.declared.outlets.items():
            given = {"feed": outlet.feeds, "sitemap": outlet.sitemaps, "front": outlet.fronts, "list": outlet.lists, PAGE: outlet.pages}
            for kind, urls in given.items():
                for url in urls:
                    self.offer(Target(url, kind, key))
            if outlet.robots_sitemaps:  # also where nothing is due for which robots.txt would be read
                for url in stored_sitemaps(outlet.given, self.known, self._stored_body):
                    self.offer(Target(url, "sitemap", key))
            for path in outlet.page_files:
                for url in urls_in(path):
                    self.offer(Target(url, PAGE, key))

    def offer(self, target: Target) -> str | None:
        """Queue `target` where it is new to this run, on a host of an outlet, and due; else say why not, where it is to be told."""
        if target.url in self._seen and not (target.url in self._waiting and self._is_due(self.known[target.url], target)):
            return None
        owner = self.owner(target.url)
        if owner is None:
            self.tally.outside += 1
            return "outside"
        if target.redirects > MOST_REDIRECTS:
            return "too_many_redirects"
        self._seen.add(target.url)
        known = self.known.get(target.url)
        if known is None or self._is_due(known, target):
            self.tally.not_due -= target.url in self._waiting
            self._waiting.discard(target.url)
            self._queue(target, owner)
        else:
            self.tally.not_due += 1
            self._waiting.add(target.url)
            self._follow(target, known)
        return None

    def offer_links(self, target: Target, body: bytes) -> None:
        """Offer what a list names."""
        if target.kind in SHOWS_LINKS and self.declared.outlets[target.outlet_id].announced_feeds:
            for url in feeds_in(target.url, body):
                self.offer(Target(url, "feed", target.outlet_id, target.url))
        links: Links = links_in(target.kind, target.url, body)
        for url in links.sitemaps:
            self.offer(Target(url, "sitemap", target.outlet_id, target.url, changed_at=links.changed_at.get(url)))
        for url in links.pages:
            self.offer(Target(url, PAGE, target.outlet_id, target.url, changed_at=links.changed_at.get(url)))

    def offer_sitemaps(self, outlet_id: str, robots_url: str, urls: Iterable[str]) -> None:
        """Offer what a robots.txt names, where the outlet is harvested so."""
        if self.declared.outlets[outlet_id].robots_sitemaps:
            for url in urls:
                self.offer(Target(url, "sitemap", outlet_id, robots_url))

    def retry(self, target: Target) -> None:
        """Ask for it again, before all others of its host."""
        self.queue_of(target.url).put(target, is_first=True)

    def owner(self, url: str) -> str | None:
        """The outlet that has the URL's host."""
        return self._owners.get(host_of(url))

    def queue_of(self, url: str) -> HostQueue:
        """The queue of the URL's host."""
        host = host_of(url)
        if host not in self.hosts:
            outlet = self.declared.outlets[self._owners[host]]
            between = self.declared.seconds_between if outlet.seconds_between is None else outlet.seconds_between
            self.hosts[host] = HostQueue(host, Pace(between, self._is_stopped, Random()))
            self.hosts[host].is_given_up = host in self._closed
        return self.hosts[host]

    def unserved(self) -> Iterator[HostQueue]:
        """Hosts with something to do that nobody sees to."""
        return (host for host in self.hosts.values() if len(host) and not host.is_served)

    def measure(self, seconds_a_request: float) -> None:
        """Tell the tally what is left: hosts work side by side, so the longest queue says how long."""
        self.tally.queued = sum(map(len, self.hosts.values()))
        self.tally.seconds_left = max(
            (len(host) * (host.pace.seconds_between + seconds_a_request) for host in self.hosts.values()), default=0.0
        )

    def _queue(self, target: Target, owner: str) -> None:
        if target.kind == PAGE:
            most = self.declared.outlets[owner].most_pages or self.declared.most_pages
            if self._pages[owner] >= most or (self._room is not None and self._pages.total() >= self._room):
                self.tally.left += 1
                return
            self._pages[owner] += 1
        self.queue_of(target.url).put(target)

    def _follow(self, target: Target, known: KnownFetch) -> None:
        """What is not asked for now still leads where it led."""
        if known.location:
            self.offer(Target(known.location, target.kind, target.outlet_id, target.url, target.redirects + 1))
        elif target.kind in NAMES_LINKS and known.warc_uri:
            body = self._stored_body(known)
            if body is None:
                self._queue(Target(target.url, target.kind, target.outlet_id, is_whole=True), str(self.owner(target.url)))
            else:
                self.offer_links(target, body)

    def _is_due(self, known: KnownFetch, target: Target) -> bool:
        if self._is_again:
            return True
        if known.due_at is not None and known.due_at <= self._now:
            return host_of(target.url) in self._untold or not is_left_alone(target.changed_at, known, target.kind, self._now)
        is_gone = known.http_status in GONE or known.outcome == "skipped"
        return not is_gone and is_changed_since(target.changed_at, known.requested_at, known.outcome, target.kind, self._now)


def closed_hosts(known: Iterable[KnownFetch], now: datetime) -> set[str]:
    """Hosts that wanted to be left alone for longer than a run waits, and still do: the next runs leave them alone, too."""
    return {host_of(each.url) for each in known if each.reason == "throttled" and each.due_at and each.due_at > now}
