"""`broadsheet serve`: one process of a home, which ends cleanly with all that it has started, and answers to this machine only."""

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from flows.serving.claim import NAME, claimed, served
from flows.serving.drop_folder import DropFolder
from tests.conftest import Run
from tests.flows.bad_inputs import article
from tests.flows.served import eventually, free_port, processes_of, serving
from warehouse.ask import ask

PAGES = 60


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number}.html").write_text(article(f"Story number {number} of the day", paragraphs=20 + number % 7))
    return folder


def answer(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as said:
            return int(said.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_it_ends_with_all_that_it_started_and_the_next_one_goes_on(
    command_environment: dict[str, str], broadsheet_without_server: Run, home: Path, drop: Path
):
    slow = command_environment | {"BROADSHEET_BATCH_PAGES": "2", "BROADSHEET_WORKERS": "1"}
    with serving(slow, home, "--drop", drop) as first:
        second = broadsheet_without_server("serve", "--home", home, "--port", free_port())
        assert (second.returncode, first.url in second.stdout) == (0, True), second.stdout + second.stderr
        assert broadsheet_without_server("serve", "--home", home, "--status").returncode == 0
        run = first.wait(lambda: first.runs(state={"type": {"any_": ["RUNNING"]}}), "the schedule of the start to fire")[0]
        first.begun(run["id"])
    assert ask(home, "SELECT state FROM ops.runs").rows == [("interrupted",)]
    assert 0 < ask(home, "SELECT count(*) FROM core.articles").rows[0][0] < PAGES
    with serving(command_environment, home, "--drop", drop) as again:
        assert again.run(run["id"])["state_type"] == "CANCELLED", "history is there, and says how the run ended"
        again.wait(lambda: again.runs(state={"type": {"any_": ["COMPLETED"]}}), "the rest to be loaded")
        assert ask(home, "SELECT count(*) FROM core.articles").rows == [(PAGES,)]
        answers_to_this_machine_only(again.url)
        again.process.kill()  # now without a word: nothing outlives it, and what it has written down is stale
        assert again.process.wait() == -signal.SIGKILL
        eventually(lambda: not processes_of(home), lambda: f"left are {processes_of(home)}")
        assert json.loads((home / NAME).read_text())["pid"] == again.process.pid
    assert broadsheet_without_server("serve", "--home", home, "--status").returncode == 1


def answers_to_this_machine_only(url: str) -> None:
    health, port = f"{url}/api/health", url.rpartition(":")[2]
    assert answer(health) == answer(health, Host=f"localhost:{port}") == answer(health, Origin=url) == 200
    assert answer(health, Host=f"news.example:{port}") == 421, "a name that was led to loopback"
    assert answer(health, Origin="http://news.example") == 421, "a page of the web"
    listening = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=False).stdout if sys.platform == "linux" else ""
    assert f"0.0.0.0:{port}" not in listening and f"*:{port}" not in listening


HOLDS = "import sys, pathlib; from flows.serving.claim import claimed\n" + (
    "with claimed(pathlib.Path(sys.argv[1]), {'url': 'http://127.0.0.1:1'}) as ours: print(ours, flush=True); sys.stdin.read()"
)


def test_a_home_is_served_by_one_process_and_a_killed_one_is_followed(home: Path):
    assert served(home) is None
    with subprocess.Popen([sys.executable, "-c", HOLDS, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout and first.stdout.readline() == "True\n"
        with claimed(home, {"url": "http://127.0.0.1:2"}) as is_ours:
            assert not is_ours
        assert served(home) == {"url": "http://127.0.0.1:1", "pid": first.pid}
        first.kill()
    assert served(home) is None
    with claimed(home, {"url": "http://127.0.0.1:3"}) as is_ours:
        assert is_ours


def test_what_cannot_work_is_told_before_anything_is_started(broadsheet_without_server: Run, home: Path, tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        wrong = ("--port", port), ("--drop", tmp_path / "nowhere"), ("--cron", "daily")
        said = [broadsheet_without_server("serve", "--home", home, *options) for options in wrong]
    assert [done.returncode for done in said] == [2, 2, 2]
    for done, words in zip(said, (f"port {port}", "nowhere", "five fields"), strict=True):
        assert words in done.stderr
    assert not (home / "prefect").exists()


def looks(folder: DropFolder, count: int = 2) -> list[bool]:
    return [folder.news() is not None for _ in range(count)]


def test_a_new_file_is_news_once_it_stands_still(drop: Path):
    folder = DropFolder(drop)
    assert looks(folder) == [False, False], "what was there at first is the schedule's"
    (drop / "deep").mkdir()
    (drop / "deep" / "new.warc.gz").write_bytes(b"half")
    assert looks(folder, 1) == [False]
    (drop / "deep" / "new.warc.gz").write_bytes(b"half and half")
    assert looks(folder) == [False, True], "it has grown, then stood still"
    assert looks(folder) == [True, True], "until somebody was told"
    folder.told()
    assert looks(folder) == [False, False]


@pytest.mark.parametrize("name", ["page.html.part", ".page.html.swp", "crawl.warc.gz.crdownload"])
def test_what_names_itself_unfinished_is_no_news(drop: Path, name: str):
    folder = DropFolder(drop)
    (drop / name).write_text("half of it")
    assert looks(folder, 3) == [False] * 3
    (drop / name).rename(drop / "whole.html")
    assert looks(folder) == [False, True]


def test_a_folder_that_is_away_for_a_while_is_met_again(drop: Path, tmp_path: Path):
    folder = DropFolder(drop)
    drop.rename(tmp_path / "away")
    looks(folder)
    folder.told()
    (tmp_path / "away").rename(drop)
    assert looks(folder) == [False, True]
