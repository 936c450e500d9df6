"""What every table contract is: a dataframely schema that knows its table, its grain, and what its rows hang on.

A contract is declared once. From it come the DDL with comments (warehouse/ddl.py), the Polars schema, the structural
rules that the expectations room judges by, the data dictionary (warehouse/dictionary.py) and the sample rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

import polars as pl

from warehouse.errors import ContractBroken
from warehouse.without_sqlalchemy import dataframely as dy

HEX16 = "^[0-9a-f]{16}$"  # the first 64 bits of a SHA-256, see keys in tasks/shaping
ROLES = ("author", "editor", "source", "translator", "photographer", "agency")
PRECISIONS = ("minute", "day")
LISTING_KINDS = ("related", "recommended", "hot", "latest", "section")
LISTED_PRECISIONS = ("minute", "hour", "day", "month")
LISTED_SOURCES = ("machine", "printed", "relative", "completed")
TURN_KINDS = ("question", "answer")
SCRIPTS = ("Hans", "Hant", "mixed")  # ISO 15924, and what it has no code for
LONG_TEXT = {"compression": "zstd"}  # metadata of a column: DuckDB chooses zstd by itself only from 4,096 bytes a value on average
ROUND_TRIPS = ("proved", "not proved")
REPAIR_STATES = ("restored", "lost", "flagged")


class Contract(dy.Schema):
    """One table. The docstring's first line is the table's COMMENT: `schema.table: its grain`."""

    TABLE: ClassVar[str]  # "core.articles"
    GRAIN: ClassVar[str]  # what one row is
    PARENT: ClassVar["type[Contract] | None"] = None  # the table whose key its rows carry, and without whose row none of them may be
    KEEPS: ClassVar[Literal["first", "last"]] = "first"  # of two rows with one key: the one that is there, or the one that comes
    RETOLD: ClassVar[tuple[str, ...]] = ()  # columns of the row that is there which say what the one that comes says
    HAS_KEY_INDEX: ClassVar[bool] = True  # whether DuckDB enforces the primary key


def instant(description: str, *, nullable: bool = False) -> dy.Datetime:
    """A moment: TIMESTAMPTZ in DuckDB, microseconds in UTC in Polars."""
    return dy.Datetime(time_zone="UTC", time_unit="us", nullable=nullable, description=description)


@dataclass(frozen=True, slots=True)
class Rule:
    """One structural promise of a contract as plain data; columns that promise the same thing share a rule.

    `complete`: no nulls; `unique`: the columns together are the key; `matches`: `regex`; `length`: characters between
    `least` and `most`; `between`: the value is. Nulls satisfy the last three. Enums need no rule: their type says it.
    """

    kind: Literal["complete", "unique", "matches", "length", "between"]
    columns: tuple[str, ...]
    regex: str | None = None
    least: float | None = None
    most: float | None = None


def name_of(contract: type[Contract]) -> str:
    """The table without its schema, such as listing_items: also what the files of its shaper and its suite are called."""
    return contract.TABLE.split(".")[1]


def lineage(contract: type[Contract]) -> tuple[type[Contract], ...]:
    """The contract with all that its rows hang on, the root first and the contract itself last."""
    return (*(lineage(contract.PARENT) if contract.PARENT else ()), contract)


def polars_schema(contract: type[Contract]) -> pl.Schema:
    """Column names in order, with their types."""
    return pl.Schema({name: column.dtype for name, column in contract.columns().items()})


def comment_of(contract: type[Contract]) -> str:
    """The table's COMMENT."""
    return (contract.__doc__ or contract.GRAIN).strip().splitlines()[0]


def conform(frame: pl.DataFrame | pl.LazyFrame, contract: type[Contract]) -> pl.DataFrame:
    """The frame with exactly the contract's columns, in its order: the last step of whoever makes a frame, and nobody else's.

    Rows are not looked at: what is wrong with a row is for the expectations to say. Raises ContractBroken.
    """
    expect_columns(frame, contract)
    return frame.lazy().select(list(contract.columns())).collect()


def expect_columns(frame: pl.DataFrame | pl.LazyFrame, contract: type[Contract]) -> None:
    """Raises ContractBroken where columns are missing, surplus or of another type: that can only be a mistake in our code.

    Asked at every door that takes frames: DuckDB would fill a column that is absent with nulls.
    """
    expected, came = polars_schema(contract), frame.collect_schema()
    wrong = [
        *(f"{name}: expected {dtype}, missing" for name, dtype in expected.items() if name not in came),
        *(f"{name}: not expected, came as {dtype}" for name, dtype in came.items() if name not in expected),
        *(f"{n}: expected {t}, came as {came[n]}" for n, t in expected.items() if n in came and came[n] != t),
    ]
    if wrong:
        raise ContractBroken(
            f"{contract.TABLE} expects other columns than came: {'; '.join(wrong)}. "
            "Make the frame's maker and the contract in warehouse/tables agree."
        )


def sample(contract: type[Contract], rows: int, *, seed: int = 0) -> pl.DataFrame:
    """Random rows that keep every structural rule of the contract, the same for the same seed."""
    return conform(contract.sample(rows, generator=dy.random.Generator(seed)), contract)


def rules(contract: type[Contract]) -> list[Rule]:
    """The structural promises of the contract, for the expectations room to judge rows by."""
    columns = contract.columns()
    required = tuple(name for name, column in columns.items() if not column.nullable)
    grouped: dict[tuple[str, str | None, float | None, float | None], list[str]] = {}
    for name, column in columns.items():
        for promise in _promises(column):
            grouped.setdefault(promise, []).append(name)
    return [
        Rule("complete", required),
        Rule("unique", tuple(contract.primary_key())),
        *(
            Rule(kind, tuple(names), regex, least, most)  # type: ignore[arg-type]
            for (kind, regex, least, most), names in grouped.items()
        ),
    ]


def _promises(column: dy.Column) -> Iterator[tuple[str, str | None, float | None, float | None]]:
    """What one column promises about its values, as the fields of a Rule after `columns`."""
    if isinstance(column, dy.String):
        if column.regex is not None:
            yield "matches", column.regex, None, None
        if column.min_length is not None or column.max_length is not None:
            yield "length", None, column.min_length, column.max_length
    least, most = getattr(column, "min", None), getattr(column, "max", None)
    if least is not None or most is not None:
        yield "between", None, least, most
