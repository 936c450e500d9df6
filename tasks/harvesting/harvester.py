"""One harvest: hosts side by side, each asked by one worker, one request at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpcore

from tasks.harvesting.fetch_log import FetchLog
from tasks.harvesting.fetching import REDIRECTS, Answer, FetchLimits, NoAnswer, digest_of, fetch, unpacked_body
from tasks.harvesting.frontier import NAMES_LINKS, Frontier, HostQueue, StoredBody, Target
from tasks.harvesting.pace import MOST_WAIT
from tasks.harvesting.robots import ALL_ALLOWED, MOST_REDIRECTS, UNREACHABLE, RobotsRules, rules_in
from tasks.harvesting.warc_records import NOT_MODIFIED, SAME_PAYLOAD
from tasks.harvesting.web_urls import origin_of, web_url
from warehouse.fetch_reasons import SKIPPED

NOT_CHANGED = 304
MOST_ATTEMPTS = 3
MOST_FAILURES = 5  # of a host, in a row
THROTTLED = frozenset({429, 503})
OF_THE_HOST = frozenset({"connection_failed", "connection_lost", "too_slow", "name_unresolved"})
TRIED_AGAIN = frozenset({"connection_failed", "connection_lost"})
ASKED_FOR = {"page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"}


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one request."""

    status: int | None = None
    body: bytes | None = None
    location: str | None = None
    is_to_retry: bool = False
    refusal: str | None = None  # why nothing could be sent to the host


class Harvester:
    """Asks for what the frontier holds until it holds nothing."""

    def __init__(
        self, frontier: Frontier, log: FetchLog, pool: httpcore.AsyncConnectionPool, stored_body: StoredBody, *,
        user_agent: str, limits: FetchLimits, hosts_at_once: int, is_stopped: Callable[[], bool], watch: Callable[[], None],
    ) -> None:  # fmt: skip
        self._frontier, self._log, self._pool, self._stored_body = frontier, log, pool, stored_body
        self._agent, self._limits, self._is_stopped, self._watch = user_agent, limits, is_stopped, watch
        self._slots = asyncio.Semaphore(hosts_at_once)
        self._rules: dict[str, RobotsRules] = {}
        self._seconds = 0.3  # that a request takes, as a running mean

    async def run(self) -> None:
        """Until nothing is left, or a stop is asked for. Raises StorageFailed."""
        async with self._pool, asyncio.TaskGroup() as workers:
            self._serve_all(workers)

    def _serve_all(self, workers: asyncio.TaskGroup) -> None:
        for host in list(self._frontier.unserved()):
            host.is_served = True
            workers.create_task(self._serve(host, workers))

    async def _serve(self, host: HostQueue, workers: asyncio.TaskGroup) -> None:
        while not self._is_stopped() and (target := host.take()):
            await self._see_to(host, target)
            self._log.rotate_if_due()
            self._frontier.measure(self._seconds)
            self._watch()
            self._serve_all(workers)
        host.is_served = False

    async def _see_to(self, host: HostQueue, target: Target) -> None:
        """Ask for one URL, unless its site or its host is against it, and take up what it leads to."""
        reason = None if host.is_given_up else (await self._rules_of(host, target)).why_not(target.url)
        if host.is_given_up:  # also by what has become of its robots.txt
            reason = "host_given_up"
        if reason is None:
            self._take_up(host, target, await self._visit(host, target))
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
        return self._rules[origin]

    async def _read_rules(self, host: HostQueue, target: Target) -> RobotsRules:
        known = self._frontier.known.get(target.url)
        if known and known.due_at and known.due_at > datetime.now(UTC) and known.outcome != "failed":
            if known.http_status and 400 <= known.http_status < 500 and known.http_status not in THROTTLED:
                return ALL_ALLOWED
            if known.warc_uri and (body := self._stored_body(known)) is not None:
                return rules_in(body)
        while not host.is_given_up and not self._is_stopped():
            visit = await self._visit(host, target)
            if visit.body is not None:
                return rules_in(visit.body)
            if visit.is_to_retry:
                target = _again(target, visit)
            elif visit.location and target.redirects < MOST_REDIRECTS and self._frontier.owner(visit.location):
                target = Target(visit.location, "robots", target.outlet_id, target.url, target.redirects + 1)
            else:  # RFC 9309, 2.3.1: what a server does not have forbids nothing, what it cannot say allows nothing
                is_absent = visit.status is not None and visit.status < 500 and visit.status not in THROTTLED
                return ALL_ALLOWED if is_absent else RobotsRules(refusal=visit.refusal) if visit.refusal else UNREACHABLE
        return UNREACHABLE

    async def _visit(self, host: HostQueue, target: Target) -> Visit:
        """One request, written down."""
        if not await host.pace.turn():
            return Visit()
        known = None if target.is_whole else self._frontier.known.get(target.url)
        async with self._slots:
            try:
                answer = await fetch(self._pool, target.url, target.kind, self._headers(target, known), self._limits)
                host.failures = 0
                visit = self._settle(host, target, answer)
            except NoAnswer as none:
                visit = self._settle_without(host, target, none)
            finally:
                host.pace.asked()
        return visit

    def _settle(self, host: HostQueue, target: Target, answer: Answer) -> Visit:
        """Raises NoAnswer for a body that cannot be unpacked."""
        self._seconds += (answer.seconds - self._seconds) / 20
        known = self._frontier.known.get(target.url)
        if answer.status == NOT_CHANGED and known is not None:
            return self._settle_not_modified(target, answer)
        if answer.status in REDIRECTS:
            location = web_url(answer.header("location") or "", answer.url) if answer.header("location") else None
            if location is None:
                raise NoAnswer("redirect_broken", f"expected a URL of the web in Location, came {answer.header('location')}", answer=answer)
            self._log.answered(target, answer, "redirected", location=location)
            return Visit(answer.status, location=location)
        if answer.status not in (200, 203):
            return self._settle_refused(host, target, answer)
        body = unpacked_body(answer, self._limits.body_bytes)
        digest = digest_of(body)
        outcome = "new" if known is None or known.digest is None else "unchanged" if known.digest == digest else "changed"
        is_kept = outcome == "unchanged" and known is not None and known.warc_uri is not None and not target.is_whole
        self._log.answered(target, answer, outcome, body=body, digest=digest, revisit=SAME_PAYLOAD if is_kept else None)
        return Visit(answer.status, body)

    def _settle_not_modified(self, target: Target, answer: Answer) -> Visit:
        self._log.answered(target, answer, "unchanged", revisit=NOT_MODIFIED)
        if target.kind == "page":
            return Visit(answer.status)
        body = self._stored_body(self._frontier.known[target.url])
        return Visit(answer.status, body, is_to_retry=body is None)

    def _settle_refused(self, host: HostQueue, target: Target, answer: Answer) -> Visit:
        if answer.status not in THROTTLED:
            self._log.answered(target, answer, "refused", reason="http_error", detail=f"HTTP {answer.status} {answer.phrase}")
            return Visit(answer.status)
        now = datetime.now(UTC)
        wait = host.pace.wait_after(answer.header("retry-after"), target.attempt, now)
        host.is_given_up = host.is_given_up or wait > MOST_WAIT
        host.pace.back_off(min(wait, MOST_WAIT))
        detail = f"HTTP {answer.status}: left alone for {wait:.0f} s"
        self._log.answered(target, answer, "refused", reason="throttled", detail=detail, due=now + timedelta(seconds=wait))
        return Visit(answer.status, is_to_retry=target.attempt < MOST_ATTEMPTS)

    def _settle_without(self, host: HostQueue, target: Target, none: NoAnswer) -> Visit:
        outcome = "failed" if none.is_sent else "skipped"
        self._log.without_answer(target, none.asked_at, outcome, none.reason, none.detail, none.answer)
        if none.reason in OF_THE_HOST and target.attempt == 1:
            host.failures += 1
            host.is_given_up = host.is_given_up or host.failures >= MOST_FAILURES
        is_to_retry = none.reason in TRIED_AGAIN and target.attempt < MOST_ATTEMPTS
        if is_to_retry:
            host.pace.back_off(host.pace.wait_after(None, target.attempt, none.asked_at))
        return Visit(none.answer.status if none.answer else None, is_to_retry=is_to_retry, refusal=None if none.is_sent else none.reason)

    def _headers(self, target: Target, known: object) -> tuple[tuple[str, str], ...]:
        validators = {"If-None-Match": getattr(known, "etag", None), "If-Modified-Since": getattr(known, "last_modified", None)}
        return (
            ("Host", urlsplit(target.url).netloc),
            ("User-Agent", self._agent),
            ("Accept", ASKED_FOR.get(target.kind, "*/*")),
            ("Accept-Encoding", "gzip, deflate"),
            *((name, value) for name, value in validators.items() if value),
        )


def _again(target: Target, visit: Visit) -> Target:
    """The next attempt; whole, where this one was told that nothing has changed and what there was is lost."""
    return replace(target, attempt=target.attempt + 1, is_whole=target.is_whole or visit.status == NOT_CHANGED)
