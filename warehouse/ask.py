"""One question to the published snapshot, as rows or as a text table."""

import io
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.connection import Connection
from warehouse.errors import QueryInvalid
from warehouse.lake.gate import expect_reading
from warehouse.state import Place, open_state
from warehouse.transaction import tells_damage

MOST_ROWS = 500  # --csv and --json give all
MOST_COLUMN_WIDTH = 60  # characters of a value that a text table shows: bodies are thousands long


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a query, with the names of its columns."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """One dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(place: Place, query: str, parameters: dict[str, Any] | None = None, *, as_of: str | None = None) -> Answer:
    """The answer of the current state, or of the one that `as_of` names.

    Raises QueryInvalid with DuckDB's own words, and what `open_state` raises.
    """
    with open_state(place, as_of=as_of, asked=query) as con:
        try:
            expect_one_statement(con, query)
            con.execute(query, parameters)
            return Answer([name for name, *_ in con.description or ()], con.fetchall())
        except duckdb.Error as error:
            if tells_damage(error):
                raise
            raise QueryInvalid(f"expected a query that reads the warehouse, DuckDB says: {error}") from error


def drawn(place: Place, query: str, width: int, *, as_of: str | None = None) -> str:
    """The answer as DuckDB draws it, `width` characters wide, at most MOST_ROWS rows. Raises as `ask` does."""
    with open_state(place, as_of=as_of, asked=query) as con, redirect_stdout(io.StringIO()) as table:
        try:
            expect_one_statement(con, query)
            relation = con.sql(query)
            if relation is not None:
                relation.show(max_width=width, max_rows=MOST_ROWS, max_col_width=MOST_COLUMN_WIDTH)
        except duckdb.Error as error:
            if tells_damage(error):
                raise
            raise QueryInvalid(f"expected a query that reads the warehouse, DuckDB says: {error}") from error
    return table.getvalue().rstrip("\n")


def expect_one_statement(con: Connection, query: str) -> None:
    """Raises QueryInvalid where the query is none or several: DuckDB would answer with nothing, or with the last alone.
    Of a lake also where it may do more than read."""
    said = [statement.query for statement in con.extract_statements(query)]
    count = max(len([each for each in said if each]), min(len(said), 1))  # of one PIVOT DuckDB makes several, without words of their own
    if count != 1:
        came = f"{count} statements: ask them one by one" if count else "nothing but blanks and comments: try `FROM core.articles`"
        raise QueryInvalid(f"expected one query that reads the warehouse, got {came}")
    expect_reading(con, query)
