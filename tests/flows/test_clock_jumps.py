"""The clock of the machine jumps, by years, within a run and between two: nothing waits for ever, is given up too soon or is lost."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.conftest import Run
from tests.faults.jumping_clock import JumpingClock
from tests.flows.bad_inputs import article, dated
from warehouse.ask import ask

PAGES = 20
STATES = "SELECT state, loaded_count, rejected_count FROM ops.runs ORDER BY loaded_count DESC"


def test_a_clock_that_jumps_within_a_run_and_between_two_costs_no_page(
    broadsheet: Run, command_environment: dict[str, str], prefect_server: str, home: Path, tmp_path: Path
):
    (folder := tmp_path / "pages").mkdir()
    for number in range(PAGES):
        (folder / f"{number:02d}.html").write_text(article(f"Story number {number} of the day", head=dated("2010-01-02T03:04:05Z")))
    clock = JumpingClock.built(tmp_path)
    clock.jump(timedelta(days=400))
    command = [sys.executable, "-m", "flows.cli", "ingest", str(folder), "--home", str(home), "--batch-pages", "5", "--workers", "1"]
    environment = command_environment | clock.environment() | {"PREFECT_API_URL": prefect_server}
    run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    staging = home / "raw" / "staging"
    while run.poll() is None and not any(staging.glob("*.parquet")):
        time.sleep(0.01)
    for days in (-4000, 4000, 0):  # back, far ahead, and right again
        clock.jump(timedelta(days=days))
        time.sleep(0.3)
    out, err = run.communicate(timeout=240)
    assert run.returncode == 0, out + err
    assert ask(home, STATES).rows == [("completed", PAGES, 0)]

    clock.jump(timedelta(days=-4000))  # older than what the first run has left
    (folder / "later.html").write_text(article("Lanterns on the quay", head=dated("2010-01-02T03:04:05Z")))
    later = broadsheet("ingest", folder, "--home", home, env=clock.environment())
    assert later.returncode == 0, later.stderr
    assert ask(home, STATES).rows == [("completed", PAGES, 0), ("completed", 1, 0)]
    ((first, last),) = ask(home, "SELECT min(started_at), max(started_at) FROM ops.runs").rows
    assert (first, last) < (datetime.now(UTC), datetime.now(UTC) + timedelta(days=500)) and first.year < 2020 < last.year, "the clock stood"
    assert broadsheet("doctor", "--home", home).returncode == 0
