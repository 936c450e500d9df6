"""One request to one URL: asked, settled, and written down."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from tasks.harvesting.connecting import Connections
from tasks.harvesting.fetch_log import FetchLog
from tasks.harvesting.fetching import REDIRECTS, FetchLimits, HttpAnswer, NoAnswer, digest_of, fetch, unpacked_body
from tasks.harvesting.frontier import Frontier, StoredBody
from tasks.harvesting.host_queue import HostQueue, Target
from tasks.harvesting.pace import MOST_WAIT, SharedPaces
from tasks.harvesting.warc_records import NOT_MODIFIED, SAME_PAYLOAD
from tasks.harvesting.web_urls import web_url

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


class Visitor:
    """Makes the requests of one harvest."""

    def __init__(
        self, frontier: Frontier, log: FetchLog, connections: Connections, stored_body: StoredBody, *,
        user_agent: str, limits: FetchLimits, hosts_at_once: int,
    ) -> None:  # fmt: skip
        self._frontier, self._log, self._connections, self._stored_body = frontier, log, connections, stored_body
        self._agent, self._limits = user_agent, limits
        self._slots = asyncio.Semaphore(hosts_at_once)
        self._paces = SharedPaces()
        self.seconds = 0.3  # that a request takes, as a running mean

    async def visit(self, host: HostQueue, target: Target) -> Visit:
        """One request, written down."""
        if not await host.pace.turn():
            return Visit()
        address = await self._connections.address_of(host.host, target.url) if self._frontier.declared.is_paced_by_address else None
        async with self._paces.turn(address, host.pace) as is_granted:
            return await self._ask(host, target) if is_granted else Visit()

    async def _ask(self, host: HostQueue, target: Target) -> Visit:
        known = None if target.is_whole else self._frontier.known.get(target.url)
        async with self._slots:
            try:
                answer = await fetch(self._connections, host.host, target.url, target.kind, self._headers(target, known), self._limits)
                host.failures = 0
                visit = self._settle(host, target, answer)
            except NoAnswer as none:
                visit = self._settle_without(host, target, none)
            finally:
                host.pace.asked()
        return visit

    def _settle(self, host: HostQueue, target: Target, answer: HttpAnswer) -> Visit:
        """Raises NoAnswer for a body that cannot be unpacked."""
        self.seconds += (answer.seconds - self.seconds) / 20
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

    def _settle_not_modified(self, target: Target, answer: HttpAnswer) -> Visit:
        self._log.answered(target, answer, "unchanged", revisit=NOT_MODIFIED)
        if target.kind == "page":
            return Visit(answer.status)
        body = self._stored_body(self._frontier.known[target.url])
        return Visit(answer.status, body, is_to_retry=body is None)

    def _settle_refused(self, host: HostQueue, target: Target, answer: HttpAnswer) -> Visit:
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
