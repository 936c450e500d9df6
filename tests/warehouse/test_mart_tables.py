"""Each mart on a few rows, in a file and in a lake: a file of tests/warehouse/marts draws what goes in, and as its last table what comes
out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.lake.moved import dressed, insert_into_lake, new_lake
from tests.lake.postgres import PostgresServer
from tests.warehouse.drawn_tables import Drawn, came, expected, insert, read_drawn
from warehouse.marts import create_marts, marts
from warehouse.migrate import migrate

CASES = sorted((Path(__file__).parent / "marts").glob("*.txt"))
ELSEWHERE = {"clock", "loads", "run_history", "source_health", "field_drift", "damage_by_host"}  # test_watch.py, test_marts.py
Insert = Callable[[duckdb.DuckDBPyConnection, Drawn], None]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        create_marts(connection)
        yield connection


@pytest.fixture(scope="module")
def lake_con(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One lake for all cases: each is rolled back."""
    with dressed(new_lake(postgres, tmp_path_factory.mktemp("lake"))) as connection:
        yield connection


def expect_drawn(con: duckdb.DuckDBPyConnection, case: Path, insert: Insert) -> None:
    *given, answer = read_drawn(case.read_text("utf-8"))
    for table in given:
        insert(con, table)
    assert came(con, answer) == expected(con, answer), case.read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mart_gives_the_rows_that_are_drawn(con: duckdb.DuckDBPyConnection, case: Path):
    expect_drawn(con, case, insert)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mart_gives_the_same_rows_in_a_lake(lake_con: duckdb.DuckDBPyConnection, case: Path):
    lake_con.execute("BEGIN")
    try:
        expect_drawn(lake_con, case, insert_into_lake)
    finally:
        lake_con.execute("ROLLBACK")


def test_every_mart_has_a_case():
    assert {mart.name.removeprefix("mart.") for mart in marts()} - ELSEWHERE <= {case.stem.partition("-")[0] for case in CASES}
