"""What a remote reader may ask, statement by statement."""

import sys

import duckdb
import pytest

from warehouse.errors import SettingsInvalid
from warehouse.remote.allowed import Gate
from warehouse.remote.quack_server import load_extensions

GATE = Gate(frozenset({"articles_as_of"}))
READS = (
    "SELECT 1", "FROM core.articles", "FROM core.articles_as_of(now())", "WITH t AS (SELECT 1) FROM t;",
    "DESCRIBE core.articles", "SHOW TABLES",
    "SUMMARIZE core.articles", "VALUES (1)", "SELECT 'quack_stop()'", "SELECT * FROM a, range(a.b)", "FROM duckdb_columns()",
    "-- note\nSELECT 1",
    "BEGIN", "begin transaction;", "COMMIT", "ROLLBACK", "SELECT list_transform([1], lambda x: x + 1)", "FROM unnest([1])",
)  # fmt: skip
HIDES = (
    "FROM {}", "SELECT * FROM a, {}", "SELECT (FROM {})", "WITH t AS (FROM {}) FROM t", "SELECT 1 WHERE EXISTS (FROM {})",
    "SELECT 1 UNION ALL FROM {}", "FROM a JOIN {} AS b ON true", "SELECT 1 ORDER BY (SELECT 1 FROM {})",
    "SELECT list_transform([1], lambda x: (FROM {}))",
    "SELECT sum(a) FILTER (EXISTS (FROM {})) OVER () FROM b", "FROM (FROM (FROM {}))", "SELECT 1 LIMIT (SELECT 1 FROM {})",
)  # fmt: skip
TABLES = (
    "quack_stop('x')",
    "QUACK_SERVE('x')",
    "\"quack_query\"('x', 'y')",
    "system.main.quack_stop('x')",
    "query('x')",
    "read_text('x')",
    "enable_logging()",
    "json_execute_serialized_sql('x')",
)


@pytest.mark.parametrize("statement", READS)
def test_what_reads_passes(statement: str):
    assert GATE.allows("session", statement)


@pytest.mark.parametrize("place", HIDES)
def test_table_functions_are_taken_from_a_list_wherever_they_stand(place: str):
    assert GATE.allows("session", place.format("range(3)"))
    assert [name for name in TABLES if GATE.allows("session", place.format(name))] == []


@pytest.mark.parametrize("statement", [
    "SELECT 1; SELECT 2", "SELECT 1; CALL quack_stop('x')", "BEGIN; CALL quack_stop('x')", "begin transaction; select 1",
    "", ";", "-- nothing",
    "SELECT quack_check_token('a', 'b', 'c')", "SELECT a FROM b ORDER BY quack_nop_authorization('a', 'b')", "SELECT getenv('HOME')",
    "EXPLAIN SELECT 1", "EXPLAIN ANALYZE FROM quack_stop('x')", "PRAGMA version", "COPY a TO 'b'", "EXECUTE p", "SELECT (", "SELECT '\x00",
])  # fmt: skip
def test_everything_else_is_refused(statement: str):
    assert not GATE.allows("session", statement)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "duckdb_extensions", None)
    with duckdb.connect(":memory:") as con, pytest.raises(SettingsInvalid, match=r"broadsheet\[serve-sql\]"):
        load_extensions(con)
