import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehouse.staging import load_frames
from warehouse.connection import LOADER_FILE, open_loader, open_snapshot
from warehouse.errors import WarehouseUnusable
from warehouse.migrate import migrate, migrations
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Pages
from warehouse.tables.contract import sample

FROM_THE_FUTURE = "INSERT INTO ops.migrations VALUES (9999, '9999_wings', now(), '99.0')"
# A loader of an older version's warehouse that is killed right after it has migrated it, before a checkpoint.
MIGRATES_AND_DIES = """
import os, sys, duckdb
import warehouse.migrate as module
from warehouse.transaction import transaction
con = duckdb.connect(sys.argv[1])
for migration in module.migrations()[int(sys.argv[2]):]:
    with transaction(con):
        con.execute(migration.path.read_text("utf-8"))
        con.execute("INSERT INTO ops.migrations VALUES (?, ?, now(), 'x')", [migration.number, migration.name])
os._exit(9)
"""
IMAGE = "INSERT INTO core.images BY NAME SELECT '{page}' AS page_id, 1 AS position, {url} AS url, 'A pier' AS caption, '{page}' AS run_id"
ARTICLE = """
INSERT INTO core.articles BY NAME SELECT repeat('a', 16) AS page_id, 'A pier' AS title, 'It stands.' AS body, ['sea', 'wood'] AS tags,
    TIMESTAMPTZ '2026-03-01 08:00:00+00' AS published_at, 10 AS char_count, 1 AS paragraph_count, repeat('b', 16) AS text_fingerprint,
    ['no_author'] AS quality_flags, repeat('c', 16) AS run_id
"""


def test_migrations_are_numbered_without_gaps():
    assert [m.number for m in migrations()] == list(range(1, len(migrations()) + 1))


def test_each_migration_is_applied_once_and_recorded():
    with duckdb.connect(":memory:") as con:
        assert migrate(con) == [m.name for m in migrations()]
        assert migrate(con) == []
        recorded = con.execute("SELECT number, name FROM ops.migrations ORDER BY number").fetchall()
    assert recorded == [(m.number, m.name) for m in migrations()]


def test_a_warehouse_from_a_newer_version_is_not_touched(home: Path):
    with open_loader(home) as con:
        con.execute(FROM_THE_FUTURE)
        publish_snapshot(con, home)
    said = r"9999_wings, applied by newer code \(99\.0\)\. Install Broadsheet 99\.0 or later"
    with pytest.raises(WarehouseUnusable, match=said), open_loader(home):
        pass
    with pytest.raises(WarehouseUnusable, match="newer code"), open_snapshot(home):
        pass


def test_a_database_of_another_program_is_not_touched(home: Path):
    (home / "loader").mkdir(parents=True)
    with duckdb.connect(str(home / LOADER_FILE)) as con:
        con.execute("CREATE TABLE recipes (name VARCHAR)")
    with pytest.raises(WarehouseUnusable, match=r"main\.recipes and without it"), open_loader(home):
        pass
    with duckdb.connect(str(home / LOADER_FILE)) as con:
        assert con.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("recipes",)]


@pytest.mark.parametrize("is_killed", [False, True], ids=["", "killed before a checkpoint"])
def test_a_warehouse_of_the_first_version_keeps_its_rows_and_takes_captions_without_an_image(tmp_path: Path, is_killed: bool):
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(file)) as con:
        for migration in migrations()[:2]:
            con.execute(migration.path.read_text("utf-8"))
            con.execute("INSERT INTO ops.migrations VALUES (?, ?, now(), '0.1.0')", [migration.number, migration.name])
        con.execute(IMAGE.format(page="a" * 16, url="'https://pier.example/1.jpg'"))
    if is_killed:
        subprocess.run([sys.executable, "-c", MIGRATES_AND_DIES, str(file), "2"], check=False, timeout=60)
    with duckdb.connect(str(file)) as con:
        migrate(con)
        con.execute(IMAGE.format(page="b" * 16, url="NULL"))
        assert con.execute("SELECT url FROM core.images ORDER BY page_id").fetchall() == [("https://pier.example/1.jpg",), (None,)]
        for refused in ("''", "'https://pier.example/2.jpg'"):  # the CHECK and the key are still there
            with pytest.raises(duckdb.ConstraintException):
                con.execute(IMAGE.format(page="a" * 16, url=refused))


def test_articles_of_an_older_version_stay_as_they_are_and_nothing_is_said_of_their_damage(tmp_path: Path):
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(file)) as con:
        for migration in migrations()[:3]:
            con.execute(migration.path.read_text("utf-8"))
            con.execute("INSERT INTO ops.migrations VALUES (?, ?, now(), '0.1.0')", [migration.number, migration.name])
        con.execute(ARTICLE)
        before = con.execute("SELECT * FROM core.articles").fetchall()
    subprocess.run([sys.executable, "-c", MIGRATES_AND_DIES, str(file), "3"], check=False, timeout=60)
    with duckdb.connect(str(file)) as con:
        migrate(con)
        (row,) = con.execute("SELECT * FROM core.articles").fetchall()
        assert (row[: len(before[0])], set(row[len(before[0]) :])) == (before[0], {None})
        with pytest.raises(duckdb.ConstraintException):  # the key is still there
            con.execute(ARTICLE)
        for refused in ("script = 'Latn'", "repair_count = -1", "title = ''"):
            with pytest.raises(duckdb.ConstraintException):
                con.execute(f"UPDATE core.articles SET {refused}")


def test_pointers_into_the_home_become_relative_and_others_stay(home: Path):
    kept, theirs = sample(Pages, 2).partition_by("page_id")
    with open_loader(home) as con:
        load_frames(con, {Pages: kept.with_columns(warc_uri=pl.lit(f"{home}/raw/a.warc.gz"))})
        load_frames(con, {Pages: theirs.with_columns(warc_uri=pl.lit(f"{home}-two/a.warc.gz"))})
        con.execute(next(m for m in migrations() if m.number == 6).path.read_text("utf-8"))
        found = con.execute("SELECT warc_uri FROM raw.pages ORDER BY length(warc_uri)").fetchall()
    assert found == [("raw/a.warc.gz",), (f"{home}-two/a.warc.gz",)]


def test_a_large_warehouse_tells_which_migration_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("warehouse.migrate.LARGE", 0)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as con:
        for migration in migrations()[:-2]:
            con.execute(migration.path.read_text("utf-8"))
            con.execute("INSERT INTO ops.migrations VALUES (?, ?, now(), '0.1.0')", [migration.number, migration.name])
        done = migrate(con)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition("migration ")[2] for line in lines] == [f"{name}, {place} of 2" for place, name in enumerate(done, 1)]
