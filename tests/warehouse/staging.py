"""Frames as a worker stages them, so that a test of the warehouse can load what it has drawn."""

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl

from tasks.staging.stage_tables import stage_tables
from warehouse.connection import Connection, open_snapshot
from warehouse.staged_tables import PlacedPage, StagedTables
from warehouse.tables import Contract, Pages
from warehouse.upsert import load_batch

COUNT = "SELECT count(*) FROM raw.pages"
Frames = Mapping[type[Contract], pl.DataFrame]


def staged(folder: Path, frames: Frames, *, known: Collection[str] = ()) -> StagedTables:
    """Frames as one batch whose bytes lie where its pages say."""
    pages = frames[Pages].select("page_id", "warc_uri", "warc_offset").rows() if Pages in frames else []
    return StagedTables(stage_tables(folder, "batch", frames), known=known, placed=[PlacedPage(*page) for page in pages])


def load_frames(con: Connection, frames: Frames, *, known: Collection[str] = ()) -> dict[str, int]:
    """Stage and load them."""
    with tempfile.TemporaryDirectory() as folder:
        return load_batch(con, staged(Path(folder), frames, known=known))


def count(home: Path) -> int:
    """Pages in what is published."""
    with open_snapshot(home) as snapshot:
        return int(snapshot.execute(COUNT).fetchall()[0][0])
