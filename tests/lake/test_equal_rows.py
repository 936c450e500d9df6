"""The same input gives the same rows in a file and in a lake, table by table."""

from pathlib import Path

import polars as pl

from tasks.staging.stage_tables import stage_tables
from tests.conftest import ROOT
from tests.lake.loading import compared, load_all, loader_of, staged
from warehouse.lake.address import LakeAddress
from warehouse.tables.contract import sample
from warehouse.tables.fetches import Fetches
from warehouse.tables.outlets import Outlets


def test_the_same_pages_are_the_same_rows_in_file_and_lake(lake: LakeAddress, home: Path):
    for place in (home, lake):
        assert load_all(ROOT / "samples", home, place, batch_pages=20) > 1
        assert load_all(ROOT / "samples", home, place, run_id="b") == 0
    tables = compared(home, lake)
    assert {name: len(ours) for name, (ours, _) in tables.items()} == {name: len(theirs) for name, (_, theirs) in tables.items()}
    assert [name for name, (ours, theirs) in tables.items() if ours != theirs] == []
    assert all(len(tables[name][0]) > 0 for name in ("raw.pages", "core.articles", "core.listing_items", "ops.inputs", "ops.rejects"))


def test_a_loader_keeps_no_second_copy_of_the_stores_files(lake: LakeAddress, home: Path):
    with loader_of(lake) as loader:
        for pair in staged(ROOT / "samples", home, lake, loader.connection, batch_pages=20):
            loader.commit(*pair)
        kept = dict(loader.connection.execute("SELECT tag, memory_usage_bytes FROM duckdb_memory()").fetchall())
    assert kept["EXTERNAL_FILE_CACHE"] == 0


def test_rows_of_a_harvest_are_the_same_and_the_same_twice(lake: LakeAddress, home: Path, tmp_path: Path):
    rows = {Fetches: sample(Fetches, 5), Outlets: sample(Outlets, 3)}
    renamed = {Fetches: rows[Fetches], Outlets: rows[Outlets].with_columns(name=pl.lit("The other name"))}
    for place in (home, lake):
        with loader_of(place) as loader:
            for turn, frames in enumerate((rows, rows, renamed)):
                loader.tell_rows(stage_tables(tmp_path, f"harvest-{turn}", frames))
    tables = compared(home, lake)
    assert [name for name, (ours, theirs) in tables.items() if ours != theirs] == []
    assert (len(tables["ops.fetches"][1]), len(tables["core.outlets"][1])) == (5, 3)
