"""Frames as a worker stages them, so that a test of the warehouse can load what it has drawn."""

import secrets
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.staging.stage_in_store import stage_in_store
from tasks.staging.stage_tables import stage_tables
from warehouse.connection import Connection, open_snapshot
from warehouse.lake.address import LakeAddress
from warehouse.lake.commit import LakeBatch, commit_batch
from warehouse.lake.turn import in_turn
from warehouse.staged_tables import PlacedPage, StagedTables
from warehouse.tables import Contract, Pages
from warehouse.upsert import load_batch

COUNT = "SELECT count(*) FROM raw.pages"
Frames = Mapping[type[Contract], pl.DataFrame]


def staged(folder: Path, frames: Frames, *, known: Collection[str] = ()) -> StagedTables:
    """Frames as one batch whose bytes lie where its pages say."""
    pages = frames[Pages].select("page_id", "warc_uri", "warc_offset").rows() if Pages in frames else []
    return StagedTables(stage_tables(folder, "batch", frames), known=known, placed=[PlacedPage(*page) for page in pages])


def load_frames(con: "Connection | LakeConnection", frames: Frames, *, known: Collection[str] = ()) -> dict[str, int]:
    """Stage and load them; into a lake where the connection is of one."""
    if isinstance(con, LakeConnection):
        return load_into_lake(con, frames)
    with tempfile.TemporaryDirectory() as folder:
        return load_batch(con, staged(Path(folder), frames, known=known))


@dataclass
class LakeConnection:
    """A connection to a lake that knows whose it is; asked like any other."""

    con: Connection
    address: LakeAddress

    def execute(self, query: str, values: object = None) -> Connection:
        return self.con.execute(query, values)


def load_into_lake(lake: LakeConnection, frames: Frames) -> dict[str, int]:
    """As one batch, of the run that its pages are of."""
    stored = stage_in_store(lake.address.store, "batch", frames, [])
    ids = frames[Pages].get_column("page_id").to_list() if Pages in frames else []
    run_id = frames[Pages]["run_id"][0] if ids else "0" * 16
    batch = LakeBatch(secrets.token_hex(8), run_id, stored.tables, stored.rows, ids, entry=lambda _: None)
    return in_turn(lake.con, lake.address, lambda turn: commit_batch(lake.con, batch, turn)).inserted


def count(home: Path) -> int:
    """Pages in what is published."""
    with open_snapshot(home) as snapshot:
        return int(snapshot.execute(COUNT).fetchall()[0][0])
