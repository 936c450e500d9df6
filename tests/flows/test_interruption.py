"""A run may end at any moment; the warehouse is consistent and the next run finishes the work."""

import os
import signal
import time
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from tests.conftest import Run, Start
from tests.flows.bad_inputs import article, dated
from tests.started import Started
from warehouse.ask import ask

PAGES = 80
TWO_BATCHES = 400_000  # bytes of the log after two batches of ten pages: the first one makes it 206,000, the second 438,000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many pages in small batches: enough to be stopped in the middle."""
    folder = tmp_path_factory.mktemp("pages")
    for number in range(PAGES):
        html = article(f"Story number {number} of the day", head=dated("2026-01-02T03:04:05Z"), paragraphs=20 + number % 7)
        (folder / f"{number:03d}.html").write_text(html)
    return folder


@pytest.fixture
def started(start: Start, folder: Path, home: Path) -> Started:
    """An ingest that has loaded some batches and has more to do."""
    process = start("ingest", folder, "--home", home, "--batch-pages", 10, "--workers", 1)
    # the log of what was committed: pages are in the raw store long before the first batch is loaded on a busy machine
    log = home / "loader" / "warehouse.duckdb.wal"
    deadline = time.monotonic() + 120
    while not (log.exists() and log.stat().st_size > TWO_BATCHES):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "no batch was loaded within two minutes"
        time.sleep(0.02)
    return process


def counts(home: Path) -> tuple[int, int]:
    """(articles, captures) in the snapshot."""
    return ask(home, "SELECT (SELECT count(*) FROM core.articles), (SELECT count(*) FROM raw.pages)").rows[0]


def captures_in_raw_store(home: Path) -> int:
    records = 0
    for path in sorted((home / "raw").glob("*.warc.gz")):
        with path.open("rb") as stream:
            records += sum(1 for record in ArchiveIterator(stream) if record.record_type == WarcRecordType.resource)
    return records


def finish(broadsheet: Run, folder: Path, home: Path) -> None:
    """The next run does what is left, and only that."""
    done = broadsheet("ingest", folder, "--home", home)
    assert done.returncode == 0, done.stderr
    assert counts(home) == (PAGES, PAGES)
    assert ask(home, "SELECT sum(seen_count) FROM ops.batches").rows == [(PAGES,)], "a finished batch was done again"
    assert captures_in_raw_store(home) == PAGES


def test_a_run_that_is_killed_is_finished_by_the_next(broadsheet: Run, started: Started, folder: Path, home: Path):
    started.kill()
    started.communicate()
    finish(broadsheet, folder, home)
    states = ask(home, "SELECT state FROM ops.runs ORDER BY started_at").rows
    assert states == [("interrupted",), ("completed",)]


def test_a_run_with_nothing_to_do_publishes_what_a_killed_one_could_not(broadsheet: Run, tmp_path: Path, home: Path):
    (tmp_path / "one.html").write_text(article("The only story of the day", head=dated("2026-01-02T03:04:05Z")))
    assert broadsheet("ingest", tmp_path / "one.html", "--home", home).returncode == 0
    (home / "warehouse.duckdb").unlink()
    again = broadsheet("ingest", tmp_path / "one.html", "--home", home)
    assert again.returncode == 0
    assert "Nothing new" in again.stdout
    assert counts(home) == (1, 1)


def test_workers_end_with_the_run_that_was_killed(started: Started):
    group = os.getpgid(started.pid)
    started.kill()
    started.communicate()
    deadline = time.monotonic() + 30
    while members_of(group) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not members_of(group)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_between_batches_publishes_and_can_be_resumed(
    broadsheet: Run, started: Started, folder: Path, home: Path, number: signal.Signals
):
    os.killpg(started.pid, number)  # as terminals do, and systemd: to every process of the group
    _, said = started.communicate(timeout=120)
    assert started.returncode == 130, said
    assert "goes on from there" in said
    assert "Crash" not in said, "a clean stop is no crash"
    articles, captures = counts(home)
    assert 0 < articles == captures < PAGES
    finish(broadsheet, folder, home)


def test_a_signal_behind_the_summary_does_not_make_a_failure_of_what_went_well(started: Started):
    assert started.stdout.readline().startswith("pages seen")
    started.send_signal(signal.SIGTERM)
    started.communicate(timeout=120)
    assert started.returncode == 0


def test_a_second_signal_ends_the_run_at_once_and_the_next_one_finishes_the_work(
    broadsheet: Run, started: Started, folder: Path, home: Path
):
    started.send_signal(signal.SIGTERM)
    heard = next(line for line in started.stderr if "again to stop at once" in line)  # signals that come together count as one
    started.send_signal(signal.SIGTERM)
    _, said = started.communicate(timeout=60)
    assert (started.returncode, "stopped at once" in heard + said) == (130, True), said
    assert not (home / "warehouse.duckdb").exists(), "it took the time to publish"
    finish(broadsheet, folder, home)


def test_a_signal_ends_the_waiting_for_another_loader(started: Started, start: Start, folder: Path, home: Path):
    os.kill(started.pid, signal.SIGSTOP)
    waiting = start("ingest", folder, "--home", home)
    try:
        assert "waiting for process" in waiting.stderr.readline()
        waiting.send_signal(signal.SIGTERM)
        waiting.communicate(timeout=30)  # of the minute that it would wait
    finally:
        waiting.kill()
        started.kill()
        started.communicate()
    assert waiting.returncode == 130


def test_a_worker_that_is_killed_costs_no_page(started: Started, home: Path):
    forks = [pid for pid in members_of(os.getpgid(started.pid)) if command_line(pid) == command_line(started.pid)]
    assert len(forks) == 3
    os.kill(max(forks), signal.SIGKILL)  # the youngest: a worker, not the run and its fork server
    _, said = started.communicate(timeout=180)
    assert started.returncode == 0, said
    assert counts(home) == (PAGES, PAGES)


def test_a_second_loader_waits_and_then_says_who_holds_the_warehouse(broadsheet: Run, started: Started, folder: Path, home: Path):
    os.kill(started.pid, signal.SIGSTOP)
    try:
        second = broadsheet("ingest", folder, "--home", home, env={"BROADSHEET_LOCK_WAIT_SECONDS": "1"})
    finally:
        os.kill(started.pid, signal.SIGCONT)
        started.communicate(timeout=180)
    assert second.returncode == 13
    assert str(started.pid) in second.stderr
    assert counts(home) == (PAGES, PAGES)


def members_of(group: int) -> list[int]:
    """Living processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, member_of = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
            except OSError:  # it has ended since it was listed
                continue
            found += [int(entry.name)] if int(member_of) == group and state != "Z" else []
    return found


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()
