"""`broadsheet doctor` is right about every state that a home can be in, and disturbs none."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Run
from tests.warehouse.staging import load_frames
from warehouse.connection import LOADER_FILE, SNAPSHOT_FILE, open_loader
from warehouse.tables import Pages, Runs
from warehouse.tables.contract import sample
from warehouse.upsert import record_run

Look = Callable[..., dict[str, dict[str, Any]]]
HOLDS = "import sys, duckdb; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


@pytest.fixture
def own_home(samples_home: Path, home: Path) -> Path:
    """A copy of the loaded home that a test may spoil."""
    return Path(shutil.copytree(samples_home, home))


@pytest.fixture
def look(broadsheet_without_server: Run) -> Look:
    """What doctor says, by what it looked at; its exit code says whether anything is to do."""

    def look(home: Path, *options: str, **environment: str) -> dict[str, dict[str, Any]]:
        done = broadsheet_without_server("doctor", "--json", "--home", home, *options, env=environment)
        assert done.stderr == ""
        rows = json.loads(done.stdout)
        assert done.returncode == any(row["todo"] for row in rows)
        return {row["what"]: row for row in rows}

    return look


def to_do(looked: dict[str, dict[str, Any]]) -> list[str]:
    return [what for what, row in looked.items() if row["todo"]]


def test_doctor_finds_a_fresh_warehouse_well(look: Look, own_home: Path):
    assert to_do(look(own_home)) == to_do(look(own_home, "--deep")) == []


def test_doctor_says_what_to_do_where_there_is_no_warehouse(look: Look, home: Path):
    assert "broadsheet ingest PATH" in look(home)["warehouse"]["todo"]
    assert not home.exists()


@pytest.mark.parametrize(("damage", "said"), [
    (lambda file: file.unlink(), "missing"), (lambda file: truncate(file, 1000), "damaged"),
    (lambda file: truncate(file, file.stat().st_size - 10), "damaged"), (lambda file: zero(file, 2000), "damaged"),
], ids=["gone", "cut", "cut in its last record", "zeroed in the middle"])  # fmt: skip
def test_doctor_finds_a_damaged_raw_store(look: Look, own_home: Path, damage: Callable[[Path], None], said: str):
    (file,) = (own_home / "raw").glob("*.warc.gz")
    damage(file)
    looked = look(own_home)["raw store"]
    assert f"{said}: raw/{file.name}" in looked["found"]
    assert "backup" in looked["todo"]


def truncate(file: Path, size: int) -> None:
    with file.open("r+b") as raw:
        raw.truncate(size)


def zero(file: Path, count: int) -> None:
    with file.open("r+b") as raw:
        raw.seek(file.stat().st_size // 2)
        raw.write(bytes(count))


@pytest.mark.parametrize("name", [SNAPSHOT_FILE, LOADER_FILE])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_doctor_finds_a_cut_warehouse(look: Look, own_home: Path, name: str, share: float):
    whole = (own_home / name).read_bytes()
    (own_home / name).unlink()
    (own_home / name).write_bytes(whole[: int(len(whole) * share)])
    assert to_do(look(own_home)) == ["snapshot" if name == SNAPSHOT_FILE else "loader"]


def test_doctor_says_during_a_first_run_that_it_loads_and_since_when(look: Look, home: Path):
    with open_loader(home):
        looked = look(home)
        assert to_do(looked) == []
        assert looked["loader"]["found"].startswith("loading: process ")
        assert "running since" in looked["loader"]["found"]
        assert looked["snapshot"]["found"].startswith("none yet")
        second = subprocess.run([sys.executable, "-c", HOLDS, str(home / LOADER_FILE)], capture_output=True, text=True, check=False)
        assert "Could not set lock" in second.stderr, "the loader's lock was lost"


def test_doctor_says_after_a_killed_first_run_that_pages_are_not_published(look: Look, home: Path):
    with open_loader(home) as con:
        load_frames(con, {Pages: sample(Pages, 7)})
        record_run(con, sample(Runs, 1).with_columns(state=pl.lit("running", dtype=sample(Runs, 1).schema["state"])).row(0, named=True))
    looked = look(home)
    assert "a run was killed" in looked["loader"]["found"]
    assert looked["snapshot"]["found"] == "none: 7 pages committed, not published"
    assert "ingest" in looked["snapshot"]["todo"]


def test_doctor_names_who_holds_the_snapshot_and_so_does_sql(look: Look, broadsheet_without_server: Run, own_home: Path):
    snapshot = own_home / SNAPSHOT_FILE
    snapshot.chmod(0o644)  # for who is not root
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(snapshot)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as analyst:
        assert analyst.stdout is not None
        analyst.stdout.readline()
        looked = look(own_home)
        refused = broadsheet_without_server("sql", "FROM core.articles", "--home", own_home)
        analyst.communicate()
    assert to_do(looked) == ["snapshot"]
    assert f"process {analyst.pid}" in looked["snapshot"]["found"]
    assert (refused.returncode, f"process {analyst.pid}" in refused.stderr, "-readonly" in refused.stderr) == (17, True, True)


def test_doctor_finds_what_somebody_has_made_in_the_snapshot(look: Look, own_home: Path):
    snapshot = own_home / SNAPSHOT_FILE
    snapshot.chmod(0o644)
    careless = f"import duckdb; duckdb.connect({str(snapshot)!r}).execute('CREATE TABLE mine (i INT)')"
    subprocess.run([sys.executable, "-c", careless], check=True)
    looked = look(own_home)["other tables"]
    assert "main.mine" in looked["found"]
    assert "copy them into another database" in looked["todo"]


def test_doctor_asks_the_configured_server(look: Look, own_home: Path, prefect_server: str):
    answers = look(own_home, PREFECT_API_URL=prefect_server)["prefect"]
    silent = look(own_home, PREFECT_API_URL="http://127.0.0.1:9/api")["prefect"]
    assert (answers["todo"], "answers, version 3." in answers["found"]) == (None, True)
    assert "does not answer" in silent["found"]
    assert "prefect server start" in silent["todo"]
