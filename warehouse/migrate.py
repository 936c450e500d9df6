"""Brings a warehouse to what the contracts say, one numbered file after the other, and records each in ops.migrations."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseUnusable
from warehouse.search.fold import fold_map
from warehouse.sql_text import literal
from warehouse.transaction import transaction
from warehouse.version import VERSION

FOLDER = Path(__file__).parent / "migrations"
LARGE = 64 * 2**20  # bytes: a rewritten table of such a file keeps people waiting, and they are told of what


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of warehouse/migrations: 0001_first_tables.sql."""

    number: int
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem


def migrations() -> list[Migration]:
    """All migrations in the order of their numbers."""
    return [Migration(int(path.name[:4]), path) for path in sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))]


def migrate(con: duckdb.DuckDBPyConnection, home: Path | None = None) -> list[str]:
    """Apply what is missing and return its names. Each migration and its record are one transaction; `home` is the folder that
    the warehouse lies in, which a migration may ask for as the variable `home`; `fold_before` and `fold_after` are the map of `fold`.
    Of a LARGE file standard error is told which one is under way.

    Raises WarehouseUnusable if the warehouse has a migration that this version does not know.
    """
    refuse_newer(con)
    done = highest_migration(con)
    missing = [migration for migration in migrations() if migration.number > done]
    folder = None if home is None else os.path.abspath(home)  # noqa: PTH100 - as files are found
    con.execute(f"SET VARIABLE home = {literal(folder)}")
    if missing:
        before, after = fold_map()
        con.execute(f"SET VARIABLE fold_before = {literal(before)}")
        con.execute(f"SET VARIABLE fold_after = {literal(after)}")
    told = _size_told(con) if highest_migration(con) else ""
    for place, migration in enumerate(missing, 1):
        if told:
            print(f"warehouse of {told}: migration {migration.name}, {place} of {len(missing)}", file=sys.stderr, flush=True)
        with transaction(con):
            con.execute(migration.path.read_text("utf-8"))
            row = ", ".join((literal(migration.number), literal(migration.name), "now()", literal(VERSION)))
            con.execute(f"INSERT INTO ops.migrations VALUES ({row})")
    if missing:
        con.execute("CHECKPOINT")  # DDL is not left to be replayed from the log, see warehouse/ddl.py
    return [migration.name for migration in missing]


def _size_told(con: duckdb.DuckDBPyConnection) -> str:
    """The size of a file whose migration may take minutes, as a person reads it; nothing of another."""
    query = "SELECT total_blocks * block_size FROM pragma_database_size() WHERE database_name = current_database()"
    size = con.execute(query).fetchall()[0][0]
    return f"{size / 1e6:,.0f} MB" if size >= LARGE else ""


def highest_migration(con: duckdb.DuckDBPyConnection) -> int:
    """Number of the last migration applied; 0 for an empty file. Raises WarehouseUnusable for a file of another program."""
    found = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal"
    ).fetchall()
    if not found:
        return 0
    if ("ops.migrations",) not in found:
        raise WarehouseUnusable(
            f"Expected a warehouse with ops.migrations, came a database with {found[0][0]} and without "
            "it: this file is not Broadsheet's. Give another --home."
        )
    return int(con.execute("SELECT coalesce(max(number), 0) FROM ops.migrations").fetchall()[0][0])


def refuse_newer(con: duckdb.DuckDBPyConnection) -> None:
    """Raises WarehouseUnusable if a newer version of Broadsheet has migrated this warehouse."""
    known = migrations()[-1]
    if highest_migration(con) > known.number:
        name, writer = con.execute("SELECT name, version FROM ops.migrations ORDER BY number DESC LIMIT 1").fetchall()[0]
        # Between two releases, code of several states has one version: then a number would send the reader to what he has.
        todo = f"Install Broadsheet {writer} or later" if writer != VERSION else f"Update this code to a state that has {name}.sql"
        raise WarehouseUnusable(
            f"Expected a warehouse migrated up to {known.path.stem}, the last migration that this code ({VERSION}, in {FOLDER.parents[1]}) "
            f"knows, came one with {name}, applied by newer code ({writer}). {todo}: `git pull && uv sync` in a checkout. "
            "Or use another --home; there is no way back."
        )
