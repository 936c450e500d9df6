"""One request and its whole answer, or why there is none: bounded in time, in bytes transferred and in bytes unpacked."""

import hashlib
import ssl
import time
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import anyio
import httpcore

from tasks.harvesting.addresses import AddressForbidden
from tasks.harvesting.connecting import CONNECT_SECONDS, Connections
from tasks.sources.http_message import Headers, Response
from tasks.sources.http_payload import unpack_payload
from tasks.sources.media_type import may_be_html
from tasks.sources.page import PageUnreadable

REDIRECTS = frozenset({301, 302, 303, 307, 308})
WITH_BODY = frozenset({200, 203})
DRAINED_BYTES = 256 * 1024  # of a body that nobody wants: read, so that the connection can be used again
PAGE = "page"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Of one request. `body_bytes` also bounds what is transferred."""

    seconds: float
    body_bytes: int


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a server has sent: the body as transferred, without chunks."""

    url: str
    sent: Headers
    status: int
    phrase: str
    headers: Headers
    packed: bytes
    address: str | None
    asked_at: datetime
    seconds: float

    def header(self, name: str) -> str | None:
        """The last header of this name, in lower case."""
        return Response(self.status, self.headers, b"").header(name)


class NoAnswer(Exception):
    """There is no whole answer. `reason` is one of warehouse.fetch_reasons; where nothing was sent, `is_sent` is False."""

    def __init__(
        self, reason: str, detail: str, *, is_sent: bool = True, answer: HttpAnswer | None = None, asked_at: datetime | None = None
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.is_sent = is_sent
        self.answer = answer  # as far as it came
        self.asked_at = asked_at or (answer.asked_at if answer else datetime.now(UTC))


async def fetch(connections: Connections, host: str, url: str, kind: str, headers: Headers, limits: FetchLimits) -> HttpAnswer:
    """GET `url`, over a connection of the worker that asks `host`. A body that nobody wants is not transferred. Raises NoAnswer."""
    asked_at, clock = datetime.now(UTC), time.monotonic()
    try:
        with anyio.fail_after(limits.seconds):
            return await _exchange(connections, host, url, kind, headers, limits, asked_at)
    except AddressForbidden as error:
        raise NoAnswer("address_forbidden", str(error), is_sent=False) from error
    except (TimeoutError, httpcore.TimeoutException) as error:
        took = time.monotonic() - clock
        raise NoAnswer(
            "too_slow", f"expected a whole answer within {limits.seconds:g} s, had none after {took:.1f} s", asked_at=asked_at
        ) from error
    except httpcore.ConnectError as error:
        raise NoAnswer("connection_failed", f"expected a connection, came: {error}"[:300], asked_at=asked_at) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ConnectionNotAvailable, ssl.SSLError) as error:
        raise NoAnswer(
            "connection_lost", f"expected a whole answer, came: {type(error).__name__}: {error}"[:300], asked_at=asked_at
        ) from error
    except (OSError, UnicodeError) as error:  # of the resolver; a name with a label of 64 characters is a UnicodeError
        raise NoAnswer("name_unresolved", f"expected the name to have an address, came: {error}"[:300], is_sent=False) from error


async def _exchange(
    connections: Connections, host: str, url: str, kind: str, headers: Headers, limits: FetchLimits, asked_at: datetime
) -> HttpAnswer:
    clock = time.monotonic()
    request = httpcore.Request("GET", url, headers=_encoded(headers), extensions={"timeout": {"connect": CONNECT_SECONDS}})
    response = await connections.send(host, request)
    try:
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        came = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
        phrase = response.extensions.get("reason_phrase", b"").decode("latin-1")
        head = HttpAnswer(url, headers, response.status, phrase, came, b"", str(peer[0]) if peer else None, asked_at, 0.0)
        packed = await _body(response, head, kind, limits.body_bytes) if response.status in WITH_BODY else await _drained(response)
    finally:
        await response.aclose()
    return HttpAnswer(url, headers, head.status, phrase, came, packed, head.address, asked_at, time.monotonic() - clock)


async def _body(response: httpcore.Response, head: HttpAnswer, kind: str, most: int) -> bytes:
    """Raises NoAnswer where it is no page that comes, or more than `most` bytes."""
    if kind == PAGE and not may_be_html(head.header("content-type")):
        raise NoAnswer("not_html", f"expected a page, it is {head.header('content-type')}", answer=head)
    declared = head.header("content-length") or ""
    parts: list[bytes] = []
    size = int(declared[:18]) if declared.isdecimal() else 0
    if size <= most:
        size = 0
        async for part in response.aiter_stream():
            parts.append(part)
            size += len(part)
            if size > most:
                break
    if size > most:
        raise NoAnswer("too_large", f"expected at most {most} bytes, {size} were declared or came", answer=head)
    return b"".join(parts)


async def _drained(response: httpcore.Response) -> bytes:
    """Nothing, after what came with an answer that has no page in it."""
    size = 0
    async for part in response.aiter_stream():
        size += len(part)
        if size > DRAINED_BYTES:
            break
    return b""


def unpacked_body(answer: HttpAnswer, most: int) -> bytes:
    """The body without its packing. Raises NoAnswer where it is broken, or unpacks to more than `most` bytes."""
    headers = tuple(each for each in answer.headers if each[0].lower() != "transfer-encoding")  # chunks are undone already
    try:
        return unpack_payload(Response(answer.status, headers, answer.packed), most)
    except PageUnreadable as error:
        reason = "too_large" if error.reason == "input_too_large" else error.reason
        raise NoAnswer(reason, error.detail, answer=answer) from error


def digest_of(body: bytes) -> str:
    """As raw.pages has it: SHA-1 of the unpacked body in Base32."""
    return "sha1:" + b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def _encoded(headers: Sequence[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers]
