"""What every answer of the explorer says to the browser: run nothing, ask nobody, be framed by nobody, tell nobody where a reader was."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READING = ("GET", "HEAD")


class Shielded:
    """Adds HEADERS to every answer, and answers GET and HEAD only, from links and from its own pages only.

    A page of another site may link here. It may not have a browser load something from here, as an image that is a heavy query:
    browsers say so in Sec-Fetch-*. https://www.w3.org/TR/fetch-metadata/
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache, private")
            await send(message)

        answering = self._refusal(scope) or self._app
        await answering(scope, receive, shielded)

    @staticmethod
    def _refusal(scope: Scope) -> ASGIApp | None:
        if scope["method"] not in READING:
            return PlainTextResponse("expected GET or HEAD: nothing can be changed here", 405, {"Allow": ", ".join(READING)})
        said = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if said.get("sec-fetch-site") in ("cross-site", "same-site") and (
            said.get("sec-fetch-mode") != "navigate" or said.get("sec-fetch-dest") != "document"
        ):
            return PlainTextResponse("expected to be opened by a reader, not loaded by a page of another site", 403)
        return None
