"""Articles for the warehouse, as a load would have left them: what tests of copies and their bench relate."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from tasks.loading.loader import Loader
from tasks.relation.addresses import address_of
from tasks.relation.relate import Related, relate, waiting
from tests.lake.loading import loader_of
from warehouse.connection import Connection
from warehouse.lake.address import LakeAddress
from warehouse.search.fold import fold
from warehouse.tables import Articles, Contract, Credits, Pages
from warehouse.tables.contract import polars_schema

RUN = "0" * 16
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Given:
    """One article, with what decides about copies. `published` None: the page has no date."""

    url: str
    body: str
    lang: str = "en"
    published: datetime | None = NOON
    precision: str = "minute"
    observed: datetime = NOON + timedelta(hours=2)
    is_cloaked: bool = False
    site_name: str | None = None
    sources: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    canonical: str | None = None

    @property
    def page_id(self) -> str:
        return digest(f"{self.url} {self.body}").hex()[:16]


@dataclass(frozen=True)
class Relater:
    """A loader of a file or a lake, and the home where the index of that lies."""

    loader: Loader
    home: Path

    @property
    def con(self) -> Connection:
        return self.loader.connection

    def relate(self, run_id: str, *given: "Given", **how: Any) -> Related:
        """Load these, and relate what is not related yet."""
        load(self.con, given)
        with self.loader.to_relate(self.home, lambda _: None, is_needed=True) as corpus:
            assert corpus is not None
            return relate(corpus, run_id, **how)

    def waiting(self) -> int:
        with self.loader.to_relate(self.home, lambda _: None, is_needed=True) as corpus:
            assert corpus is not None
            return waiting(corpus)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.con.execute(query).fetchall()


@contextmanager
def relater_of(place: Path | LakeAddress, home: Path, run_id: str = "e" * 16) -> Iterator[Relater]:
    with loader_of(place, run_id) as loader:
        yield Relater(loader, home)


def digest(text: str) -> bytes:
    return hashlib.sha1(text.encode()).digest()


def load(con: Connection, given: Sequence[Given]) -> None:
    """Write them with what stands beside them."""
    frames: dict[type[Contract], list[dict[str, object]]] = {
        Pages: [_page(each) for each in given],
        Articles: [_article(each) for each in given],
        Credits: [row for each in given for row in _credits(each)],
    }
    for contract, rows in frames.items():
        if rows:
            schema = {name: dtype for name, dtype in polars_schema(contract).items() if name in rows[0]}
            con.register("rows", pl.DataFrame(rows, schema=schema).to_arrow())
            con.execute(f"INSERT INTO {contract.TABLE} BY NAME SELECT * FROM rows")
            con.unregister("rows")


def _page(each: Given) -> dict[str, object]:
    return {
        "page_id": each.page_id, "url": each.url, "url_source": "sidecar", "canonical_url": each.canonical,
        "host": address_of(each.url).site, "observed_at": each.observed, "observed_source": "sidecar",
        "digest": "sha1:" + base64.b32encode(digest(each.body + each.url)).decode(), "byte_count": 1, "source_kind": "html_folder",
        "source_uri": each.page_id, "source_offset": 0, "warc_uri": "raw/one.warc.gz", "warc_offset": 0, "run_id": RUN,
    }  # fmt: skip


def _article(each: Given) -> dict[str, object]:
    folded = fold(each.body)
    kept = "".join(filter(str.isalnum, each.body.lower()))
    return {
        "page_id": each.page_id, "title": each.body[:40], "body": each.body, "body_folded": folded, "lang": each.lang, "tags": [],
        "site_name": each.site_name, "published_at": each.published, "published_precision": each.precision if each.published else None,
        "char_count": len(each.body), "paragraph_count": each.body.count("\n") + 1, "text_fingerprint": digest(kept).hex()[:16],
        "quality_flags": [], "is_cloaked": each.is_cloaked, "run_id": RUN,
    }  # fmt: skip


def _credits(each: Given) -> Iterable[dict[str, object]]:
    for role, names in (("source", each.sources), ("agency", each.agencies)):
        for position, name in enumerate(names, 1):
            yield {"page_id": each.page_id, "role": role, "position": position, "name": name, "as_printed": name, "run_id": RUN}
