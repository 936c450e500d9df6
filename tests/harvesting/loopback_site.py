"""Sites on loopback that are harvested: several addresses, one port, hosts told by the header Host; every request is kept."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: who asks may go at any time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a URL answers. A `body` that is a function writes to the connection itself, for answers that no server should give."""

    body: bytes | Callable[[socket.socket], None] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def html(cls, text: str, **headers: str) -> "Reply":
        return cls(
            text.encode(), headers={"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that came."""

    host: str
    path: str
    address: str  # that it came to
    began: float
    ended: float
    status: int
    sent: int  # bytes of the body
    headers: Mapping[str, str]


Pages = dict[tuple[str, str], Reply | Callable[[int], Reply]]  # (host, path) -> the reply, or what it is the n-th time, from 1


class Site:
    """Replies by host and path, and what was asked."""

    def __init__(self, pages: Pages, port: int = 0) -> None:
        self.pages = pages
        self.port = port
        self.hits: list[Hit] = []
        self.closing: set[str] = set()  # hosts that end a connection with each answer
        self.keeps_hits = True
        self._lock = threading.Lock()
        self._times: dict[tuple[str, str], int] = {}

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def reply(self, host: str, path: str) -> Reply:
        """What this request gets."""
        with self._lock:
            self._times[host, path] = self._times.get((host, path), 0) + 1
            found = self.pages.get((host, path), Reply(b"nothing here", 404))
            return found if isinstance(found, Reply) else found(self._times[host, path])

    def keep(self, hit: Hit) -> None:
        if self.keeps_hits:
            with self._lock:
                self.hits.append(hit)

    def asked(self, host: str | None = None) -> list[str]:
        """Paths that were asked for, in order, robots.txt left out."""
        return [hit.path for hit in self.hits if host in (None, hit.host) and hit.path != "/robots.txt"]

    @contextmanager
    def serving(self, *addresses: str) -> Iterator["Site"]:
        """Answer on these loopback addresses, all on one port."""
        with ExitStack() as stack:
            for address in addresses:
                server = _Server((address, self.port), self._handler(address))
                self.port = server.server_port
                thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
                thread.start()
                stack.callback(server.server_close)
                stack.callback(server.shutdown)
            yield self

    def _handler(self, address: str) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            disable_nagle_algorithm = True  # headers and body are two writes

            def do_GET(self) -> None:
                began, host = time.monotonic(), self.headers.get("Host", "").partition(":")[0]
                reply = site.reply(host, self.path)
                asked = dict(self.headers.items())
                status = 304 if _is_same(asked, reply) else reply.status
                sent = self._send(reply, status, host)
                site.keep(Hit(host, self.path, address, began, time.monotonic(), status, sent, asked))

            def _send(self, reply: Reply, status: int, host: str) -> int:
                body = reply.body
                if callable(body):
                    self.close_connection = True
                    with suppress(OSError):  # who asked has had enough
                        body(self.connection)
                    return 0
                body = b"" if status == 304 else body
                self.send_response(status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                if host in site.closing:
                    self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)
                return len(body)

            def log_message(self, *_args: object) -> None:
                """Nothing: requests are kept."""

        return Handler


def _is_same(asked: Mapping[str, str], reply: Reply) -> bool:
    etag, modified = reply.headers.get("ETag"), reply.headers.get("Last-Modified")
    return (etag is not None and asked.get("If-None-Match") == etag) or (
        modified is not None and asked.get("If-None-Match") is None and asked.get("If-Modified-Since") == modified
    )
