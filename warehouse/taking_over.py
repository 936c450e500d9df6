"""What a reprocess proposes, put in place of what is there: all of it or nothing, and only rows that differ.

A row that today's extractor reads as the one before it stays where it is. So taking over costs what has changed, and leaves no holes in the
file where rows were only written anew.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import polars as pl

from warehouse.errors import ContractBroken, QueryInvalid
from warehouse.reread import READ_ANEW, TAKEN_OVER, WHOLE_ROWS, Files, reread, rows_of, rows_of_reread
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, PAGE_FAMILY, Articles, Changes, Contract, Evidence, Pages, Rejects, Runs
from warehouse.tables.contract import expect_columns
from warehouse.transaction import transaction

CHANGED_ARTICLES = f"SELECT page_id FROM differing WHERE table_name = '{Articles.TABLE}'"  # for the connection that has accepted


def accept(con: duckdb.DuckDBPyConnection, files: Files, changes: Path, differing: Path, taken_over: Collection[str]) -> int:
    """Put the rows of these pages in place of those that are there, with rejects, checks and changes, in one transaction; how many pages.

    Raises QueryInvalid where other runs were `taken_over` than when the files were compared, ContractBroken where another version has made
    them, StorageFailed or WarehouseUnusable after a rollback.
    """
    _expect_contracts(files)
    _expect_same(con, files, taken_over)
    con.execute("SET checkpoint_threshold = '1KB'")  # the commit writes into the file at once, and not into the log before
    with transaction(con):
        con.execute(reread(files))
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE differing AS FROM read_parquet({literal(str(differing))}) SEMI JOIN reread USING (page_id)"
        )
        con.execute(_update(Pages, READ_ANEW, "reread"))
        differing_tables = {name for (name,) in con.execute("SELECT DISTINCT table_name FROM differing").fetchall()}
        for table in PAGE_FAMILY:
            if table.TABLE not in differing_tables:
                continue
            if table is Articles:
                _replace_articles(con, files, changes)
                continue
            con.execute(f"DELETE FROM {table.TABLE} WHERE {_differs(table)}")
            con.execute(f"INSERT INTO {table.TABLE} BY NAME SELECT * FROM {rows_of(table, files)} WHERE {_differs(table)}")
        readers = f"(SELECT DISTINCT page_id, extractor FROM ({rows_of_reread(Evidence, files)}))"
        con.execute(_update(Evidence, ("extractor",), readers))  # also where it says the same
        _settle_rejects(con, files)
        for table in CONTRACTS:
            if table.TABLE.startswith("ops.") and table is not Rejects and files.get(table.TABLE):
                con.execute(f"INSERT OR REPLACE INTO {table.TABLE} BY NAME SELECT * FROM {rows_of(table, files)}")
        said = f"SELECT * FROM read_parquet({literal(str(changes))})"
        con.execute(f"INSERT OR IGNORE INTO {Changes.TABLE} BY NAME {said}")  # or: of a run that was killed behind its commit
        (pages,) = con.execute("SELECT count(*) FROM reread").fetchall()[0]
    return int(pages)


def _replace_articles(con: duckdb.DuckDBPyConnection, files: Files, changes: Path) -> None:
    """By column where an article stays one. Bodies are most of a warehouse, and DuckDB writes the last 122,880 rows of a table anew where
    any are added."""
    new = f"(SELECT * FROM {rows_of(Articles, files)} WHERE {_differs(Articles)})"
    fields = f"SELECT DISTINCT field FROM read_parquet({literal(str(changes))}) WHERE table_name = '{Articles.TABLE}'"
    changed = {field for (field,) in con.execute(fields).fetchall()}
    con.execute(_update(Articles, [column for column in Articles.column_names() if column in changed | {"run_id"}], new))
    if WHOLE_ROWS in changed:
        con.execute(f"DELETE FROM {Articles.TABLE} WHERE {_differs(Articles)} AND page_id NOT IN (SELECT page_id FROM {new})")
        con.execute(f"INSERT INTO {Articles.TABLE} BY NAME SELECT * FROM {new} ANTI JOIN {Articles.TABLE} USING (page_id)")


def _differs(table: type[Contract]) -> str:
    """SQL for whether a page has other rows in a table."""
    return f"page_id IN (SELECT page_id FROM differing WHERE table_name = '{table.TABLE}')"


def _expect_same(con: duckdb.DuckDBPyConnection, files: Files, taken_over: Collection[str]) -> None:
    """Which rows differ was told by the warehouse as it was. Loads leave known pages alone; a backup that was put back does not."""
    now = {run for (run,) in con.execute(TAKEN_OVER).fetchall()}
    own = {run for (run,) in con.execute(f"SELECT run_id FROM {rows_of(Runs, files)}").fetchall()}
    if odd := (now - own) ^ (set(taken_over) - own):
        raise QueryInvalid(
            f"expected the warehouse that the proposal was compared with, came one with other runs taken over: {', '.join(sorted(odd))}. "
            "Was a backup put back? Propose anew: `broadsheet reprocess` with the options of the first time."
        )


def _update(table: type[Contract], columns: Sequence[str], said: str) -> str:
    """SQL that has the rows of a page say in these columns what `said` has for it, where they do not."""
    sets = ", ".join(f"{column} = said.{column}" for column in columns)
    differ = " OR ".join(f"kept.{column} IS DISTINCT FROM said.{column}" for column in columns)
    return f"UPDATE {table.TABLE} AS kept SET {sets} FROM {said} AS said WHERE kept.page_id = said.page_id AND ({differ})"


def _settle_rejects(con: duckdb.DuckDBPyConnection, files: Files) -> None:
    """A refusal that was not repeated is answered; one that was repeated stands, also where it had been answered before."""
    again = f"(SELECT reject_id FROM {rows_of(Rejects, files)})"
    standing = "replayed_at IS NULL AND page_id IN (SELECT page_id FROM reread)"
    con.execute(f"UPDATE ops.rejects SET replayed_at = now() WHERE {standing} AND reject_id NOT IN {again}")
    con.execute(f"UPDATE ops.rejects SET replayed_at = NULL WHERE replayed_at IS NOT NULL AND reject_id IN {again}")
    con.execute(f"INSERT OR IGNORE INTO ops.rejects BY NAME {rows_of_reread(Rejects, files)}")


def _expect_contracts(files: Files) -> None:
    contracts = {contract.TABLE: contract for contract in CONTRACTS}
    for name, paths in files.items():
        if name not in contracts:
            raise ContractBroken(f"expected files of the tables in warehouse/tables, came also {name}")
        for path in paths:
            expect_columns(pl.scan_parquet(path), contracts[name])
