"""One harvest: hosts side by side, each asked by one worker, one request at a time."""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from tasks.harvesting.connecting import Connections
from tasks.harvesting.fetch_log import FetchLog
from tasks.harvesting.fetching import REDIRECTS
from tasks.harvesting.frontier import NAMES_LINKS, Frontier, StoredBody
from tasks.harvesting.host_queue import HostQueue, Target
from tasks.harvesting.pace import Stopped
from tasks.harvesting.robots import ALL_ALLOWED, MOST_REDIRECTS, UNREACHABLE, RobotsRules, rules_in
from tasks.harvesting.visits import NOT_CHANGED, THROTTLED, Visit, Visitor
from tasks.harvesting.web_urls import origin_of
from warehouse.fetch_reasons import SKIPPED

SECONDS_BETWEEN_LOOKS = 0.25  # of whoever watches
PATIENCE_SECONDS = 5.0  # for requests under way, once a stop was asked for


class Harvester:
    """Asks for what the frontier holds until it holds nothing."""

    def __init__(
        self, frontier: Frontier, log: FetchLog, visitor: Visitor, connections: Connections, stored_body: StoredBody, *,
        is_stopped: Stopped, watch: Callable[[], None],
    ) -> None:  # fmt: skip
        self._frontier, self._log, self._visitor, self._connections, self._stored_body = frontier, log, visitor, connections, stored_body
        self._is_stopped, self._watch = is_stopped, watch
        self._rules: dict[str, RobotsRules] = {}
        self._told = 0.0

    async def run(self) -> None:
        """Until nothing is left, or a stop is asked for: then requests under way have some seconds. Raises StorageFailed."""
        asking, stopped_at = asyncio.create_task(self._ask()), math.inf
        while not (await asyncio.wait([asking], timeout=SECONDS_BETWEEN_LOOKS))[0]:
            now = time.monotonic()
            stopped_at = min(stopped_at, now) if self._is_stopped() else math.inf
            if now - stopped_at > PATIENCE_SECONDS:
                asking.cancel()
        if not asking.cancelled():
            asking.result()

    async def _ask(self) -> None:
        async with asyncio.TaskGroup() as workers:
            self._serve_all(workers)

    def _serve_all(self, workers: asyncio.TaskGroup) -> None:
        for host in [] if self._is_stopped() else list(self._frontier.unserved()):
            host.is_served = True
            workers.create_task(self._serve(host, workers))

    async def _serve(self, host: HostQueue, workers: asyncio.TaskGroup) -> None:
        while not self._is_stopped() and (target := host.take()):
            await self._see_to(host, target)
            self._log.rotate_if_due()
            self._tell()
            self._serve_all(workers)
        await self._connections.close(host.host)
        host.is_served = False
        self._serve_all(workers)  # what was found for it meanwhile

    def _tell(self) -> None:
        """How far the harvest is, a few times a second."""
        if time.monotonic() - self._told >= SECONDS_BETWEEN_LOOKS:
            self._told = time.monotonic()
            self._frontier.measure(self._visitor.seconds)
            self._watch()

    async def _see_to(self, host: HostQueue, target: Target) -> None:
        """Ask for one URL, unless its site or its host is against it, and take up what it leads to."""
        reason = None if host.is_given_up else (await self._rules_of(host, target)).why_not(target.url)
        if host.is_given_up:  # also by what has become of its robots.txt
            reason = "host_given_up"
        if reason is None:
            self._take_up(host, target, await self._visitor.visit(host, target))
        elif not self._is_stopped():
            self._skip(target, reason)

    def _take_up(self, host: HostQueue, target: Target, visit: Visit) -> None:
        if visit.is_to_retry and not host.is_given_up:
            self._frontier.retry(_again(target, visit))
        elif visit.location:
            following = Target(visit.location, target.kind, target.outlet_id, target.url, target.redirects + 1)
            if reason := self._frontier.offer(following):
                self._skip(following, reason)
        elif target.kind in NAMES_LINKS and visit.body is not None:
            self._frontier.offer_links(target, visit.body)

    def _skip(self, target: Target, reason: str) -> None:
        self._log.without_answer(target, datetime.now(UTC), "skipped", reason, SKIPPED[reason])

    async def _rules_of(self, host: HostQueue, target: Target) -> RobotsRules:
        origin = origin_of(target.url)
        if origin not in self._rules:
            rules = await self._read_rules(host, Target(f"{origin}/robots.txt", "robots", target.outlet_id))
            host.pace.slow_to(rules.seconds_between)
            self._rules[origin] = rules
            self._frontier.offer_sitemaps(target.outlet_id, f"{origin}/robots.txt", rules.sitemaps(f"{origin}/robots.txt"))
        return self._rules[origin]

    async def _read_rules(self, host: HostQueue, target: Target) -> RobotsRules:
        known = self._frontier.known.get(target.url)
        if known and known.due_at and known.due_at > datetime.now(UTC) and known.outcome != "failed":
            if _is_absent(known.http_status):
                return ALL_ALLOWED
            if known.warc_uri and (body := self._stored_body(known)) is not None:
                return rules_in(body)
        while not host.is_given_up and not self._is_stopped():
            visit = await self._visitor.visit(host, target)
            if visit.body is not None:
                return rules_in(visit.body)
            if visit.is_to_retry:
                target = _again(target, visit)
            elif visit.location and target.redirects < MOST_REDIRECTS and self._frontier.owner(visit.location):
                target = Target(visit.location, "robots", target.outlet_id, target.url, target.redirects + 1)
            else:  # RFC 9309, 2.3.1: what a server does not have forbids nothing, what it cannot say allows nothing
                is_absent = visit.status in REDIRECTS or _is_absent(visit.status)
                return ALL_ALLOWED if is_absent else RobotsRules(refusal=visit.refusal) if visit.refusal else UNREACHABLE
        return UNREACHABLE


def _is_absent(status: int | None) -> bool:
    return status is not None and 400 <= status < 500 and status not in THROTTLED


def _again(target: Target, visit: Visit) -> Target:
    """The next attempt; whole, where this one was told that nothing has changed and what there was is lost."""
    return replace(target, attempt=target.attempt + 1, is_whole=target.is_whole or visit.status == NOT_CHANGED)
