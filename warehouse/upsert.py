"""Loading: rows whose key is not there yet, a batch in one transaction together with its entry in the ledger."""

from collections.abc import Mapping

import duckdb
import polars as pl

from warehouse.errors import ContractBroken
from warehouse.tables import PAGE_FAMILY, TABLES, Contract, Pages, Runs
from warehouse.tables.contract import expect_columns
from warehouse.transaction import transaction

REPLAYED = """
WITH fresh AS (FROM raw.pages WHERE page_id IN (SELECT unnest($fresh::VARCHAR[])))
UPDATE ops.rejects SET replayed_at = now()
WHERE replayed_at IS NULL AND run_id NOT IN (SELECT run_id FROM fresh) AND {answered}
"""


def load_batch(
    con: duckdb.DuckDBPyConnection, frames: Mapping[type[Contract], pl.DataFrame], moved: pl.DataFrame | None = None
) -> dict[str, int]:
    """Load one batch, all of it or nothing, and return how many rows each table gained or had replaced.

    A page that raw.pages has keeps what was loaded with it: what `frames` hold of PAGE_FAMILY for it is passed over.
    Of rows with one key the contract's KEEPS and RETOLD tell which stays, and what it says. `moved` has the page_id
    of pages that raw.pages has and whose bytes lie elsewhere now, with their new warc_uri and warc_offset.
    Raises ContractBroken before anything is written, StorageFailed or WarehouseUnusable after a rollback.
    """
    if surplus := [table.__name__ for table in frames if table not in TABLES]:
        raise ContractBroken(f"expected frames of the tables in warehouse.tables.TABLES, came also {', '.join(surplus)}")
    for table, frame in frames.items():
        expect_columns(frame, table)
    ordered = {table: frames[table] for table in TABLES if table in frames}
    try:
        return _load(con, ordered, moved)
    except duckdb.OutOfMemoryException:
        # Indexes must be in memory as a whole: a warehouse of millions of pages outgrows the loader's own limit.
        _lift_memory_limit(con)
        return _load(con, ordered, moved)


def _load(con: duckdb.DuckDBPyConnection, frames: Mapping[type[Contract], pl.DataFrame], moved: pl.DataFrame | None) -> dict[str, int]:
    written: dict[str, int] = {}
    with transaction(con):
        if moved is not None:
            _point_anew(con, moved)
        fresh: list[str] = []
        for table, frame in frames.items():
            if table is Pages:
                fresh = _insert_pages(con, frame)
                written[table.TABLE] = len(fresh)
                continue
            of_fresh = frame.filter(pl.col("page_id").is_in(fresh)) if table in PAGE_FAMILY else frame
            written[table.TABLE] = _insert(con, table, of_fresh)
        _mark_replayed(con, fresh)
    return written


def _point_anew(con: duckdb.DuckDBPyConnection, moved: pl.DataFrame) -> None:
    con.register("moved", moved)
    try:
        con.execute(
            "UPDATE raw.pages SET warc_uri = moved.warc_uri, warc_offset = moved.warc_offset FROM moved WHERE pages.page_id = moved.page_id"
        )
    finally:
        con.unregister("moved")


def _mark_replayed(con: duckdb.DuckDBPyConnection, fresh: list[str]) -> None:
    """Earlier refusals of pages that were loaded now, and of places in files that could not be read then, are answered."""
    con.execute(REPLAYED.format(answered="page_id IN (SELECT page_id FROM fresh)"), {"fresh": fresh})
    con.execute(
        REPLAYED.format(answered="page_id IS NULL AND (source_uri, source_offset) IN (SELECT (source_uri, source_offset) FROM fresh)"),
        {"fresh": fresh},
    )


def record_run(con: duckdb.DuckDBPyConnection, frame: pl.DataFrame) -> None:
    """Write or overwrite rows of ops.runs."""
    expect_columns(frame, Runs)
    with transaction(con):
        _insert(con, Runs, frame)


def known_pages(con: duckdb.DuckDBPyConnection, page_ids: list[str]) -> set[str]:
    """Those of these pages that raw.pages has."""
    rows = con.execute("SELECT page_id FROM raw.pages WHERE page_id IN (SELECT unnest($ids::VARCHAR[]))", {"ids": page_ids})
    return {page_id for (page_id,) in rows.fetchall()}


def _lift_memory_limit(con: duckdb.DuckDBPyConnection) -> None:
    """Give the loader what DuckDB would have by default: 80 % of the machine, or of its container."""
    with duckdb.connect(":memory:") as fresh:  # RESET changes the setting but does not reach the buffers (1.5.5)
        limit = fresh.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
    con.execute(f"SET memory_limit = '{limit}'")


def _insert_pages(con: duckdb.DuckDBPyConnection, frame: pl.DataFrame) -> list[str]:
    """Insert the captures that are new and return their keys."""
    with_incoming = "INSERT INTO raw.pages BY NAME SELECT * FROM incoming ON CONFLICT DO NOTHING RETURNING page_id"
    con.register("incoming", frame)
    try:
        return [page_id for (page_id,) in con.execute(with_incoming).fetchall()]
    finally:
        con.unregister("incoming")


def _insert(con: duckdb.DuckDBPyConnection, table: type[Contract], frame: pl.DataFrame) -> int:
    if frame.is_empty():
        return 0
    insert = "INSERT OR REPLACE" if table.KEEPS == "last" else "INSERT OR IGNORE" if table.HAS_KEY_INDEX else "INSERT"
    con.register("incoming", frame)
    try:
        count = _count(con.execute(f"{insert} INTO {table.TABLE} BY NAME SELECT * FROM incoming"))
        if table.RETOLD and count < frame.height:
            con.execute(_told_anew(table))
        return count
    finally:
        con.unregister("incoming")


def _told_anew(table: type[Contract]) -> str:
    """SQL that has the rows that are there say in RETOLD what the incoming ones say."""
    told = ", ".join(f"{column} = incoming.{column}" for column in table.RETOLD)
    same = " AND ".join(f"kept.{column} = incoming.{column}" for column in table.primary_key())
    differs = " OR ".join(f"kept.{column} IS DISTINCT FROM incoming.{column}" for column in table.RETOLD)
    return f"UPDATE {table.TABLE} AS kept SET {told} FROM incoming WHERE {same} AND ({differs})"


def _count(result: duckdb.DuckDBPyConnection) -> int:
    """The number of rows that DuckDB says a statement has changed."""
    return int(result.fetchall()[0][0])
