"""The explorer of a home, really served, and what it answers."""

import csv
import io
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import uvicorn
from lxml import html
from starlette.applications import Starlette
from starlette.routing import Mount

from flows.commands.explore import listening_at
from warehouse.explorer.application import application
from warehouse.explorer.doorkeeper import Doorkeeper
from warehouse.explorer.looking import LookLimits
from warehouse.state import Place

ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def tree(self) -> Any:
        return html.fromstring(self.text)

    def cells(self, table: str) -> list[list[str]]:
        """Texts of the rows of the table in this section."""
        rows = self.tree.xpath(f"//section[@id='{table}']//tbody/tr")
        return [[cell.text_content() for cell in row.xpath("td")] for row in rows]

    def links(self) -> list[str]:
        return [str(link) for link in self.tree.xpath("//a/@href")]

    def link(self, label: str, table: str = "") -> str:
        """The address that a link leads to, by its label, in a section or anywhere."""
        inside = f"//section[@id='{table}']" if table else ""
        (found, *_) = self.tree.xpath(f"{inside}//a[normalize-space()='{label}']/@href")
        return urljoin(self.url, str(found))

    def query(self, table: str) -> str:
        """The query that `as SQL` of this section leads to."""
        return parse_qs(urlsplit(self.link("as SQL", table)).query)["query"][0]

    def csv(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.text, newline="")))


@dataclass(frozen=True)
class Site:
    url: str

    def get(self, address: str = "", method: str = "GET", **headers: str) -> Answer:
        url = urljoin(self.url, address)
        request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as said:
                return Answer(url, said.status, dict(said.headers), said.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(url, error.code, dict(error.headers), error.read().decode())


@contextmanager
def exploring(
    place: Place, *, as_of: str | None = None, seconds: float = 30.0, names: tuple[str, ...] = (), below: str = ""
) -> Iterator[Site]:
    """Serve the explorer of a home or a lake on a port of its own while inside; `below` a path, as `broadsheet serve` does."""
    with listening_at("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        app = application(place, as_of, LookLimits(seconds=seconds))
        app = Doorkeeper(Starlette(routes=[Mount(below, app)]) if below else app, port, names)
        server = uvicorn.Server(uvicorn.Config(app, http="h11", loop="asyncio", ws="none", lifespan="off", log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{port}{below}/")
        finally:
            server.should_exit = True
            thread.join()
