"""Housekeeping removes what nothing needs, and nothing else; publish publishes what a killed run did not."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.housekeeping import housekeeping
from flows.publish_warehouse import publish_warehouse
from tasks.raw_store import journal
from tests.conftest import Run, Start
from tests.flows.bad_inputs import article
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

DAY = 86400
OLD = "0123456789abcdef"  # a run of long ago


@pytest.fixture
def kept_home(samples_home: Path, tmp_path: Path) -> Path:
    """A home with three files of raw/: the first in use, the second and the newest not, all of them old."""
    home = tmp_path / "home"
    shutil.copytree(samples_home, home)
    raw = home / "raw"
    for number in (2, 3):
        shutil.copy(raw / "broadsheet-000001.warc.gz", raw / f"broadsheet-{number:06d}.warc.gz")
    for path in raw.glob("*.warc.gz"):
        os.utime(path, (time.time() - 40 * DAY,) * 2)
    return home


@pytest.fixture
def server(prefect_server: str) -> Iterator[None]:
    """For flows that are called here."""
    with temporary_settings({PREFECT_API_URL: prefect_server}):
        yield


def files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and "prefect" not in path.parts}


def litter(home: Path) -> set[str]:
    """What killed runs leave, and Data Docs of long ago."""
    left = {"raw/staging/abc.warc.gz", "snapshots/.a.duckdb.deadbeef.copying"}
    for name in left:
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_bytes(b"half")
    old = home / "data_docs" / OLD
    old.mkdir()
    began = datetime.now(UTC) - timedelta(days=100)
    (old / "run.json").write_text(json.dumps({"run_id": old.name, "started_at": began.isoformat(), "pages": []}))
    return left | {f"data_docs/{old.name}/run.json"}


@pytest.mark.usefixtures("server")
def test_what_nothing_needs_is_removed_and_everything_else_stays(kept_home: Path, broadsheet: Run):
    before, rows = files(kept_home), ask(kept_home, "SELECT count(*) FROM raw.pages").rows
    left = litter(kept_home)
    told = housekeeping(home=str(kept_home), raw_days=30, dry_run=True)
    assert files(kept_home) == before | left, "a dry run removes nothing"
    unused = "raw/broadsheet-000002.warc.gz"
    assert told["raw file that nothing points into, would be removed"] == [unused]
    told = housekeeping(home=str(kept_home), raw_days=30)
    assert files(kept_home) == before - {unused}, "the newest file stays: the loader appends to it"
    assert {name for names in told.values() for name in names} == {unused, *left, f"data_docs/{OLD}"} - {f"data_docs/{OLD}/run.json"}
    assert OLD not in (kept_home / "data_docs" / "index.html").read_text()
    assert ask(kept_home, "SELECT count(*) FROM raw.pages").rows == rows
    assert broadsheet("doctor", "--deep", "--home", kept_home).returncode == 0


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("why", ["not asked for", "young", "noted in the journal", "in use by the snapshot alone"])
def test_a_raw_file_stays_where_it_is_not_proven_that_nothing_needs_it(kept_home: Path, why: str):
    doubtful = kept_home / "raw" / "broadsheet-000002.warc.gz"
    days = None if why == "not asked for" else 30
    if why == "young":
        os.utime(doubtful, (time.time() - 20 * DAY,) * 2)
    elif why == "noted in the journal":
        journal.note(kept_home / "raw", "raw/broadsheet-000002.warc.gz", 100)
    elif why == "in use by the snapshot alone":
        pointed = "UPDATE raw.pages SET warc_uri = 'raw/broadsheet-00000{}.warc.gz' WHERE warc_uri LIKE 'raw/broadsheet%'"
        with open_loader(kept_home) as connection:
            connection.execute(pointed.format(2))
            publish_snapshot(connection, kept_home)
            connection.execute(pointed.format(1))
    housekeeping(home=str(kept_home), raw_days=days)
    assert doubtful.exists()


@pytest.mark.usefixtures("server")
def test_publish_publishes_once_what_analysts_do_not_see_yet(samples_home: Path, tmp_path: Path):
    home = tmp_path / "home"
    shutil.copytree(samples_home, home)
    with open_loader(home) as connection:
        connection.execute("UPDATE ops.runs SET state = 'running'")  # as of a run that was killed
    assert publish_warehouse(home=str(home)) is True
    assert ask(home, "SELECT DISTINCT state FROM ops.runs").rows == [("interrupted",)]
    first = (home / "warehouse.duckdb").stat().st_ino
    assert publish_warehouse(home=str(home)) is False
    assert (home / "warehouse.duckdb").stat().st_ino == first


def test_a_backup_that_is_made_while_a_run_loads_restores_a_sound_home(broadsheet: Run, start: Start, tmp_path: Path, home: Path):
    pages, backup = tmp_path / "pages", tmp_path / "backup"
    pages.mkdir()
    for number in range(60):
        (pages / f"{number}.html").write_text(article(f"Story number {number} of the day", paragraphs=20 + number % 7))
    assert broadsheet("ingest", pages, "--home", home, "--limit", 10).returncode == 0
    load = start("ingest", pages, "--home", home, "--batch-pages", 2, "--workers", 1, BROADSHEET_SNAPSHOT_SECONDS="0.01")
    while ask(home, "SELECT count(*) FROM raw.pages").rows[0][0] < 16:
        assert load.poll() is None
        time.sleep(0.1)
    backup.mkdir()  # as docs/operate.md has it: the snapshot first
    shutil.copy(home / "warehouse.duckdb", backup)
    shutil.copytree(home / "raw", backup / "raw", ignore=shutil.ignore_patterns("staging", "uncommitted.json"))
    assert load.poll() is None, "the backup was made while it loaded"
    load.kill()
    assert broadsheet("doctor", "--deep", "--home", backup).returncode == 0, "every row finds its bytes"
    had = ask(backup, "SELECT count(*) FROM core.articles").rows[0][0]
    assert 16 <= had < 60
    assert broadsheet("ingest", pages, "--home", backup).returncode == 0
    assert ask(backup, "SELECT count(*) FROM core.articles").rows == [(60,)]
