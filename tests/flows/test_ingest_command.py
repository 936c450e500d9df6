"""`broadsheet ingest` from outside: what it prints, what it returns, and that nothing is done twice."""

import hashlib
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.flows.bad_inputs import article, dated
from tests.flows.conftest import SAMPLES
from warehouse.ask import ask
from warehouse.connection import LOADER_FILE, open_loader
from warehouse.tables import CONTRACTS

PAGES = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few pages with an article each."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number:02d}.html").write_text(article(f"Story number {number} of the day", head=dated("2026-01-02T03:04:05Z")))
    return folder


def contents(home: Path) -> dict[str, tuple[int, int]]:
    """Rows and a hash over all of them, for every table of the loader's file."""
    with open_loader(home) as con:
        hashed = "SELECT count(*), coalesce(bit_xor(hash(t)), 0) FROM {} AS t"
        return {contract.TABLE: con.execute(hashed.format(contract.TABLE)).fetchall()[0] for contract in CONTRACTS}


def test_the_same_ingest_again_changes_nothing_and_says_so(broadsheet: Run, samples_home: Path, home: Path):
    shutil.copytree(samples_home, home)
    snapshot, before = home / "warehouse.duckdb", contents(home)
    as_published = hashlib.sha256(snapshot.read_bytes()).digest(), snapshot.stat().st_mtime_ns
    done = broadsheet("ingest", SAMPLES, "--home", home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Nothing new: all 29 pages in ")
    assert " files are known. 9 passed over: warc_record 7, " in done.stdout and done.stdout.endswith(" No row was changed.\n")
    assert contents(home) == before
    assert (hashlib.sha256(snapshot.read_bytes()).digest(), snapshot.stat().st_mtime_ns) == as_published
    told = json.loads(broadsheet("ingest", SAMPLES, "--home", home, "--json").stdout)
    assert (told["known"], told["loaded"], told["rejected"], told["rows"]) == (29, 0, {}, {})


def test_a_limit_stops_early_and_the_next_run_goes_on_behind_it(broadsheet: Run, folder: Path, home: Path):
    (folder / "z-empty.html").touch()
    first = json.loads(broadsheet("ingest", folder, "--home", home, "--limit", 5, "--json").stdout)
    assert (first["seen"], first["loaded"], first["batches"], first["is_interrupted"]) == (5, 5, 1, False)
    second = json.loads(broadsheet("ingest", folder, "--home", home, "--batch-pages", 4, "--json").stdout)
    assert (second["loaded"], second["known"], second["rejected"], second["batches"]) == (PAGES - 5, 5, {"empty_file": 1}, 2)
    assert ask(home, "SELECT count(*), count(DISTINCT title) FROM core.articles").rows == [(PAGES, PAGES)]
    recorded = "SELECT state, loaded_count, rejected_count FROM ops.runs WHERE run_id = $run_id"
    assert ask(home, recorded, {"run_id": second["run_id"]}).rows == [("completed", PAGES - 5, 1)]
    counted = {table: ask(home, f"SELECT count(*) FROM {table}").rows[0][0] for table in second["rows"]}
    assert counted == {table: first["rows"].get(table, 0) + second["rows"][table] for table in second["rows"]}


def test_without_a_terminal_there_are_plain_lines(broadsheet: Run, folder: Path, home: Path):
    done = broadsheet("ingest", folder, "--home", home, env={"FORCE_COLOR": "", "TERM": "xterm-256color"})
    assert "\x1b" not in done.stdout + done.stderr
    assert f"loaded        {PAGES:>8}" in done.stdout
    for where in ("warehouse.duckdb", "data_docs/index.html", f"broadsheet rejects --home {home}"):
        assert where in done.stdout


def test_on_a_terminal_there_is_a_bar_with_speed_and_time_left(
    command_environment: dict[str, str], prefect_server: str, folder: Path, home: Path
):
    terminal, side = pty.openpty()
    environment = command_environment | {"PREFECT_API_URL": prefect_server, "TERM": "xterm-256color", "COLUMNS": "140"}
    command = [sys.executable, "-m", "flows.cli", "ingest", folder, "--home", home, "--batch-pages", "1", "--workers", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=side) as process:
        os.close(side)
        shown = b""
        try:
            while piece := os.read(terminal, 65536):
                shown += piece
        except OSError:  # EIO: how Linux says that the last writer of a terminal has gone
            pass
        summary = process.stdout.read().decode() if process.stdout else ""
    os.close(terminal)
    assert process.returncode == 0, shown
    assert b"\x1b[" in shown
    assert "━".encode() in shown
    assert b"pages/s" in shown
    assert b"s left" in shown
    assert f"pages seen      {PAGES:>8}" in summary


def test_the_home_comes_from_the_environment_where_none_is_given(broadsheet_without_server: Run, samples_home: Path, tmp_path: Path):
    done = broadsheet_without_server("rejects", "--reason", "not_text", cwd=tmp_path, env={"BROADSHEET_HOME": str(samples_home)})
    assert (done.returncode, "html/damaged/picture.html" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest"], "PATHS"),
        (["ingest", "in", "--source", "pdf"], "html_folder"),
        (["ingest", "in", "--workers", "0"], "1<=x<=256"),
        (["ingest", "in", "--batch-pages", "many"], "not a valid integer"),
        (["ingest", "in", "--limt", "1"], "--limit"),
        (["explain"], "URL|PAGE_ID"),
        (["distribute"], "No such command"),
    ],
)
def test_wrong_options_end_with_2_and_say_what_is_right(broadsheet_without_server: Run, folder: Path, arguments: list[str], said: str):
    done = broadsheet_without_server(*arguments, cwd=folder.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (folder.parent / "broadsheet-data").exists()


def test_a_setting_that_makes_no_sense_is_named(broadsheet_without_server: Run, folder: Path, home: Path):
    done = broadsheet_without_server("ingest", folder, "--home", home, env={"BROADSHEET_SECONDS_PER_PAGE": "soon"})
    assert done.returncode == 2
    assert "seconds_per_page" in done.stderr
    assert "'soon'" in done.stderr


@pytest.mark.parametrize("command", [["sql", "SELECT 1"], ["explain", "x"], ["rejects"]])
def test_asking_where_no_run_has_been_ends_with_14_and_what_to_do(broadsheet_without_server: Run, home: Path, command: list[str]):
    done = broadsheet_without_server(*command, "--home", home)
    assert done.returncode == 14
    assert "broadsheet ingest PATH" in done.stderr


def test_a_missing_path_ends_with_10_even_beside_a_good_one(broadsheet_without_server: Run, folder: Path, home: Path):
    done = broadsheet_without_server("ingest", folder, folder / "gone.warc.gz", "--home", home)
    assert done.returncode == 10
    assert str(folder / "gone.warc.gz") in done.stderr


def test_a_held_warehouse_ends_with_13_and_names_the_holder(broadsheet_without_server: Run, folder: Path, home: Path):
    with open_loader(home):
        done = broadsheet_without_server("ingest", folder, "--home", home, env={"BROADSHEET_LOCK_WAIT_SECONDS": "0"})
    assert done.returncode == 13
    assert f"process {os.getpid()}" in done.stderr


def test_a_warehouse_of_a_newer_version_ends_with_14_and_says_which(broadsheet_without_server: Run, folder: Path, home: Path):
    with open_loader(home) as con:
        con.execute("INSERT INTO ops.migrations VALUES (9000, '9000_from_tomorrow', now(), '99.1')")
    done = broadsheet_without_server("ingest", folder, "--home", home)
    assert done.returncode == 14
    assert "Install Broadsheet 99.1 or later" in done.stderr


def test_a_corrupt_warehouse_ends_with_14_and_how_to_mend_it(broadsheet: Run, samples_home: Path, folder: Path, home: Path):
    shutil.copytree(samples_home, home)
    loader = home / LOADER_FILE
    loader.write_bytes(b"\0" * 4096 + loader.read_bytes()[4096:])
    done = broadsheet("ingest", folder, "--home", home)
    assert done.returncode == 14
    assert str(loader) in done.stderr
    assert "Traceback" not in done.stderr
    loader.unlink()  # what the runbook says: the next run starts from the snapshot
    again = json.loads(broadsheet("ingest", SAMPLES, folder, "--home", home, "--limit", 1, "--json").stdout)
    assert (again["known"], again["loaded"]) == (29, 1)
