"""The temporary server's empty database is made by migrations once for each Prefect, not once for each run."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article


def test_a_database_is_made_once_and_anew_where_it_is_damaged(broadsheet_without_server: Run, tmp_path: Path):
    (tmp_path / "one.html").write_text(article("The only story of the day"))

    def ingest(home: str) -> Path:
        environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        done = broadsheet_without_server("ingest", tmp_path / "one.html", "--home", tmp_path / home, env=environment)
        assert done.returncode == 0, done.stderr
        (database,) = (tmp_path / "cache" / "broadsheet").glob("prefect-*.db")
        assert runs_in(database) == 0, "the records of a run were kept"
        return database

    with closing(sqlite3.connect(ingest("first"))) as connection, connection:
        connection.execute("CREATE TABLE marker (value INTEGER)")
    database = ingest("second")
    assert tables_in(database) >= {"marker"}, "it was made anew"
    database.write_bytes(database.read_bytes()[:5000])
    assert not tables_in(ingest("third")) & {"marker"}


def tables_in(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def runs_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM flow_run").fetchone()[0])
