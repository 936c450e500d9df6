"""The process that answers: Prefect's API and UI, and what else a team looks at, on one port of loopback."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi.staticfiles import StaticFiles
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from expectations.docs_index import FOLDER
from flows.environment import HOME
from flows.place import place_of
from flows.server_records import make_database
from flows.serving.children import when_parent_ends
from flows.serving.first_page import first_page
from flows.serving.plan import BIND
from flows.temporary_server import DATABASE_NAME
from warehouse.explorer.application import application
from warehouse.explorer.doorkeeper import Doorkeeper

GRACE_SECONDS = 3


def beside(home: Path) -> dict[str, ASGIApp]:
    """What is served beside Prefect: the place, and the app that answers there."""
    docs = home / FOLDER
    docs.mkdir(exist_ok=True)
    return {"/data-docs": StaticFiles(directory=docs, html=True), "/explore": application(place_of(home))}


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
    app.router.routes.insert(0, Route("/", first_page))
    uvicorn.run(Doorkeeper(app, port), host=os.environ[BIND], port=port, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS)


if __name__ == "__main__":
    main()
