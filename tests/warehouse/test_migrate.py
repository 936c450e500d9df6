from pathlib import Path

import duckdb
import pytest

from warehouse.connection import LOADER_FILE, open_loader, open_snapshot
from warehouse.errors import WarehouseUnusable
from warehouse.migrate import migrate, migrations
from warehouse.snapshot import publish_snapshot

FROM_THE_FUTURE = "INSERT INTO ops.migrations VALUES (9999, '9999_wings', now(), '99.0')"


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
    with pytest.raises(WarehouseUnusable, match=r"written by a newer version: Broadsheet 99\.0, migration 9999"), open_loader(home):
        pass
    with pytest.raises(WarehouseUnusable, match="newer version"), open_snapshot(home):
        pass


def test_a_database_of_another_program_is_not_touched(home: Path):
    (home / "loader").mkdir(parents=True)
    with duckdb.connect(str(home / LOADER_FILE)) as con:
        con.execute("CREATE TABLE recipes (name VARCHAR)")
    with pytest.raises(WarehouseUnusable, match=r"main\.recipes and without it"), open_loader(home):
        pass
    with duckdb.connect(str(home / LOADER_FILE)) as con:
        assert con.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("recipes",)]
