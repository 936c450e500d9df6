"""What surrounds a run fails: Prefect's server is not there or dies, no worker can start, the temporary folder is of no use."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import PROGRAM, Run
from tests.flows.bad_inputs import article, dated
from tests.prefect_server import running_server
from warehouse.ask import ask

PAGES = 50
NOT_LISTENING = "http://127.0.0.1:9/api"  # the port of `discard`
NO_WORKER = """
import os, sys
if "multiprocessing.forkserver" in " ".join(sys.orig_argv):
    os.register_at_fork(after_in_child=lambda: os._exit(3))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number in range(PAGES):
        html = article(f"Story number {number} of the day", head=dated("2026-01-02T03:04:05Z"), paragraphs=20 + number % 7)
        (folder / f"{number:03d}.html").write_text(html)
    return folder


def articles(home: Path) -> int:
    return int(ask(home, "SELECT count(*) FROM core.articles").rows[0][0])


def test_a_server_that_is_configured_and_down_is_told_with_a_code_of_its_own(broadsheet_without_server: Run, folder: Path, home: Path):
    done = broadsheet_without_server("ingest", folder, "--home", home, env={"PREFECT_API_URL": NOT_LISTENING})
    assert done.returncode == 18, done.stderr
    assert NOT_LISTENING in done.stderr
    assert "prefect server start" in done.stderr
    assert "Traceback" not in done.stderr


def started(environment: dict[str, str], folder: Path, home: Path) -> subprocess.Popen[str]:
    """An ingest that has loaded a batch and has more to do."""
    command = [PROGRAM, "ingest", str(folder), "--home", str(home), "--batch-pages", "10", "--workers", "1"]
    run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    log = home / "loader" / "warehouse.duckdb.wal"
    deadline = time.monotonic() + 120
    while not (log.exists() and log.stat().st_size > 200_000):  # bytes after the first batch
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < deadline, "no batch was loaded within two minutes"
        time.sleep(0.02)
    return run


def kill_children(parent: int, words: str) -> None:
    """Kill the children of a process that have these words in their command line, with their own children."""
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        if words in Path(f"/proc/{child}/cmdline").read_text().replace("\0", " "):
            kill_children(int(child), "")
            os.kill(int(child), signal.SIGKILL)


def test_the_death_of_the_temporary_server_does_not_stop_a_run(command_environment: dict[str, str], folder: Path, home: Path):
    run = started(command_environment, folder, home)
    kill_children(run.pid, "flows.temporary_server")
    _, said = run.communicate(timeout=240)
    assert run.returncode == 0, said
    assert articles(home) == PAGES


def test_the_death_of_a_configured_server_is_told_when_all_is_loaded(
    command_environment: dict[str, str], folder: Path, home: Path, tmp_path: Path
):
    with running_server(tmp_path) as server:
        run = started(command_environment | {"PREFECT_API_URL": server}, folder, home)
        kill_children(os.getpid(), f"--port {urlsplit(server).port}")
        _, said = run.communicate(timeout=280)
    assert (run.returncode, "Traceback" in said) == (18, False), said
    assert articles(home) == PAGES


def test_where_no_worker_can_start_the_run_gives_up_and_no_page_is_rejected(broadsheet: Run, folder: Path, home: Path, tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(NO_WORKER)
    done = broadsheet("ingest", folder, "--home", home, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 19, done.stderr
    assert "worker processes" in done.stderr
    again = broadsheet("ingest", folder, "--home", home)
    assert again.returncode == 0, again.stderr
    assert articles(home) == PAGES


def test_neither_prefects_home_nor_a_long_name_of_the_temporary_folder_matters(
    broadsheet_without_server: Run, folder: Path, home: Path, tmp_path: Path
):
    long = tmp_path / ("x" * 120)
    long.mkdir()
    (tmp_path / "file").touch()
    environment = {"TMPDIR": str(long), "PREFECT_HOME": str(tmp_path / "file" / "cannot be made")}
    done = broadsheet_without_server("ingest", folder, "--home", home, env=environment)
    assert done.returncode == 0, done.stderr
    assert articles(home) == PAGES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "home", "x" * 120]


def test_records_of_another_prefect_are_left_alone(broadsheet_without_server: Run, home: Path, tmp_path: Path):
    (tmp_path / "prefect.db").write_text("of a newer Prefect")
    (tmp_path / "one.html").write_text(article("The only story of the day"))
    done = broadsheet_without_server("ingest", tmp_path / "one.html", "--home", home, env={"PREFECT_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "prefect.db").read_text() == "of a newer Prefect"


def test_a_temporary_folder_that_is_full_is_told_before_anything_is_started(
    broadsheet_without_server: Run, folder: Path, home: Path, tmp_path: Path
):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system")
    try:
        done = broadsheet_without_server("ingest", folder, "--home", home, env={"TMPDIR": str(small)})
    finally:
        subprocess.run(["umount", str(small)], check=True)
    assert done.returncode == 16, done.stderr
    assert "TMPDIR" in done.stderr
