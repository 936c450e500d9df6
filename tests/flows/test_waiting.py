"""Two runs into one home: the second waits, says for whom and for how long, and then tells what is true."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, Start
from tests.flows.bad_inputs import article
from warehouse.ask import ask
from warehouse.connection import open_loader

PAGES = 6
HOLDS = "import sys, time; from pathlib import Path; from warehouse.connection import open_loader\n" + (
    "with open_loader(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.readline()"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number}.html").write_text(article(f"Story number {number} of the day"))
    return folder


def test_a_run_that_waits_says_for_whom_for_what_and_how_long(broadsheet_without_server: Run, folder: Path, home: Path):
    with subprocess.Popen([sys.executable, "-c", HOLDS, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        done = broadsheet_without_server("ingest", folder, "--home", home, env={"BROADSHEET_LOCK_WAIT_SECONDS": "1.5"})
        holder.communicate("\n")
    assert done.returncode == 13
    said = rf"broadsheet: waiting for process {holder.pid} \(.+\) to finish loading into {re.escape(str(home))}; up to 1\.5 s, Ctrl-C"
    assert re.search(said, done.stderr), done.stderr


def test_of_two_runs_at_once_the_second_tells_the_pages_that_the_first_has_loaded(start: Start, folder: Path, home: Path):
    with open_loader(home):  # both have to wait here, so both find everything still to do
        runs = [start("ingest", folder, "--home", home) for _ in range(2)]
        for run in runs:
            assert "waiting for process" in run.stderr.readline()
    ended = [run.communicate(timeout=200) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], ended
    assert ask(home, "SELECT count(*) FROM core.articles").rows == [(PAGES,)]
    counts = sorted(tuple(int(found) for found in re.findall(r"(?:seen|loaded|known) +(\d+)", out)) for out, _ in ended)
    with open_loader(home) as con:  # the run with nothing new is published with the next one
        recorded = sorted(con.execute("SELECT seen_count, loaded_count, known_count FROM ops.runs").fetchall())
    assert counts == recorded == [(PAGES, 0, PAGES), (PAGES, PAGES, 0)]
