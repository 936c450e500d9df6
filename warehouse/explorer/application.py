"""The explorer as an application: a route per view, CSV of any query, and what stands around them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from warehouse.errors import BroadsheetError, CatalogUnreachable, QueryInvalid, SnapshotLocked, SnapshotUnknown, WarehouseUnusable
from warehouse.explorer.headers import Shielded
from warehouse.explorer.looking import Look, LookLimits, looking, within
from warehouse.explorer.rendering import page
from warehouse.explorer.views import VIEWS
from warehouse.inert_text import write_csv
from warehouse.state import Place, states

HERE = Path(__file__).parent
FILES = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
STATUS = {QueryInvalid: 400, SnapshotUnknown: 404, WarehouseUnusable: 503, SnapshotLocked: 503, CatalogUnreachable: 503}
HEADINGS = {
    400: "This cannot be asked",
    404: "This is not there",
    503: "The warehouse cannot be read now",
}
AT_ONCE = 4  # looks of a kind; others wait for WAIT_SECONDS
WAIT_SECONDS = 5.0
CHUNK_ROWS = 1_000
NAME_CHARACTERS = 60


class Busy(Exception):
    """As many looks of a kind as may be are under way."""


@dataclass(frozen=True, slots=True)
class Places:
    """So many at once: a query of the reader's own, and a download, take nothing from the views."""

    free: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Raises Busy after WAIT_SECONDS."""
        if not self.free.acquire(timeout=WAIT_SECONDS):
            raise Busy
        try:
            yield
        finally:
            self.free.release()


@dataclass(frozen=True, slots=True)
class Explorer:
    """Views of one home or lake; `as_of`: of an older state, where the URL names none."""

    place: Place
    as_of: str | None
    limits: LookLimits
    views: Places = field(default_factory=Places)
    queries: Places = field(default_factory=Places)
    downloads: Places = field(default_factory=Places)

    def view(self, name: str) -> Callable[[Request], Response]:
        """The endpoint of a view. Each request opens the state that is published then, and closes it."""

        def answer(request: Request) -> Response:
            frame = self.frame(name, request)
            with (self.queries if name == "sql" else self.views).inside(), self._look(request, name) as look:
                told = VIEWS[name](look)
                state = next(iter(look.rows("snapshot")), None)
            return HTMLResponse(page(told.pop("template", name or "home"), **frame | {"state": state} | told), told.get("status", 200))

        return answer

    def csv(self, request: Request) -> Response:
        """All rows of a query, as they come. Raises QueryInvalid."""
        asked = "".join(letter for letter in request.query_params.get("name", "rows") if letter.isalnum() or letter in "_-")
        headers = {
            "Content-Disposition": f'attachment; filename="broadsheet-{asked.encode("ascii", "ignore").decode()[:NAME_CHARACTERS]}.csv"'
        }
        if request.method == "HEAD":
            return Response(media_type="text/csv; charset=utf-8", headers=headers)
        lines = self._lines(request)
        return StreamingResponse(chain([next(lines)], lines), media_type="text/csv; charset=utf-8", headers=headers)

    def frame(self, view: str, request: Request) -> dict[str, Any]:
        """What every page is told."""
        return {"view": view, "given": _given(request), "is_older": "as_of" in request.path_params, "state": None,
                "states": states(self.place)}  # fmt: skip

    def _look(self, request: Request, view: str = "") -> AbstractContextManager[Look]:
        return looking(self.place, request.path_params.get("as_of", self.as_of), _given(request), self.limits, view)

    def _lines(self, request: Request) -> Iterator[str]:
        """The first, with the names of columns, stands for the whole answer having begun. A reader who is gone closes this."""
        with self.downloads.inside(), self._look(request) as look:
            answer = look.begin(look.given.get("query", ""))
            rows: list[Any] = [[name for name, *_ in answer.description or ()]]
            while rows:
                with StringIO(newline="") as text:
                    write_csv(text, rows, is_raw=False)
                    yield text.getvalue()
                with within(look.con, look.limits.seconds):
                    rows = answer.fetchmany(CHUNK_ROWS)


def application(place: Place, as_of: str | None = None, limits: LookLimits | None = None) -> ASGIApp:
    """The explorer of a home or a lake, to be served or mounted anywhere: its links are relative. A Doorkeeper tells who may call it."""
    explorer = Explorer(place.absolute() if isinstance(place, Path) else place, as_of, limits or LookLimits())

    def routes() -> list[BaseRoute]:
        views = [Route(f"/{name}", explorer.view(name)) for name in VIEWS]
        return [*views, Route("/rows.csv", explorer.csv), *(Route(f"/{name}", _file(name)) for name in FILES)]

    def told(request: Request, error: Exception) -> Response:
        status, words = _words(error)
        headers = {"Retry-After": "5"} if status == 503 else {}
        frame = explorer.frame("", request) | {"given": Given()}
        return HTMLResponse(page("told", heading=HEADINGS.get(status, "This is not there"), told=words, **frame), status, headers)

    handled: Mapping[Any, Any] = {BroadsheetError: told, Busy: told, HTTPException: told}
    return Shielded(Starlette(routes=[Mount("/at/{as_of}", routes=routes()), *routes()], exception_handlers=handled))


def _file(name: str) -> Callable[[Request], Response]:
    content = (HERE / name).read_bytes()
    return lambda _: Response(content, headers={"Content-Type": FILES[name], "Cache-Control": "max-age=3600"})


class Given(dict[str, str]):
    """Parameters of a URL that say something; any other is None to a template."""

    def __missing__(self, name: str) -> None:
        return None


def _given(request: Request) -> Given:
    """The last value of each, without U+0000: at it DuckDB would take a query for ended."""
    told = {name: value.replace("\0", "") for name, value in request.query_params.items()}
    return Given({name: value for name, value in told.items() if value.strip()})


def _words(error: Exception) -> tuple[int, str]:
    if isinstance(error, Busy):
        return 503, "Expected a free place, but as many questions as may be are being answered. Ask again in a few seconds."
    if isinstance(error, HTTPException):
        return error.status_code, "Expected the address of a view; there is none here." if error.status_code == 404 else str(error.detail)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return status, str(error)
