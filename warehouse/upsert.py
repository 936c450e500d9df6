"""Loading: rows whose key is not there yet, a batch in one transaction together with its entry in the ledger."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import ContractBroken
from warehouse.sql_text import literal, texts
from warehouse.staged_tables import PlacedPage, StagedTables, scan
from warehouse.tables import PAGE_FAMILY, Batches, Contract, Pages, Rejects, Runs
from warehouse.transaction import transaction

REPLAYED = """
WITH fresh AS (FROM raw.pages WHERE page_id IN (SELECT page_id FROM fresh_pages))
UPDATE ops.rejects SET replayed_at = now()
WHERE replayed_at IS NULL AND run_id NOT IN (SELECT run_id FROM fresh) AND {answered}
"""


def load_batch(con: duckdb.DuckDBPyConnection, batch: StagedTables) -> dict[str, int]:
    """Load one batch, all of it or nothing, and return how many rows each table gained or had replaced.

    A page that raw.pages has keeps what was loaded with it: what the files hold of PAGE_FAMILY for it is passed over.
    Of rows with one key the contract's KEEPS and RETOLD tell which stays, and what it says.
    Raises ContractBroken before anything is written, StorageFailed or WarehouseUnusable after a rollback.
    """
    files = batch.in_order()
    try:
        return _load(con, batch, files)
    except duckdb.OutOfMemoryException:
        # Indexes must be in memory as a whole: a warehouse of millions of pages outgrows the loader's own limit.
        lift_memory_limit(con)
        return _load(con, batch, files)


def _load(con: duckdb.DuckDBPyConnection, batch: StagedTables, files: Sequence[tuple[type[Contract], Path]]) -> dict[str, int]:
    written: dict[str, int] = {}
    with transaction(con):
        _point_anew(con, batch.moved)
        con.execute("CREATE OR REPLACE TEMP TABLE fresh_pages (page_id VARCHAR)")
        for table, file in files:
            if table is Pages:
                written[table.TABLE] = _insert_pages(con, file, batch.placed)
                continue
            which = "page_id IN (FROM fresh_pages)" if table in PAGE_FAMILY else "true"
            if table is Rejects:
                which = f"page_id IS NULL OR page_id NOT IN (SELECT unnest({texts(batch.known)}))"
            written[table.TABLE] = _insert(con, table, f"SELECT * FROM {scan(file)} WHERE {which}")
        if batch.batch is not None:
            written[Batches.TABLE] = _insert(con, Batches, one_row(Batches, batch.batch))
        _mark_replayed(con)
    return written


def _point_anew(con: duckdb.DuckDBPyConnection, moved: Sequence[PlacedPage]) -> None:
    if moved:
        con.execute(
            f"UPDATE raw.pages SET warc_uri = moved.warc_uri, warc_offset = moved.warc_offset FROM ({_rows(moved)}) AS moved "
            "WHERE pages.page_id = moved.page_id"
        )


def _mark_replayed(con: duckdb.DuckDBPyConnection) -> None:
    """Earlier refusals of pages that were loaded now, and of places in files that could not be read then, are answered."""
    con.execute(REPLAYED.format(answered="page_id IN (SELECT page_id FROM fresh)"))
    con.execute(
        REPLAYED.format(answered="page_id IS NULL AND (source_uri, source_offset) IN (SELECT (source_uri, source_offset) FROM fresh)")
    )


def record_run(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    """Write or overwrite a row of ops.runs, given by column. Raises ContractBroken where columns are missing or surplus."""
    run = one_row(Runs, row)
    with transaction(con):
        _insert(con, Runs, run)


def known_pages(con: duckdb.DuckDBPyConnection, page_ids: list[str]) -> set[str]:
    """Those of these pages that raw.pages has."""
    rows = con.execute(f"SELECT page_id FROM raw.pages WHERE page_id IN (SELECT unnest({texts(page_ids)}))")
    return {page_id for (page_id,) in rows.fetchall()}


def lift_memory_limit(con: duckdb.DuckDBPyConnection) -> None:
    """Give the loader what DuckDB would have by default: 80 % of the machine, or of its container."""
    with duckdb.connect(":memory:") as fresh:  # RESET changes the setting but does not reach the buffers (1.5.5)
        limit = fresh.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
    con.execute(f"SET memory_limit = '{limit}'")


def _insert_pages(con: duckdb.DuckDBPyConnection, file: Path, placed: Sequence[PlacedPage]) -> int:
    """Insert the captures that are placed and new, and keep their keys in fresh_pages."""
    fresh = con.execute(
        "INSERT INTO raw.pages BY NAME SELECT incoming.* REPLACE (placed.warc_uri AS warc_uri, placed.warc_offset AS warc_offset) "
        f"FROM {scan(file)} AS incoming JOIN ({_rows(placed)}) AS placed USING (page_id) ON CONFLICT DO NOTHING RETURNING page_id"
    ).fetchall()
    con.execute(f"INSERT INTO fresh_pages SELECT unnest({texts(page_id for (page_id,) in fresh)})")
    return len(fresh)


def _insert(con: duckdb.DuckDBPyConnection, table: type[Contract], rows: str) -> int:
    """Insert what the query `rows` gives; how many rows the table gained or had replaced."""
    insert = "INSERT OR REPLACE" if table.KEEPS == "last" else "INSERT OR IGNORE" if table.HAS_KEY_INDEX else "INSERT"
    count = _count(con.execute(f"{insert} INTO {table.TABLE} BY NAME {rows}"))
    if table.RETOLD:
        con.execute(_told_anew(table, rows))
    return count


def _told_anew(table: type[Contract], rows: str) -> str:
    """SQL that has the rows that are there say in RETOLD what the incoming ones say."""
    told = ", ".join(f"{column} = incoming.{column}" for column in table.RETOLD)
    same = " AND ".join(f"kept.{column} = incoming.{column}" for column in table.primary_key())
    differs = " OR ".join(f"kept.{column} IS DISTINCT FROM incoming.{column}" for column in table.RETOLD)
    return f"UPDATE {table.TABLE} AS kept SET {told} FROM ({rows}) AS incoming WHERE {same} AND ({differs})"


def one_row(table: type[Contract], row: Mapping[str, Any]) -> str:
    """SQL for one row, given by column. Raises ContractBroken where columns are missing or surplus."""
    if odd := set(table.column_names()) ^ row.keys():
        raise ContractBroken(f"{table.TABLE} expects other columns than came: {', '.join(sorted(odd))} missing or surplus")
    return "SELECT " + ", ".join(f"{literal(value)} AS {column}" for column, value in row.items())


def _rows(pages: Sequence[PlacedPage]) -> str:
    """SQL for placed pages."""
    ids, uris = texts(page.page_id for page in pages), texts(page.warc_uri for page in pages)
    offsets = texts(str(page.warc_offset) for page in pages)
    return f"SELECT unnest({ids}) AS page_id, unnest({uris}) AS warc_uri, try_cast(unnest({offsets}) AS BIGINT) AS warc_offset"


def _count(result: duckdb.DuckDBPyConnection) -> int:
    """The number of rows that DuckDB says a statement has changed."""
    return int(result.fetchall()[0][0])
