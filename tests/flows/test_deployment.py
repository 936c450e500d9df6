"""The deployment of prefect.yaml, as an operator uses it: deployed to a server, run by a worker, on a schedule."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.flows.prefect_api import asked
from tests.flows.test_telemetry import audit, is_local, lines
from warehouse.ask import ask

RUN_SECONDS = 150  # from asking for a run to its end, on a machine that has other things to do
PREFECT = (sys.executable, "-m", "prefect")


@pytest.fixture(scope="module")
def environment(command_environment: dict[str, str], prefect_server: str) -> dict[str, str]:
    return command_environment | {"PREFECT_API_URL": prefect_server, "PWD": str(ROOT)}


@pytest.fixture(scope="module")
def deployment(environment: dict[str, str], prefect_server: str) -> dict[str, Any]:
    """What the server knows of the deployment after the commands of the README."""
    for command in (["work-pool", "create", "broadsheet", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
        done = subprocess.run([*PREFECT, *command], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = asked(f"{prefect_server}/deployments/name/ingest-pages/nightly")
    asked(f"{prefect_server}/deployments/{found['id']}/pause_deployment", {})  # or a test at 02:15 would run it twice
    return found


@pytest.fixture(scope="module")
def worker(environment: dict[str, str], deployment: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A worker of the pool, every socket of which is written down; gives where."""
    folder = tmp_path_factory.mktemp("worker")
    command = [*PREFECT, "worker", "start", "--pool", deployment["work_pool_name"], "--name", "test-worker"]
    with (folder / "worker.log").open("w") as log:
        process = subprocess.Popen(
            command, env=environment | audit(folder / "sockets.log"), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield folder
        finally:
            process.terminate()
            try:
                process.wait(60)
            finally:
                end_group(process.pid)


def test_the_schedule_is_every_night_in_utc(deployment: dict[str, Any]):
    schedules = [(s["active"], s["schedule"]["cron"], s["schedule"]["timezone"]) for s in deployment["schedules"]]
    assert schedules == [(True, "15 2 * * *", "UTC")]


def test_a_worker_runs_the_deployment_and_leaves_a_warehouse(deployment: dict[str, Any], worker: Path, prefect_server: str, home: Path):
    parameters = {"paths": ["samples"], "home": str(home)}
    asked_for = asked(f"{prefect_server}/deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})
    run = ended(prefect_server, asked_for["id"], worker / "worker.log")
    assert (run["state"]["type"], run["name"]) == ("COMPLETED", "ingest samples"), run["state"]
    assert "20 loaded" in run["state"]["message"]
    assert ask(home, "SELECT count(*) FROM core.articles").rows == [(20,)]
    assert ask(home, "SELECT flow_run_url FROM ops.runs").rows[0][0].endswith(run["id"])
    assert {host for host in lines(worker / "sockets.log", "reach") if not is_local(host)} == set()
    assert "great_expectations" not in (worker / "worker.log").read_text(), "a library talks to the operator"


def ended(server: str, flow_run: str, log: Path) -> dict[str, Any]:
    """The flow run, when it has ended."""
    deadline = time.monotonic() + RUN_SECONDS
    while time.monotonic() < deadline:
        run: dict[str, Any] = asked(f"{server}/flow_runs/{flow_run}")
        if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"):
            return run
        time.sleep(0.5)
    pytest.fail(f"expected the run to end within {RUN_SECONDS} s; the worker's log ends:\n{log.read_text()[-3000:]}")


def end_group(leader: int) -> None:
    """End what the worker may have left: the flow's own process and its workers."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # nothing was left
