"""Each mart on a few rows: a file of tests/warehouse/marts draws what goes in, and as its last table what comes out."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.drawn_tables import came, expected, insert, read_drawn
from warehouse.marts import create_marts, marts
from warehouse.migrate import migrate

CASES = sorted((Path(__file__).parent / "marts").glob("*.txt"))
ELSEWHERE = {"clock", "loads", "run_history", "source_health", "field_drift", "damage_by_host"}  # test_watch.py, test_marts.py


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        create_marts(connection)
        yield connection


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mart_gives_the_rows_that_are_drawn(con: duckdb.DuckDBPyConnection, case: Path):
    *given, answer = read_drawn(case.read_text("utf-8"))
    for table in given:
        insert(con, table)
    assert came(con, answer) == expected(con, answer), case.read_text("utf-8").splitlines()[0]


def test_every_mart_has_a_case():
    assert {mart.name.removeprefix("mart.") for mart in marts()} - ELSEWHERE <= {case.stem.partition("-")[0] for case in CASES}
