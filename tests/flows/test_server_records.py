"""The temporary server's empty database is made by migrations once for each Prefect, not once for each run."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article

MAKES = """
import sys
from pathlib import Path
from flows.server_records import make_database
make_database(Path(sys.argv[1]))
"""


def test_a_database_is_made_once_and_anew_where_it_is_damaged(broadsheet_without_server: Run, tmp_path: Path):
    (tmp_path / "one.html").write_text(article("The only story of the day"))
    caches = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = broadsheet_without_server("ingest", tmp_path / "one.html", "--home", tmp_path / "home", env=caches)
    assert done.returncode == 0, done.stderr
    (kept,) = (tmp_path / "cache" / "broadsheet").glob("prefect-*.db")
    assert runs_in(kept) == 0, "the records of a run were kept"

    with closing(sqlite3.connect(kept)) as connection, connection:
        connection.execute("CREATE TABLE marker (value INTEGER)")
    assert tables_in(made(tmp_path / "second.db", caches)) >= {"marker", "flow_run"}, "it was made anew"
    kept.write_bytes(kept.read_bytes()[:5000])
    for database in (made(tmp_path / "third.db", caches), kept):
        assert "flow_run" in tables_in(database) and "marker" not in tables_in(database)


def made(database: Path, caches: dict[str, str]) -> Path:
    """A database as a server makes it before it starts."""
    told = {"PREFECT_HOME": str(database.parent), "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}"}
    subprocess.run([sys.executable, "-c", MAKES, database], env=os.environ | caches | told, check=True)
    return database


def tables_in(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def runs_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM flow_run").fetchone()[0])
