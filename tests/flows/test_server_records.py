"""The temporary server's empty database is made by migrations once for each Prefect, not once for each run."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

Ingest = Callable[[str], None]


@pytest.fixture
def kept(broadsheet_without_server: Run, tmp_path: Path) -> tuple[Path, Ingest]:
    """Where a user's caches are, and an ingest of this user into a home."""

    def ingest(home: str) -> None:
        environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        done = broadsheet_without_server("ingest", ROOT / "samples", "--home", tmp_path / home, env=environment)
        assert done.returncode == 0, done.stderr

    return tmp_path / "cache" / "broadsheet", ingest


def test_a_second_run_begins_with_the_database_that_the_first_has_made(kept: tuple[Path, Ingest]):
    caches, ingest = kept
    ingest("first")
    (database,) = caches.glob("prefect-*.db")
    assert runs_in(database) == 0, "the records of a run were kept"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE marker (value INTEGER)")
    ingest("second")
    assert tables_in(database) >= {"marker"}, "it was made anew"


def test_a_kept_database_that_is_damaged_is_made_anew(kept: tuple[Path, Ingest]):
    caches, ingest = kept
    ingest("first")
    (database,) = caches.glob("prefect-*.db")
    database.write_bytes(database.read_bytes()[:5000])
    ingest("second")
    assert runs_in(database) == 0


def tables_in(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def runs_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM flow_run").fetchone()[0])
