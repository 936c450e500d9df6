"""The DDL of a contract: CREATE TABLE with constraints, and a COMMENT on the table and on every column.

`python -m warehouse.ddl` prints the DDL of every contract: what migrations must end at, and what a new one starts from.
"""

from collections.abc import Iterator

import polars as pl

from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS
from warehouse.tables.contract import Contract, comment_of
from warehouse.without_sqlalchemy import dataframely as dy

# DuckDB 1.5.5 cannot replay a log that alters a table (COMMENT ON does) whose CHECK calls a function by its bare name:
# after a SIGKILL during the first run the warehouse could never be opened again. tests/warehouse/test_crash.py has it.
BUILT_IN = "system.main"

SIMPLE_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "VARCHAR",
    pl.Enum: "VARCHAR",
    pl.Boolean: "BOOLEAN",
    pl.Int16: "SMALLINT",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Date: "DATE",
}


def ddl(contract: type[Contract]) -> str:
    """Statements that create the contract's table, comments included."""
    columns = contract.columns()
    lines = [_column(name, column) for name, column in columns.items()]
    lines += [f"    PRIMARY KEY ({', '.join(contract.primary_key())})"] if contract.HAS_KEY_INDEX else []
    table = contract.TABLE
    comments = [f"COMMENT ON TABLE {table} IS {literal(comment_of(contract))};"]
    comments += [f"COMMENT ON COLUMN {table}.{name} IS {literal(column.description or '')};" for name, column in columns.items()]
    return f"CREATE TABLE {table} (\n" + ",\n".join(lines) + "\n);\n" + "\n".join(comments) + "\n"


def sql_type(dtype: pl.DataType) -> str:
    """DuckDB's type for a Polars type. Raises TypeError for a type that no contract has used so far."""
    match dtype:
        case pl.List():
            return f"{sql_type(dtype.inner)}[]"  # type: ignore[arg-type]
        case pl.Struct():
            return "STRUCT(" + ", ".join(f'"{f.name}" {sql_type(f.dtype)}' for f in dtype.fields) + ")"  # type: ignore[arg-type]
        case pl.Datetime(time_zone="UTC", time_unit="us"):
            return "TIMESTAMPTZ"
    if type(dtype) not in SIMPLE_TYPES:
        raise TypeError(
            f"expected one of {', '.join(t.__name__ for t in SIMPLE_TYPES)}, List, Struct or Datetime in "
            f"UTC microseconds, came {dtype}; add it to SIMPLE_TYPES in warehouse/ddl.py"
        )
    return SIMPLE_TYPES[type(dtype)]


def _column(name: str, column: dy.Column) -> str:
    null = "" if column.nullable else " NOT NULL"
    packed = f" USING COMPRESSION {(column.metadata or {})['compression']}" if "compression" in (column.metadata or {}) else ""
    checks = "".join(f" CHECK ({check})" for check in _checks(name, column))
    return f"    {name} {sql_type(column.dtype)}{null}{packed}{checks}"


def _checks(name: str, column: dy.Column) -> Iterator[str]:
    """CHECK conditions; a null passes each, as SQL has it."""
    if isinstance(column, dy.Enum):
        yield f"{name} IN ({', '.join(literal(category) for category in column.categories)})"
    if isinstance(column, dy.String):
        if column.regex is not None:
            yield f"{BUILT_IN}.regexp_matches({name}, {literal(column.regex)})"
        if column.min_length is not None:
            yield f"{BUILT_IN}.length({name}) >= {column.min_length}"
        if column.max_length is not None:
            yield f"{BUILT_IN}.length({name}) <= {column.max_length}"
    if (least := getattr(column, "min", None)) is not None:
        yield f"{name} >= {least}"
    if (most := getattr(column, "max", None)) is not None:
        yield f"{name} <= {most}"


if __name__ == "__main__":
    print("\n".join(ddl(contract) for contract in CONTRACTS))
