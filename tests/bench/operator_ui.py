"""What an operator sees in the Prefect UI after a hundred runs of five sources: pictures of every page that docs/monitoring.md names.

    uv run python -m tests.bench.operator_ui --pictures FOLDER

One source is silent, one drifts, one is rejected, and one run is killed while it is looked at. The runs are real, against a real server;
after each day the ledger is dated back by a day. Needs chromium and chromedriver. Takes some five minutes of CPU; `--days 2` is a look at
the pages alone.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.simulated_crawl import KILLED, SOURCES, a_day_passes, write_day
from tests.conftest import ROOT
from tests.flows.browser import Browser, chromium
from tests.flows.prefect_api import asked
from tests.prefect_server import running_server

KILLED_PAGES = 6000  # fast cores read a hundred a second, and two pictures take half a minute
PICTURE_SECONDS = 8.0  # a page fetches what it shows in several requests, and animates; a busy machine is slow
CRASHED_SECONDS = 240  # until the server calls a run whose process is gone Crashed
PAGES_SHOWN = {"dashboard": "dashboard", "runs": "runs", "artifacts": "artifacts", "events": "events"}
ARTIFACTS = ("today", "ingest-rejects", "ingest-checks", "ingest-counts", "ingest-steps", "ingest-progress")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--days", type=int, default=20, help="days of runs, one of each source a day")
    parser.add_argument("--minutes", type=float, default=60.0, help="then the last day comes, whichever it is")
    given = parser.parse_args()
    given.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="broadsheet-operator-") as name:
        folder = Path(name)
        with running_server(folder) as server, chromium(folder / "chromium") as browser:
            os.environ |= {"PREFECT_API_URL": server, "PREFECT_HOME": str(folder), "DO_NOT_TRACK": "1"}
            at = server.removesuffix("/api")
            deploy(folder)
            with_history(folder, given.days, given.minutes, lambda: show_running(browser, at, server, given.pictures))
            show(browser, at, server, given.pictures)


def deploy(folder: Path) -> None:
    """The deployments and the automations, as docs/operate.md registers them. Nothing of them runs: nobody serves the queue."""
    served = {"DEPLOY_HOME": folder / "news", "DEPLOY_DROP": folder / "drop", "DEPLOY_CRON": "15 2 * * *", "DEPLOY_QUEUE": "home-news"}
    environment = os.environ | {name: str(value) for name, value in served.items()}
    subprocess.run([sys.executable, "-m", "flows.serving.register"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def with_history(folder: Path, days: int, minutes: float, look: Callable[[], None]) -> None:
    """One run for each source and day; on the last day that of KILLED is looked at and killed, then come the others."""
    from flows.commands.orchestrated import orchestrated

    drop, home, deadline = folder / "drop", folder / "news", time.monotonic() + 60 * minutes
    with orchestrated("flows.ingest_pages", "ingest_pages") as ingest_pages:
        for day in range(days - 1):
            for source in SOURCES:
                ingest_pages([str(write_day(drop, source, day, is_last=False))], str(home), workers=1)
            a_day_passes(home)
            print(f"{time.strftime('%H:%M:%S')} day {day + 1} of {days}", flush=True)
            if time.monotonic() > deadline:
                break
        kill_midway(write_day(drop, KILLED, day + 1, is_last=True, pages=KILLED_PAGES), home, look)
        for source in (name for name in SOURCES if name != KILLED):
            ingest_pages([str(write_day(drop, source, day + 1, is_last=True))], str(home), workers=1)


def kill_midway(path: Path, home: Path, look: Callable[[], None]) -> None:
    """A run of many pages, looked at and killed before it ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "ingest", str(path), "--home", str(home), "--batch-pages", "150"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr
    try:
        next(line for line in process.stderr if "pages/s" in line and "%" in line)  # some are read
        look()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def show_running(browser: Browser, at: str, server: str, pictures: Path) -> None:
    """How long will it take? Two clicks: the run, its artifacts."""
    newest = newest_run(server)
    browser.open(f"{at}/flow-runs/flow-run/{newest['id']}", newest["name"])
    picture(browser, pictures / "running-run.png")
    browser.click("Artifacts")
    browser.shows("ingest-progress")
    picture(browser, pictures / "running-artifacts.png")


def show(browser: Browser, at: str, server: str, pictures: Path) -> None:
    """Every page after the last run."""
    wait_until_crashed(server)
    for name, path in PAGES_SHOWN.items():
        browser.open(f"{at}/{path}")
        picture(browser, pictures / f"{name}.png")
    newest = {each["key"]: each for each in asked(f"{server}/artifacts/latest/filter", {})}
    for key in ARTIFACTS:
        browser.open(f"{at}/artifacts/key/{key}", key)
        picture(browser, pictures / f"key-{key}.png")
        browser.open(f"{at}/artifacts/artifact/{newest[key]['latest_id']}")
        picture(browser, pictures / f"artifact-{key}.png")
    ran = newest_run(server)
    browser.open(f"{at}/flow-runs/flow-run/{ran['id']}", ran["name"])
    picture(browser, pictures / "run.png")
    deployment = asked(f"{server}/deployments/name/ingest-pages/drop")
    browser.open(f"{at}/deployments/deployment/{deployment['id']}/run")
    picture(browser, pictures / "form.png")


def newest_run(server: str) -> dict[str, Any]:
    begun = {"flow_runs": {"start_time": {"is_null_": False}}, "sort": "START_TIME_DESC", "limit": 1}
    return dict(asked(f"{server}/flow_runs/filter", begun)[0])


def wait_until_crashed(server: str) -> None:
    """The automation ends the run that was killed."""
    deadline = time.monotonic() + CRASHED_SECONDS
    running = {"flow_runs": {"state": {"type": {"any_": ["RUNNING"]}}}}
    while asked(f"{server}/flow_runs/filter", running) and time.monotonic() < deadline:
        time.sleep(5)


def picture(browser: Browser, path: Path) -> None:
    time.sleep(PICTURE_SECONDS)
    browser.screenshot(path)
    print(path, flush=True)


if __name__ == "__main__":
    main()
