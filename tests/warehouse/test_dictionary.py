"""FROM dictionary: what every table, view, macro and column means, in the published file and to whoever attaches it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.staging import load_frames
from warehouse.connection import SNAPSHOT_FILE, open_loader, open_snapshot
from warehouse.marts import create_marts, macros
from warehouse.snapshot import publish_snapshot

TYPES = """replace(replace(data_type, 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ'), '"', '')"""
OWN = "NOT internal AND database_name = current_database() AND schema_name != 'search'"  # which is internal


@pytest.fixture
def con(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_loader(home) as loader:
        publish_snapshot(loader, home)
    with open_snapshot(home) as connection:
        yield connection


def test_it_has_every_column_of_the_file_with_its_comment(con: duckdb.DuckDBPyConnection):
    there = con.execute(
        f"SELECT schema_name, table_name, column_name, {TYPES}, comment FROM duckdb_columns() WHERE {OWN} ORDER BY ALL"
    ).fetchall()
    told = con.execute(
        "SELECT schema_name, table_name, column_name, replace(type, '\"', ''), meaning FROM dictionary "
        "WHERE kind != 'macro' AND column_name IS NOT NULL ORDER BY ALL"
    ).fetchall()
    assert told == there


def test_it_has_every_macro_with_its_parameters(con: duckdb.DuckDBPyConnection):
    there = con.execute(f"SELECT function_name, unnest(parameters) FROM duckdb_functions() WHERE {OWN} ORDER BY ALL").fetchall()
    assert con.execute("SELECT table_name, column_name FROM dictionary WHERE is_parameter ORDER BY ALL").fetchall() == there
    assert {name for name, _ in there} == {macro.name.rpartition(".")[2] for macro in macros() if not macro.is_internal}


def test_every_column_has_an_example_that_its_type_can_be(con: duckdb.DuckDBPyConnection):
    rows = con.execute(
        "SELECT schema_name || '.' || table_name || '.' || column_name, type, example FROM dictionary "
        "WHERE column_name IS NOT NULL AND NOT is_parameter"
    ).fetchall()
    assert [name for name, _, example in rows if not example] == [], "add them to warehouse/dictionary_examples.toml"
    for name, kind, example in rows:
        assert con.execute(f"SELECT TRY_CAST($example AS {kind}) IS NOT NULL", {"example": example}).fetchall() == [(True,)], name


@pytest.mark.parametrize(("column", "unit"), [
    ("core.articles.published_at", "moment, UTC"), ("core.articles.char_count", "characters"), ("mart.articles.published_on", "day"),
    ("mart.headline_timeline.seen_share", "0..1"), ("core.statements.start_offset", "characters"), ("core.articles.title", None),
    ("ops.inputs.start_offset", "bytes or rows"), ("mart.comment_velocity.comments_per_hour", "per hour"), ("raw.pages.page_id", "key"),
])  # fmt: skip
def test_names_tell_units(con: duckdb.DuckDBPyConnection, column: str, unit: str | None):
    schema, table, name = column.split(".")
    asked = "SELECT unit FROM dictionary WHERE schema_name = $schema AND table_name = $table AND column_name = $name"
    assert con.execute(asked, {"schema": schema, "table": table, "name": name}).fetchall() == [(unit,)]


def test_a_mart_has_the_values_of_the_column_that_it_passes_on(con: duckdb.DuckDBPyConnection):
    asked = "SELECT enum_values FROM dictionary WHERE schema_name = 'mart' AND table_name = 'headline_timeline' AND column_name = 'kind'"
    assert con.execute(asked).fetchall() == [(["related", "recommended", "hot", "latest", "section"],)]


def test_an_attached_file_speaks_of_itself(con: duckdb.DuckDBPyConnection, home: Path):
    expected = con.execute("SELECT count(*) FROM dictionary").fetchall()
    with duckdb.connect(":memory:") as other:
        other.execute(f"CREATE TABLE mine (a INTEGER); ATTACH '{home / SNAPSHOT_FILE}' AS news (READ_ONLY)")
        assert other.execute("SELECT count(*) FROM news.dictionary").fetchall() == expected


def test_it_is_made_anew_with_the_marts_alone(home: Path, make_batch, monkeypatch, tmp_path: Path):
    made = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))  # no other home has made them before
    monkeypatch.setattr("warehouse.marts.create_marts", lambda con: made.append(con) or create_marts(con))
    with open_loader(home) as con:
        publish_snapshot(con, home)
        load_frames(con, make_batch())
        publish_snapshot(con, home)
        assert len(made) == 1
        monkeypatch.setattr("warehouse.definitions._of_files", lambda: "other words")
        publish_snapshot(con, home)
    assert len(made) == 2
