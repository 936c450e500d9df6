"""Runs of a lake: begun and ended by rows of their own, and those that were killed told so by whoever comes next."""

from collections.abc import Collection

import duckdb

from warehouse.lake.commit import count_of
from warehouse.lake.tables import TURN, stored
from warehouse.sql_text import texts
from warehouse.tables import Runs

KILLED = "state = 'running' AND run_id NOT IN (SELECT unnest({alive}))"


def killed_runs(con: duckdb.DuckDBPyConnection, alive: Collection[str]) -> int:
    """How many runs say that they run although nobody runs them."""
    return int(con.execute(f"SELECT count(*) FROM ops.runs WHERE {KILLED.format(alive=texts(alive))}").fetchall()[0][0])


def mark_killed_runs(con: duckdb.DuckDBPyConnection, alive: Collection[str], turn: int) -> int:
    """They were interrupted. Inside a transaction that has the turn."""
    rows = f"SELECT * REPLACE ('interrupted' AS state), {turn}::BIGINT AS {TURN} FROM ops.runs WHERE {KILLED.format(alive=texts(alive))}"
    return count_of(con.execute(f"INSERT INTO {stored(Runs)} BY NAME {rows}"))


def running_runs(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Runs that say that they run."""
    return [run_id for (run_id,) in con.execute("SELECT run_id FROM ops.runs WHERE state = 'running'").fetchall()]
