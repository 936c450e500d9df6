"""The process that answers: Prefect's API and UI, and what else a team looks at, on one port of loopback."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi.staticfiles import StaticFiles
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from expectations.docs_index import FOLDER
from flows.environment import HOME
from flows.server_records import make_database
from flows.serving.children import when_parent_ends
from flows.serving.plan import BIND
from flows.temporary_server import DATABASE_NAME, HOST

NAMES = (HOST, "localhost")  # by which a browser of this machine may call it
GRACE_SECONDS = 3


def beside(home: Path) -> dict[str, ASGIApp]:
    """What is served beside Prefect: the place, and the app that answers there. An explorer would be a line here."""
    docs = home / FOLDER
    docs.mkdir(exist_ok=True)
    return {"/data-docs": StaticFiles(directory=docs, html=True)}


class Doorkeeper:
    """Lets in who calls this server by its own name, from itself: no name that an attacker has led to loopback, no page of the web.

    Prefect's API starts runs and asks nobody who they are; a web page that somebody of this machine has open could call it
    otherwise. https://en.wikipedia.org/wiki/DNS_rebinding
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())

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


def main() -> None:
    home, settings = Path(os.environ[HOME]), get_current_settings()
    port = urlsplit(settings.server.ui.api_url or "").port or 0
    database = settings.home / DATABASE_NAME
    when_parent_ends(lambda: os._exit(0))  # SQLite bears it, and the worker has told how its runs ended
    if not database.exists():
        make_database(database)
    app = create_app(final=True)
    for place, answering in beside(home).items():
        app.router.routes[:0] = [
            Route(place, lambda _, to=f"{place}/": RedirectResponse(to)),
            Mount(place, answering),
        ]  # before "/", the UI
    uvicorn.run(Doorkeeper(app, port), host=os.environ[BIND], port=port, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS)


if __name__ == "__main__":
    main()
