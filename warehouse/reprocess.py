"""Pages that were read again: what differs from the snapshot, field by field, and all of it taken over or nothing.

What was read lies in Parquet files, some for each table. Nothing here writes but `accept`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connection import Connection, open_snapshot
from warehouse.errors import ContractBroken
from warehouse.reject_reasons import TRANSIENT
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, PAGE_FAMILY, Articles, Changes, Contract, Evidence, Pages, Rejects
from warehouse.tables.contract import expect_columns
from warehouse.transaction import transaction

Files = Mapping[str, Sequence[Path]]  # by table name; a table without rows has none

READ_ANEW = ("canonical_url", "charset", "charset_source", "observed_after")  # what reading decides of a capture; the rest is what it is
FAILED = (*TRANSIENT, "dissection_failed", "shaping_failed")  # of the reading, not of the page: what is there stays
LIST_CHARS = 20_000  # of the rows of a table that a page has, as text
BY_FIELD = """
SELECT table_name, field, count_if(before IS NOT NULL AND after IS NOT NULL) AS changed_count,
       count_if(before IS NULL) AS appeared_count, count_if(after IS NULL) AS vanished_count
FROM {changes} GROUP BY ALL ORDER BY ALL
"""
SAMPLES = """
SELECT table_name, field, url, before, after
FROM {changes} AS changes JOIN raw.pages USING (page_id)
QUALIFY row_number() OVER (PARTITION BY table_name, field ORDER BY hash(page_id)) <= {most}
ORDER BY table_name, field, url
"""
Row = dict[str, object]


def compare(home: Path, files: Files, run_id: str, target: Path) -> int:
    """Write what differs between the snapshot and the pages that were read again, rows of ops.changes, to `target`; how many rows.

    Raises what open_snapshot says.
    """
    parts = " UNION ALL ".join(_differences(files))
    with open_snapshot(home, beside_files=True) as con:
        con.execute(_reread(files))
        question = f"SELECT {literal(run_id)} AS run_id, * FROM ({parts}) ORDER BY table_name, field, page_id"
        return int(con.execute(f"COPY ({question}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)").fetchall()[0][0])


def summarise(home: Path, changes: Path, samples: int) -> tuple[list[Row], list[Row]]:
    """Fields by how many pages changed, gained and lost them; and up to `samples` of each side by side."""
    source = f"read_parquet({literal(str(changes))})"
    with open_snapshot(home, beside_files=True) as con:
        return _records(con, BY_FIELD.format(changes=source)), _records(con, SAMPLES.format(changes=source, most=int(samples)))


def accept(con: duckdb.DuckDBPyConnection, files: Files, changes: Path) -> int:
    """Put the rows of these pages in place of those that are there, with rejects, checks and changes, in one transaction; how many pages.

    Raises ContractBroken where another version has made the files, StorageFailed or WarehouseUnusable after a rollback.
    """
    _expect_contracts(files)
    with transaction(con):
        con.execute(_reread(files))
        con.execute(
            f"UPDATE raw.pages SET {', '.join(f'{column} = reread.{column}' for column in READ_ANEW)} "
            "FROM reread WHERE pages.page_id = reread.page_id"
        )
        for table in PAGE_FAMILY:
            if table is not Pages:
                con.execute(f"DELETE FROM {table.TABLE} WHERE page_id IN (SELECT page_id FROM reread)")
                con.execute(f"INSERT INTO {table.TABLE} BY NAME {_of_reread(table, files)}")
        _settle_rejects(con, files)
        for table in CONTRACTS:
            if table.TABLE.startswith("ops.") and table is not Rejects and files.get(table.TABLE):
                con.execute(f"INSERT OR REPLACE INTO {table.TABLE} BY NAME SELECT * FROM {_rows(table, files)}")
        said = f"SELECT * FROM read_parquet({literal(str(changes))})"
        con.execute(f"INSERT OR IGNORE INTO {Changes.TABLE} BY NAME {said}")  # or: of a run that was killed behind its commit
        (pages,) = con.execute("SELECT count(*) FROM reread").fetchall()[0]
    return int(pages)


def _reread(files: Files) -> str:
    """SQL for the table of the captures that are there and could be read again."""
    failed = ", ".join(map(literal, FAILED))
    return (
        f"CREATE OR REPLACE TEMP TABLE reread AS SELECT * FROM {_rows(Pages, files)} SEMI JOIN raw.pages USING (page_id) "
        f"WHERE page_id NOT IN (SELECT page_id FROM {_rows(Rejects, files)} WHERE page_id IS NOT NULL AND reason IN ({failed}))"
    )


def _settle_rejects(con: duckdb.DuckDBPyConnection, files: Files) -> None:
    """A refusal that was not repeated is answered; one that was repeated stands, also where it had been answered before."""
    again = f"(SELECT reject_id FROM {_rows(Rejects, files)})"
    standing = "replayed_at IS NULL AND page_id IN (SELECT page_id FROM reread)"
    con.execute(f"UPDATE ops.rejects SET replayed_at = now() WHERE {standing} AND reject_id NOT IN {again}")
    con.execute(f"UPDATE ops.rejects SET replayed_at = NULL WHERE replayed_at IS NOT NULL AND reject_id IN {again}")
    con.execute(f"INSERT OR IGNORE INTO ops.rejects BY NAME {_of_reread(Rejects, files)}")


def _expect_contracts(files: Files) -> None:
    contracts = {contract.TABLE: contract for contract in CONTRACTS}
    for name, paths in files.items():
        if name not in contracts:
            raise ContractBroken(f"expected files of the tables in warehouse/tables, came also {name}")
        for path in paths:
            expect_columns(pl.scan_parquet(path), contracts[name])


def _differences(files: Files) -> Iterator[str]:
    """A query for each column of a table with one row a page, and for each table with many."""
    yield from (_of_column(Pages, column, files) for column in READ_ANEW)
    columns = [column for column in Articles.column_names() if column not in ("page_id", "run_id")]
    yield from (_of_column(Articles, column, files) for column in columns)
    yield _of_rows(Articles, ["title"], files)
    for table in PAGE_FAMILY:
        if table not in (Pages, Articles, Evidence):  # evidence differs where anything does
            yield _of_rows(table, [column for column in table.column_names() if column not in ("page_id", "run_id")], files)
    yield _of_rows(Rejects, ["reason", "expectation"], files)


def _of_column(table: type[Contract], column: str, files: Files) -> str:
    """Pages whose row is there before and after, and says otherwise in one column."""
    before, after = (f"left(CAST({side}.{column} AS VARCHAR), {LIST_CHARS})" for side in ("old", "new"))
    return (
        f"SELECT page_id, '{table.TABLE}' AS table_name, '{column}' AS field, {before} AS before, {after} AS after "
        f"FROM {table.TABLE} AS old JOIN ({_of_reread(table, files)}) AS new USING (page_id) "
        f"WHERE old.{column} IS DISTINCT FROM new.{column}"
    )


def _of_rows(table: type[Contract], columns: Sequence[str], files: Files) -> str:
    """Pages whose rows, in the order of their values, differ as a whole; of articles those that came or went."""
    row = "{" + ", ".join(f"'{column}': {column}" for column in columns) + "}"
    listed = f"left(CAST(list({row} ORDER BY {row}) AS VARCHAR), {LIST_CHARS})"
    stands = "replayed_at IS NULL" if table is Rejects else "true"
    old = f"SELECT page_id, {listed} AS said FROM {table.TABLE} WHERE {stands} AND page_id IN (SELECT page_id FROM reread) GROUP BY ALL"
    new = f"SELECT page_id, {listed} AS said FROM ({_of_reread(table, files)}) GROUP BY ALL"
    differ = "old.said IS NULL OR new.said IS NULL" if table is Articles else "old.said IS DISTINCT FROM new.said"
    return (
        f"SELECT page_id, '{table.TABLE}' AS table_name, '*' AS field, old.said AS before, new.said AS after "
        f"FROM ({old}) AS old FULL JOIN ({new}) AS new USING (page_id) WHERE {differ}"
    )


def _of_reread(table: type[Contract], files: Files) -> str:
    return f"SELECT * FROM {_rows(table, files)} WHERE page_id IN (SELECT page_id FROM reread)"


def _rows(table: type[Contract], files: Files) -> str:
    """SQL for the rows of a table that were read again."""
    paths = files.get(table.TABLE)
    if not paths:
        return f"(SELECT * FROM {table.TABLE} LIMIT 0)"
    return f"read_parquet({literal([str(path) for path in paths])})"


def _records(con: Connection, question: str) -> list[Row]:
    answer = con.execute(question)
    columns = [column for column, *_ in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
