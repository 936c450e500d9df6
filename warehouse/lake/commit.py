"""The commit of a batch to a lake: names of the files that a worker has written, and the ledger, in one transaction behind the sentinel."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.errors import ContractBroken
from warehouse.lake.attach import LAKE, told
from warehouse.lake.retelling import tell_rejects
from warehouse.lake.tables import TURN, is_told_anew, stored
from warehouse.sql_text import literal, texts
from warehouse.staged_tables import BY_NAME
from warehouse.tables import PAGE_FAMILY, TABLES, Batches, Contract, Pages, Rejects
from warehouse.upsert import known_pages, one_row


@dataclass(frozen=True, slots=True)
class LakeBatch:
    """What a batch brings."""

    batch_id: str
    run_id: str
    files: Mapping[str, str]  # in the store, by table
    rows: Mapping[str, int]  # in these files, by table
    page_ids: Collection[str]
    entry: Callable[[Collection[str]], Mapping[str, Any] | None]  # the row of ops.batches, from the pages that are known


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of it."""

    known: frozenset[str]  # pages that the lake had
    inserted: dict[str, int] = field(default_factory=dict)  # rows by table
    are_registered: bool = False  # whether the files of PAGE_FAMILY are the lake's own now


def commit_batch(con: duckdb.DuckDBPyConnection, batch: LakeBatch, turn: int) -> Committed:
    """Inside a transaction that has the turn. A batch that was committed before, by an attempt whose answer was lost, changes nothing."""
    known = frozenset(known_pages(con, list(batch.page_ids)))
    if _is_committed(con, batch.batch_id):
        return Committed(known - _of_run(con, batch), are_registered=True)
    family = [table for table in PAGE_FAMILY if table.TABLE in batch.files]
    inserted = _insert(con, batch, family, known) if known else _register(con, batch, family)
    for table in (table for table in TABLES if table.TABLE in batch.files and table not in (*PAGE_FAMILY, Rejects)):
        inserted[table.TABLE] = _tell(con, table, _scan(batch.files[table.TABLE]), turn)
    if (entry := batch.entry(known)) is not None:
        inserted[Batches.TABLE] = _tell(con, Batches, f"({one_row(Batches, entry)})", turn)
    rejects, pages = (_scan(batch.files[each.TABLE]) if each.TABLE in batch.files else None for each in (Rejects, Pages))
    refused = tell_rejects(con, rejects, pages, known, batch.run_id, turn)
    return Committed(known, inserted | ({Rejects.TABLE: refused} if rejects else {}), are_registered=not known)


def tell_rows(con: duckdb.DuckDBPyConnection, files: Mapping[str, str], turn: int) -> dict[str, int]:
    """Rows of no batch, such as those of a harvest; of a table that tells a row once, those whose key is new."""
    inserted = {}
    for table in (BY_NAME[name] for name in files):
        key, rows = ", ".join(table.primary_key()), _scan(files[table.TABLE])
        if not is_told_anew(table):
            rows = f"(FROM {rows} ANTI JOIN {table.TABLE} USING ({key}))"
        inserted[table.TABLE] = _tell(con, table, rows, turn)
    return inserted


def tell_row(con: duckdb.DuckDBPyConnection, table: type[Contract], row: Mapping[str, Any], turn: int) -> int:
    """One row, given by column. Raises ContractBroken where columns are missing or surplus."""
    return _tell(con, table, f"({one_row(table, row)})", turn)


def _register(con: duckdb.DuckDBPyConnection, batch: LakeBatch, family: list[type[Contract]]) -> dict[str, int]:
    """All of its pages are new: the files become the lake's as they are."""
    for table in family:
        schema, name = table.TABLE.split(".")
        file = literal(batch.files[table.TABLE])
        try:
            con.execute(f"CALL ducklake_add_data_files({literal(LAKE)}, {literal(name)}, {file}, schema => {literal(schema)})")
        except duckdb.InvalidInputException as error:
            raise ContractBroken(f"{table.TABLE} expects other columns than its staged file has: {told(error)}") from error
    return {table.TABLE: batch.rows[table.TABLE] for table in family}


def _insert(con: duckdb.DuckDBPyConnection, batch: LakeBatch, family: list[type[Contract]], known: Collection[str]) -> dict[str, int]:
    """Some are known: the rows of the others are copied, and the files are nobody's."""
    return {table.TABLE: _tell(con, table, f"(FROM {_scan(batch.files[table.TABLE])} WHERE {_is_new(known)})", 0) for table in family}


def _tell(con: duckdb.DuckDBPyConnection, table: type[Contract], rows: str, turn: int) -> int:
    also = f", {turn}::BIGINT AS {TURN}" if is_told_anew(table) else ""
    columns = ", ".join(table.column_names())  # named: a file that lacks one is refused, where `*` would fill it with nulls
    return count_of(con.execute(f"INSERT INTO {stored(table)} BY NAME SELECT {columns}{also} FROM {rows}"))


def _is_committed(con: duckdb.DuckDBPyConnection, batch_id: str) -> bool:
    return bool(con.execute(f"SELECT 1 FROM {stored(Batches)} WHERE batch_id = {literal(batch_id)} LIMIT 1").fetchall())


def _of_run(con: duckdb.DuckDBPyConnection, batch: LakeBatch) -> set[str]:
    ids = texts(batch.page_ids)
    rows = con.execute(f"SELECT page_id FROM raw.pages WHERE run_id = {literal(batch.run_id)} AND page_id IN (SELECT unnest({ids}))")
    return {page_id for (page_id,) in rows.fetchall()}


def _is_new(known: Collection[str]) -> str:
    return f"page_id NOT IN (SELECT unnest({texts(known)}))" if known else "true"


def _scan(file: str) -> str:
    return f"read_parquet({literal(file)})"


def count_of(result: duckdb.DuckDBPyConnection) -> int:
    """The number of rows that DuckDB says a statement has written."""
    return int(result.fetchall()[0][0])
