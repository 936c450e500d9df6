"""Rows of core.copies and core.stories in a lake: what was decided of some articles is told where it differs, and what is gone as well."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.lake.commit import count_of
from warehouse.lake.tables import GONE, TURN, stored
from warehouse.relating.corpus import TOLD, differing, is_gone
from warehouse.sql_text import literal
from warehouse.tables.contract import Contract, name_of
from warehouse.tables.relatings import Relatings

DECIDED = "told_pages"  # the temporary table of the articles that rows were decided of
NEWEST = " UNION ALL ".join(f"SELECT max({TURN}) AS {TURN} FROM {stored(table)}" for table, _ in TOLD)


def decided_table(table: type[Contract]) -> str:
    """The temporary table of the rows that were decided of these."""
    return f"told_{name_of(table)}"


def newest_turn(con: duckdb.DuckDBPyConnection) -> int:
    """When relations were told last."""
    return int(con.execute(f"SELECT coalesce(max({TURN}), 0) FROM ({NEWEST})").fetchall()[0][0])


def write_changes(con: duckdb.DuckDBPyConnection, folder: Path, run_id: str) -> dict[type[Contract], Path]:
    """What is new, says something else or is gone, against the state that `con` reads, as files; only of tables where there is any."""
    found = {}
    for table, page in TOLD:
        file, given, columns = folder / f"{name_of(table)}.parquet", decided_table(table), ", ".join(table.column_names())
        come = f"SELECT {columns}, false AS {GONE} FROM ({differing(table, page, given, DECIDED)})"
        known = f"SELECT {columns} FROM {table.TABLE} WHERE {is_gone(table, page, given, DECIDED)}"
        went = f"SELECT * REPLACE ({literal(run_id)} AS run_id), true AS {GONE} FROM ({known})"
        if count_of(con.execute(f"COPY ({come} UNION ALL {went}) TO {literal(str(file))} (FORMAT parquet)")):
            found[table] = file
    return found


def tell_changes(
    con: duckdb.DuckDBPyConnection, files: Mapping[type[Contract], Path], related: str | None, told_before: int, turn: int
) -> int | None:
    """Tell them, inside a transaction that has the turn; how many. None where others have told relations since `told_before`.
    `related`: SQL for a row of ops.relatings, where there is one to tell."""
    if newest_turn(con) != told_before:
        return None
    told = 0
    if related is not None:
        con.execute(f"INSERT INTO {stored(Relatings)} BY NAME {related}")
    for table, file in files.items():
        rows = f"SELECT *, {turn}::BIGINT AS {TURN} FROM read_parquet({literal(str(file))})"
        told += count_of(con.execute(f"INSERT INTO {stored(table)} BY NAME {rows}"))
    return told
