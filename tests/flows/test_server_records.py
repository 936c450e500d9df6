"""The temporary server's empty database is made by migrations once for each Prefect, not once for each run."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article
from tests.prefect_server import made_database


def test_a_database_is_made_once_and_anew_where_it_is_damaged(broadsheet_without_server: Run, caches: Path, tmp_path: Path):
    made_database(tmp_path / "first.db", caches)  # there it is kept from now on, if it was not before
    own = tmp_path / "cache"
    shutil.copytree(caches / "broadsheet", own / "broadsheet")
    (kept,) = (own / "broadsheet").glob("prefect-*.db")
    with closing(sqlite3.connect(kept)) as connection, connection:
        connection.execute("CREATE TABLE marker (value INTEGER)")
    assert tables_in(made_database(tmp_path / "second.db", own)) >= {"marker", "flow_run"}, "it was made anew"

    kept.write_bytes(kept.read_bytes()[:5000])
    (tmp_path / "one.html").write_text(article("The only story of the day"))
    done = broadsheet_without_server("ingest", tmp_path / "one.html", "--home", tmp_path / "home", env={"XDG_CACHE_HOME": str(own)})
    assert done.returncode == 0, done.stderr
    assert runs_in(kept) == 0, "the records of a run were kept"
    assert "flow_run" in tables_in(kept) and "marker" not in tables_in(kept)


def tables_in(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def runs_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM flow_run").fetchone()[0])
