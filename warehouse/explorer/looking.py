"""One look into one published state: questions answered within limits, as the tables of a view."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Timer
from typing import Any

import duckdb

from warehouse.ask import expect_one_statement
from warehouse.connection import Connection
from warehouse.errors import QueryInvalid
from warehouse.explorer.addresses import number
from warehouse.explorer.questions import Question, question
from warehouse.explorer.table import ALL, PAGE_ROWS, Row, Table, fitting
from warehouse.state import Place, open_state
from warehouse.transaction import tells_damage


@dataclass(frozen=True, slots=True)
class LookLimits:
    """What one look may take: seconds of a statement, memory of DuckDB, its threads."""

    seconds: float = 10.0
    memory: str = "512MB"
    threads: int = max(1, (os.cpu_count() or 2) // 2)

    @property
    def settings(self) -> dict[str, str]:
        """As DuckDB names them."""
        return {"memory_limit": self.memory, "threads": str(self.threads)}


class Look:
    """What a view asks of the state that `con` has open. `given`: parameters of its URL."""

    def __init__(self, con: Connection, given: Mapping[str, str], limits: LookLimits) -> None:
        self.con = con
        self.given = given
        self.limits = limits
        self._whole: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}  # by query: a chart and the table below it ask once

    def rows(self, name: str, **values: Any) -> list[Row]:
        """All rows of a question; none where this state lacks what it reads."""
        try:
            with within(self.con, self.limits.seconds):
                answer = self.con.execute(sql := question(name).filled(**values))
                columns, rows = self._whole[sql] = [column for column, *_ in answer.description or ()], answer.fetchall()
                return [dict(zip(columns, row, strict=True)) for row in rows]
        except (duckdb.CatalogException, duckdb.BinderException):
            if self.missing(question(name)):
                return []
            raise

    def table(self, name: str, caption: str = "", **values: Any) -> Table:
        """The rows of a question from where the URL says; a question that this state cannot answer has a `problem`."""
        asked, start = question(name), number(self.given.get(f"{name}_from"))
        most = {"most": start + PAGE_ROWS + 1}
        sql, everything = asked.filled(**(most | values)), asked.filled(**(values | {"most": ALL}))
        table = Table(name, caption or asked.answers, asked.empty, sql, everything, start=start)
        try:
            if sql in self._whole:
                columns, rows = self._whole[sql][0], self._whole[sql][1][start : start + PAGE_ROWS + 1]
            else:
                columns, rows = self._page(f"{sql}\nLIMIT {start + PAGE_ROWS + 1}", start)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            return replace(table, problem=self._lack(asked, error))
        except QueryInvalid as error:
            return replace(table, problem=str(error))
        except duckdb.Error as error:
            if tells_damage(error):
                raise
            return replace(table, problem=f"This could not be answered, DuckDB says: {error}")
        return replace(table, columns=columns, **fitting(rows, start))

    def ask(self, query: str) -> Table:
        """The answer to a query of the reader's own. Raises QueryInvalid."""
        start = number(self.given.get("rows_from"))
        table = Table("rows", "Answer", "The query gave no row.", query, query, start=start)
        with _readers_own(self.con, query):
            columns, rows = self._page(query, start)
        return replace(table, columns=columns, **fitting(rows, start))

    def begin(self, query: str) -> Connection:
        """The same, of which all rows are to be fetched. Raises QueryInvalid."""
        with _readers_own(self.con, query), within(self.con, self.limits.seconds):
            return self.con.execute(query)

    def missing(self, asked: Question) -> list[str]:
        """Of what a question reads, what this state does not have."""
        there = {name for (name,) in self.con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() UNION ALL SELECT schema_name || '.' || view_name "
            "FROM duckdb_views() UNION ALL SELECT if(schema_name = 'main', '', schema_name || '.') || function_name "
            "FROM duckdb_functions() WHERE NOT internal"
        ).fetchall()}  # fmt: skip
        return [name for name in asked.reads if name not in there and f"main.{name}" not in there and not name.startswith("duckdb_")]

    def _page(self, query: str, start: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        with within(self.con, self.limits.seconds):
            answer = self.con.execute(query)
            columns = [column for column, *_ in answer.description or ()]
            passed = 0
            while passed < start and (skipped := answer.fetchmany(min(10_000, start - passed))):
                passed += len(skipped)
            return columns, answer.fetchmany(PAGE_ROWS + 1)

    def _lack(self, asked: Question, error: duckdb.Error) -> str:
        missing = self.missing(asked)
        what = f"This state has no {' and no '.join(missing)}" if missing else f"This state has them otherwise ({error})"
        return f"{what}: an older version has published it. Any run of `broadsheet ingest` publishes the next one with it."


@contextmanager
def looking(place: Place, as_of: str | None, given: Mapping[str, str], limits: LookLimits, view: str = "") -> Iterator[Look]:
    """Open the state that `as_of` names, or the current one: what was published a moment ago is seen. Raises as open_state does."""
    with open_state(place, as_of=as_of, limits=limits.settings, asked=" ".join((view, given.get("query", "")))) as con:
        yield Look(con, given, limits)


@contextmanager
def within(con: Connection, seconds: float) -> Iterator[None]:
    """Interrupt what runs on `con` after so long. Raises QueryInvalid then, and where a query takes more memory than it may."""
    timer = Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryInvalid(
            f"Expected an answer within {seconds:g} seconds, the time of a query here; it was stopped. Ask for less: one host, a "
            "shorter time, fewer columns; or ask `broadsheet sql`, which waits."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise QueryInvalid(f"Expected a query that needs less memory, DuckDB says: {error}. `broadsheet sql` may take more.") from error
    finally:
        timer.cancel()


@contextmanager
def _readers_own(con: Connection, query: str) -> Iterator[None]:
    """Around a query that a reader has written. Raises QueryInvalid with DuckDB's own words, and where it is none or several."""
    try:
        expect_one_statement(con, query)
        yield
    except duckdb.Error as error:
        if tells_damage(error):
            raise
        raise QueryInvalid(f"Expected a query that reads the warehouse, DuckDB says: {error}") from error
