"""The dictionary as rows, from the contracts and the files of marts and macros: `FROM dictionary` in the published file, and what
warehouse/dictionary.py writes for readers.

The view holds its rows itself. So it says the same to whoever attaches the file under another name, where DuckDB's own tables of columns
and functions would speak of every database that is attached.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path

import duckdb

from warehouse.ddl import sql_type
from warehouse.marts import Mart, everything
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS
from warehouse.tables.contract import comment_of
from warehouse.units import example_of, unit_of
from warehouse.without_sqlalchemy import dataframely as dy

EXAMPLES = Path(__file__).parent / "dictionary_examples.toml"
VIEW = "dictionary"
MEANING = "What is there, what does it mean, in which unit? Grain: one table, view or macro, and one column or parameter of each."
COLUMNS = {
    "schema_name": "Schema that it is in; main where none needs to be written.",
    "table_name": "Table, view or macro.",
    "column_name": "Column, or parameter of a macro; null in the row of the table, view or macro itself.",
    "kind": "table, view or macro.",
    "type": "DuckDB type of the column; null of a parameter.",
    "unit": "What it is counted or written in, such as characters, moment, UTC or ISO 639; null of plain text.",
    "enum_values": "The values that the column can have, where they are a list.",
    "meaning": "What it says; of a table, view or macro what a row is and which question it answers.",
    "example": "A value; of a table, view or macro how it is asked.",
    "is_parameter": "Whether it is a parameter of a macro.",
}


@dataclass(frozen=True, slots=True)
class Described:
    """One row; the fields are COLUMNS."""

    schema_name: str
    table_name: str
    column_name: str | None
    kind: str
    type: str | None
    unit: str | None
    enum_values: list[str] | None
    meaning: str
    example: str | None
    is_parameter: bool = False


def entries(types: Mapping[str, Mapping[str, str]]) -> list[Described]:
    """All rows; `types` of the columns of marts and macros, as create_marts gives them."""
    by_kind = sorted((mart for mart in everything() if not mart.is_internal), key=lambda mart: (mart.kind != "VIEW", mart.name))
    return [*_of_contracts(), *(row for mart in by_kind for row in _of_mart(mart, types[mart.name])), *_of_itself()]


def create_dictionary(con: duckdb.DuckDBPyConnection, types: Mapping[str, Mapping[str, str]]) -> None:
    """Make the view anew; `types` as create_marts gives them."""
    as_row = attrgetter(*COLUMNS)
    rows = ",\n".join(f"({', '.join(map(literal, as_row(row)))})" for row in entries(types))
    typed = ", ".join(f"{name}::{_type_of(name)} AS {name}" for name in COLUMNS)
    con.execute(f"CREATE OR REPLACE VIEW {VIEW} AS SELECT {typed} FROM (VALUES {rows}) AS told({', '.join(COLUMNS)})")
    comments = [f"COMMENT ON VIEW {VIEW} IS {literal(f'{VIEW}: {MEANING}')}"]
    comments += [f"COMMENT ON COLUMN {VIEW}.{name} IS {literal(meaning)}" for name, meaning in COLUMNS.items()]
    con.execute("; ".join(comments))


def _of_contracts() -> Iterator[Described]:
    for contract in CONTRACTS:
        schema, table = contract.TABLE.split(".")
        says = comment_of(contract).removeprefix(f"{contract.TABLE}: ")
        meaning = f"{says[0].upper()}{says[1:]} Grain: {contract.GRAIN}."
        yield Described(schema, table, None, "table", None, None, None, meaning, f"FROM {contract.TABLE} LIMIT 10")
        for name, column in contract.columns().items():
            yield _column(schema, table, name, "table", sql_type(column.dtype), column.description or "", _values(column))


def _of_mart(mart: Mart, types: Mapping[str, str]) -> Iterator[Described]:
    schema, _, table = f"main.{mart.name}".rpartition(".")
    schema, kind = schema.removeprefix("main."), "view" if mart.kind == "VIEW" else "macro"
    says = f"{mart.answers} Grain: {mart.grain}."
    yield Described(schema, table, None, kind, None, None, None, says, mart.example or f"FROM {mart.name} LIMIT 10")
    for name, meaning in mart.parameters.items():
        yield Described(schema, table, name, kind, None, unit_of(name, ""), None, meaning, None, True)
    for name, meaning in mart.columns.items():
        yield _column(schema, table, name, kind, types[name], meaning, _values_cited(name, meaning))


def _of_itself() -> Iterator[Described]:
    yield Described("main", VIEW, None, "view", None, None, None, MEANING, f"FROM {VIEW}")
    for name, meaning in COLUMNS.items():
        yield _column("main", VIEW, name, "view", _type_of(name), meaning, ["table", "view", "macro"] if name == "kind" else None)


def _column(schema: str, table: str, name: str, kind: str, type_: str, meaning: str, values: list[str] | None) -> Described:
    type_ = "TIMESTAMPTZ" if type_ == "TIMESTAMP WITH TIME ZONE" else type_
    unit = unit_of(name, type_)
    given = _examples()
    example = given.get(f"{schema}.{table}.{name}") or (values[0] if values else given.get(name)) or example_of(unit)
    return Described(schema, table, name, kind, type_, unit, values, meaning, example)


def _values(column: dy.Column) -> list[str] | None:
    return list(column.categories) if isinstance(column, dy.Enum) else None


def _values_cited(name: str, meaning: str) -> list[str] | None:
    """Those of the table's column of this name that a mart's words send their reader to: `Kind of listing; core.listing_items.`"""
    cited = (contract for contract in CONTRACTS if f"; {contract.TABLE}" in meaning and name in contract.columns())
    return next((_values(contract.columns()[name]) for contract in cited), None)


def _type_of(name: str) -> str:
    return {"enum_values": "VARCHAR[]", "is_parameter": "BOOLEAN"}.get(name, "VARCHAR")


@cache
def _examples() -> dict[str, str]:
    return tomllib.loads(EXAMPLES.read_text("utf-8"))
