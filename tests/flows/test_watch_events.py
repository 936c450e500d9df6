"""What a server hears of runs: events, names that end with the outcome, the page `today`; and what a run with nothing new leaves alone."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Run
from tests.flows.prefect_api import asked

pytestmark = pytest.mark.slow
ARRIVE_SECONDS = 60  # for an event to be written down, on a machine that has other things to do
FIVE_RUNS = """
import sys
from pathlib import Path
from flows.ingest_pages import ingest_pages
from tests.bench.simulated_crawl import a_day_passes, write_day
drop, home = Path(sys.argv[1]), Path(sys.argv[2])
for day in range(3):
    ingest_pages([str(write_day(drop, "harbour", day, is_last=False, pages=1))], str(home), workers=1)
    a_day_passes(home)
a_day_passes(home)
a_day_passes(home)
for _ in range(2):
    ingest_pages([str(drop / "harbour")], str(home), workers=1)
"""


def artifacts(server: str, run: dict[str, Any]) -> set[str]:
    return {each["key"] for each in asked(f"{server}/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})}


def runs(server: str, beginning: str) -> list[dict[str, Any]]:
    """Runs whose name begins so, in their order."""
    found = asked(f"{server}/flow_runs/filter", {"flow_runs": {"name": {"like_": beginning}}, "sort": "START_TIME_ASC"})
    return [run for run in found if run["name"].startswith(beginning)]


def events(server: str, home: Path, *, expected: set[str]) -> list[dict[str, Any]]:
    """Events about a home, once all that are expected have arrived."""
    wanted = {"filter": {"event": {"prefix": ["broadsheet."]}, "resource": {"id": [f"broadsheet.home.{home.name}"]}, "order": "ASC"}}
    deadline = time.monotonic() + ARRIVE_SECONDS
    while True:
        found: list[dict[str, Any]] = asked(f"{server}/events/filter", wanted)["events"]
        if expected <= {each["event"] for each in found}:
            return found
        assert time.monotonic() < deadline, f"expected {expected}, came {[each['event'] for each in found]}"
        time.sleep(0.5)


def test_a_source_that_falls_silent_is_told_once_and_a_run_with_nothing_new_tells_the_day_alone(
    prefect_server: str, command_environment: dict[str, str], tmp_path: Path
):
    """Three days of `harbour`, then three without: the first run after them tells it, the next one does not."""
    home, environment = tmp_path / "home-of-events", command_environment | {"PREFECT_API_URL": prefect_server}
    command = [
        sys.executable,
        "-c",
        FIVE_RUNS,
        str(tmp_path),
        str(home),
    ]  # the flow as a worker runs it, which does not look before it begins
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    told = events(prefect_server, home, expected={"broadsheet.loaded", "broadsheet.snapshot-published", "broadsheet.source-silent"})
    silent = [each for each in told if each["event"] == "broadsheet.source-silent"]
    assert [(each["payload"]["name"], each["payload"]["silent_day_count"]) for each in silent] == [
        ("harbour", 3),
        ("www.harbour-mail.example", 3),
    ]
    assert silent[0]["resource"] | {"broadsheet.kind": "source", "broadsheet.name": "harbour"} == silent[0]["resource"]
    assert [each["payload"]["loaded"] for each in told if each["event"] == "broadsheet.loaded"] == [1, 1, 1]
    first, *_, before, last = runs(prefect_server, "ingest harbour")
    assert (first["name"], before["name"], last["name"]) == (
        "ingest harbour · 1 new", "ingest harbour · nothing new", "ingest harbour · nothing new",
    )  # fmt: skip
    assert artifacts(prefect_server, last) == {"today"}
    assert {"today", "ingest-progress", "ingest-counts"} <= artifacts(prefect_server, first)


def test_a_run_that_loads_nothing_says_so_in_its_name(broadsheet: Run, prefect_server: str, tmp_path: Path):
    folder = tmp_path / "shells"
    folder.mkdir()
    (folder / "shell.html").write_text("<html><body><div id=app></div></body></html>")
    assert broadsheet("ingest", folder, "--home", tmp_path / "home", "--workers", 1).returncode == 15
    (run,) = runs(prefect_server, "ingest shells")
    assert (run["name"], run["state_type"]) == ("ingest shells · nothing loaded, 1 rejected", "FAILED")
