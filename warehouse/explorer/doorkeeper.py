"""Who may call a server that asks nobody who they are."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")  # by which a browser of this machine may call it
PLAIN = (80, 443)  # ports that a browser leaves out of a name


class Doorkeeper:
    """Lets in who calls this server by a name of its own, from itself: no name that an attacker has led to loopback, no page of the web.

    Such a server starts runs, or shows a warehouse; a web page that somebody of this machine has open could call it otherwise.
    https://en.wikipedia.org/wiki/DNS_rebinding
    """

    def __init__(self, app: ASGIApp, port: int, others: Iterable[str] = ()) -> None:
        """`others`: names besides NAMES, such as that of a proxy before it; with the port that stands in them, or with none."""
        self._app = app
        self._hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port in PLAIN else set()) | {name.lower() for name in others}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._is_known(dict(scope["headers"])):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            told = f"expected to be called as {' or '.join(sorted(self._hosts))}, from no other site"
            await PlainTextResponse(told, status_code=421)(scope, receive, send)

    def _is_known(self, headers: dict[bytes, bytes]) -> bool:
        host, origin = (headers.get(name, b"").decode("latin-1").lower() for name in (b"host", b"origin"))
        return host in self._hosts and (not origin or urlsplit(origin).netloc in self._hosts)
