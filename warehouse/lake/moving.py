"""The rows of a home taken into a lake, and those of a lake into a home: all of them in one transaction, so that who is killed has done
nothing, and begins again.

What the other side has stays as it is: a page that is known keeps the rows it was loaded with, and a row whose key is there is not told
anew. So to move twice moves what came since. What a page is a copy of comes with the page; of pages that are known the other side tells it
itself, when it relates.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connection import open_loader
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, attach, expect_current, expect_store
from warehouse.lake.bucket import tell_bucket
from warehouse.lake.extensions import load_extensions
from warehouse.lake.presence import present
from warehouse.lake.tables import TURN, is_told_anew, stored
from warehouse.lake.turn import in_turn
from warehouse.ledger import mark_interrupted_runs
from warehouse.raw_positions import files_in_use
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, PAGE_FAMILY, Contract, Migrations, Snapshot
from warehouse.tables.copies import Copies
from warehouse.tables.relatings import Relatings
from warehouse.transaction import transaction
from warehouse.upsert import lift_memory_limit

HOME = "warehouse"  # as DuckDB calls the loader's file
MOVED = tuple(table for table in CONTRACTS if table not in (Migrations, Relatings, Snapshot))  # those are about the place itself
FRESH = "CREATE OR REPLACE TEMP TABLE fresh AS SELECT page_id FROM {origin}.raw.pages ANTI JOIN {goal}.raw.pages USING (page_id)"
Counts = dict[str, int]


@contextmanager
def open_both(home: Path, address: LakeAddress, *, wait_seconds: float, into_lake: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """The loader's file of a home, where no run may load meanwhile, with the lake attached to it. Raises what open_loader and open_lake
    raise."""
    with open_loader(home, wait_seconds) as con:
        load_extensions(con, with_buckets=address.is_bucket)
        if address.is_bucket:
            tell_bucket(con)
        mark_interrupted_runs(con)
        attach(con, address, read_only=not into_lake)
        expect_current(con)
        expect_store(con, address)
        con.execute(f"USE {HOME}")
        lift_memory_limit(con)
        with present(address, secrets.token_hex(8), wait_seconds):  # maintenance would take bytes that no row names yet for lost
            yield con


def files_of(con: duckdb.DuckDBPyConnection, *, of_lake: bool) -> set[str]:
    """The files that the captures of a side point into."""
    if not of_lake:
        return files_in_use(con)
    return {uri for (uri,) in con.execute(f"SELECT DISTINCT warc_uri FROM {LAKE}.raw.pages").fetchall()}


def into_lake(con: duckdb.DuckDBPyConnection, address: LakeAddress, renamed: Mapping[str, str]) -> Counts:
    """Commit to the lake what the home has and the lake has not; rows by table. `renamed`: files that are called otherwise there."""

    def work(turn: int) -> Counts:
        con.execute(FRESH.format(origin=HOME, goal=LAKE))
        return {table.TABLE: _insert(con, f"{LAKE}.{stored(table)}", _missing(table, HOME, LAKE, renamed, turn)) for table in MOVED}

    con.execute(f"USE {LAKE}")  # the sentinel is the lake's
    try:
        return in_turn(con, address, work)
    finally:
        con.execute(f"USE {HOME}")


def into_home(con: duckdb.DuckDBPyConnection, renamed: Mapping[str, str]) -> Counts:
    """Commit to the home what the lake has and the home has not; rows by table."""
    with transaction(con):
        con.execute(FRESH.format(origin=LAKE, goal=HOME))
        return {table.TABLE: _insert(con, table.TABLE, _missing(table, LAKE, HOME, renamed, None)) for table in MOVED}


def _insert(con: duckdb.DuckDBPyConnection, target: str, rows: str) -> int:
    return int(con.execute(f"INSERT INTO {target} BY NAME {rows}").fetchall()[0][0])


def _missing(table: type[Contract], origin: str, goal: str, renamed: Mapping[str, str], turn: int | None) -> str:
    """SQL for the rows of a table that the goal does not have."""
    told_turn = f", {turn} AS {TURN}" if turn is not None and is_told_anew(table) else ""
    columns = ", ".join(f"kept.{name}" if name != "warc_uri" else _uri(renamed) for name in table.column_names())
    which = "SEMI JOIN fresh USING (page_id)" if table in (*PAGE_FAMILY, Copies) else _without_known(table, goal)
    return f"SELECT {columns}{told_turn} FROM {origin}.{table.TABLE} AS kept {which}"


def _without_known(table: type[Contract], goal: str) -> str:
    same = " AND ".join(f"kept.{key} IS NOT DISTINCT FROM known.{key}" for key in table.primary_key())
    return f"ANTI JOIN {goal}.{table.TABLE} AS known ON {same}"


def _uri(renamed: Mapping[str, str]) -> str:
    cases = "".join(f" WHEN {literal(before)} THEN {literal(after)}" for before, after in renamed.items())
    return f"CASE kept.warc_uri{cases} ELSE kept.warc_uri END AS warc_uri" if cases else "kept.warc_uri"
