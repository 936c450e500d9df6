"""Rows drawn as small text tables: `== core.articles`, a line of column names, a line for each row, cells parted by |.

An empty cell is null, '' is an empty text. Where a key is one letter it stands for sixteen of it. Columns that are not drawn are null,
or a sample's value where the contract wants one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS
from warehouse.tables.contract import sample

SHORT_KEY = re.compile(r"[a-f0-9]")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One table as it stands in a file."""

    name: str
    columns: list[str]
    rows: list[list[str]]


def read_drawn(text: str) -> list[Drawn]:
    """The tables of a file, in their order."""
    return list(_tables(text))


def insert(con: duckdb.DuckDBPyConnection, drawn: Drawn, target: str = "", more: str = "") -> None:
    """Rows of one table of the warehouse. `target`: what they are written to, if not the table; `more`: SQL of its other columns."""
    contract = next(contract for contract in CONTRACTS if drawn.name == contract.TABLE)
    if not drawn.rows:
        return
    types = dict(con.execute(f"SELECT column_name, data_type FROM duckdb_columns() WHERE {_is(drawn.name)}").fetchall())
    left = [name for name, column in contract.columns().items() if not column.nullable and name not in drawn.columns]
    con.register("filled", sample(contract, len(drawn.rows)).with_row_index("row_number").select("row_number", *left))
    values = ", ".join(f"({n}, {', '.join(_value(column, cell) for column, cell in zip(drawn.columns, row, strict=True))})"
                       for n, row in enumerate(drawn.rows))  # fmt: skip
    given = ", ".join(f"CAST({name} AS {types[name]}) AS {name}" for name in drawn.columns)
    con.execute(
        f"INSERT INTO {target or drawn.name} BY NAME SELECT {given}{''.join(f', {name}' for name in left)}{more} "
        f"FROM (VALUES {values}) AS drawn(row_number, {', '.join(drawn.columns)}) JOIN filled USING (row_number)"
    )
    con.unregister("filled")


def came(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> list[tuple[Any, ...]]:
    """The columns that are drawn of a view, or of what a table macro called `name(…)` gives, in their order of sorting."""
    return con.execute(f"SELECT {', '.join(drawn.columns)} FROM {drawn.name} ORDER BY ALL").fetchall()


def expected(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> list[tuple[Any, ...]]:
    """What is drawn, in the types that came."""
    types = [kind for _, kind, *_ in con.execute(f"DESCRIBE SELECT {', '.join(drawn.columns)} FROM {drawn.name}").fetchall()]
    rows = [
        ", ".join(
            f"CAST({_value(column, cell)} AS {kind}) AS {column}" for column, cell, kind in zip(drawn.columns, row, types, strict=True)
        )
        for row in drawn.rows
    ]
    return con.execute(" UNION ALL ".join(f"SELECT {row}" for row in rows) + " ORDER BY ALL").fetchall() if rows else []


def _tables(text: str) -> Iterator[Drawn]:
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, head, *lines = [line for line in block.splitlines() if line.strip()]
        yield Drawn(name.strip(), _cells(head), [_cells(line) for line in lines])


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _value(column: str, cell: str) -> str:
    if not cell:
        return "NULL"
    is_key = column.endswith("_id") or column == "text_fingerprint"
    cell = cell * 16 if is_key and SHORT_KEY.fullmatch(cell) else cell
    return literal("" if cell == "''" else cell.replace(r"\n", "\n"))


def _is(table: str) -> str:
    schema, name = table.split(".")
    return f"schema_name = '{schema}' AND table_name = '{name}' AND database_name = current_database()"
