"""The commands of the README's chapter on scheduling, for tests: a server's deployment, a worker, and what becomes of a run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.flows.prefect_api import asked

PREFECT = (sys.executable, "-m", "prefect")
SET_UP = (
    ["work-pool", "create", "broadsheet", "--type", "process"],
    ["automation", "create", "--from-file", "prefect-automations.yaml"],
)
DEPLOY = ["--no-prompt", "deploy", "--all"]
FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
RUN_SECONDS = 150  # from asking for a run to its end, on a machine that has other things to do


def deploy(environment: dict[str, str], *more: str) -> dict[str, Any]:
    """What the server knows of the deployment after the commands of the README; `more` are options of `prefect deploy`."""
    for command in (*SET_UP, [*DEPLOY, *more]):
        done = subprocess.run([*PREFECT, *command], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = asked(f"{environment['PREFECT_API_URL']}/deployments/name/ingest-pages/nightly")
    return found


@contextmanager
def worker(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the pool, with all that it starts in one process group, which is ended at the end."""
    with log.open("a") as stream:
        process = subprocess.Popen(
            [*PREFECT, "worker", "start", "--pool", "broadsheet"],
            env=environment, cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(60)
            finally:
                end_group(process.pid)


def end_group(leader: int) -> None:
    """End a worker and what it may have left: the flow's own process and its workers."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # nothing was left


def in_state(server: str, flow_run: str, *states: str, log: Path, seconds: float = RUN_SECONDS) -> dict[str, Any]:
    """The flow run, when it is in one of these states: by default, when it has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        run: dict[str, Any] = asked(f"{server}/flow_runs/{flow_run}")
        if run["state_type"] in (states or FINAL):
            return run
        time.sleep(0.5)
    pytest.fail(f"expected {states or FINAL} within {seconds} s, it is {run['state']}; the worker's log ends:\n{log.read_text()[-3000:]}")
