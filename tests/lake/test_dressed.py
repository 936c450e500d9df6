"""What sessions on a lake begin with is made once for each state of the code, and copied for the sessions after."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.empty_warehouse import kept_as
from warehouse.lake.dressed import NAME, begin_dressed

pytestmark = pytest.mark.usefixtures("own_caches")
# Without the words of views and macros: what DuckDB has read from a file it words otherwise. That they answer as those of a published file
# do is what the other tests of lakes ask.
HOLDS = """
SELECT 'table' AS kind, schema_name || '.' || table_name AS name, sql AS says, comment FROM duckdb_tables()
    WHERE database_name = current_database()
UNION ALL SELECT 'view', schema_name || '.' || view_name, NULL, comment FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal
UNION ALL SELECT function_type, schema_name || '.' || function_name || parameters::VARCHAR, NULL, comment FROM duckdb_functions()
    WHERE database_name = current_database() AND NOT internal
UNION ALL SELECT 'column', schema_name || '.' || table_name || '.' || column_name, data_type, comment FROM duckdb_columns()
    WHERE database_name = current_database() AND NOT internal
ORDER BY ALL
"""


@pytest.fixture
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def begun() -> list[tuple[str, ...]]:
    with duckdb.connect() as con:
        begin_dressed(con)
        assert con.execute("SELECT database_name FROM duckdb_databases() WHERE NOT internal").fetchall() == [("memory",)]
        return con.execute(HOLDS).fetchall()


def test_a_session_that_begins_with_the_kept_one_is_as_one_that_made_its_own(own_caches: Path, session: duckdb.DuckDBPyConnection):
    made = begun()
    assert {kind for kind, *_ in made} == {"table", "view", "macro", "table_macro", "column"}
    assert [path.name for path in own_caches.iterdir()] == [kept_as(NAME).name]
    with duckdb.connect(str(kept_as(NAME))) as con:
        con.execute("CREATE TABLE main.marker (value INTEGER)")
    assert [entry[:2] for entry in begun() if entry not in made] == [("column", "main.marker.value"), ("table", "main.marker")]
    begin_dressed(session)
    session.execute("INSERT INTO raw.pages (page_id, url, host) VALUES ('a', 'https://pier.example/a', 'pier.example')")
    assert session.execute("SELECT count(*) FROM mart.articles").fetchall() == [(0,)]
    assert session.execute("SELECT count(*) FROM search_articles('harbour')").fetchall() == [(0,)]
    assert session.execute("SELECT count(*), count(made_by) FROM search.size").fetchall() == [(1, 1)]


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_a_kept_one_that_is_damaged_is_made_anew(damage: str, capsys: pytest.CaptureFixture[str]):
    made = begun()
    whole = kept_as(NAME).read_bytes()
    broken = {"cut": whole[:20_000], "changed": whole[:12_288] + bytes(len(whole) - 12_288), "empty": b""}
    kept_as(NAME).write_bytes(broken[damage])
    assert begun() == made
    assert f"the file at {kept_as(NAME)} cannot be read" in capsys.readouterr().err
    assert begun() == made
    assert capsys.readouterr().err == ""


def test_where_nothing_can_be_kept_a_session_makes_its_own(own_caches: Path, capsys: pytest.CaptureFixture[str]):
    own_caches.parent.mkdir()
    own_caches.write_text("a file where the folder would be")
    assert ("view", "mart.articles") in {entry[:2] for entry in begun()}
    assert f"{NAME} could not be kept at {own_caches}" in capsys.readouterr().err


def test_where_there_is_no_room_to_make_a_file_a_session_begins_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert ("view", "mart.articles") in {entry[:2] for entry in begun()}
    assert "could not be kept" in capsys.readouterr().err
    assert not kept_as(NAME).exists()
