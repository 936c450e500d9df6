"""A home that `broadsheet serve` serves, for tests: what its server says, what becomes of a run, and which processes it has."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.flows.prefect_api import asked

FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
START_SECONDS = 180  # of everything, on a machine that has other things to do
RUN_SECONDS = 180  # from asking for a run to its end
READY = "end  "  # what the last line of the ready message begins with


@dataclass(frozen=True)
class Served:
    home: Path
    url: str
    process: subprocess.Popen[str]

    @property
    def api(self) -> str:
        return f"{self.url}/api"

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return asked(f"{self.api}/{path}", body)

    def log(self, name: str) -> str:
        return (self.home / "prefect" / f"{name}.log").read_text()

    def start(self, deployment: str, queue: str | None = None, **parameters: Any) -> str:
        """The id of a run that an operator asked for."""
        found = self.ask(f"deployments/name/{deployment}")
        told = {"parameters": parameters} | ({"work_queue_name": queue} if queue else {})
        return str(self.ask(f"deployments/{found['id']}/create_flow_run", told)["id"])

    def is_scheduled(self, deployment: str, is_scheduled: bool) -> None:
        """Let the schedules of a deployment fire, or not: a run of each minute costs seconds."""
        found = self.ask(f"deployments/name/{deployment}")
        self.ask(f"deployments/{found['id']}/{'resume' if is_scheduled else 'pause'}_deployment", {})

    def run(self, run: str) -> dict[str, Any]:
        return dict(self.ask(f"flow_runs/{run}"))

    def in_state(self, run: str, *states: str, seconds: float = RUN_SECONDS) -> dict[str, Any]:
        """The run, when it is in one of these states, by name or type; by default, when it has ended."""
        wanted = states or FINAL
        return self.wait(lambda: (r := self.run(run)) and {r["state_type"], r["state_name"]} & set(wanted) and r, f"{wanted}", seconds)

    def begun(self, run: str) -> None:
        """Wait until a run is loading: it has moved its progress."""
        wanted = {"artifacts": {"flow_run_id": {"any_": [run]}, "key": {"any_": ["ingest-progress"]}}}
        self.wait(lambda: any(artifact["data"] > 0 for artifact in self.ask("artifacts/filter", wanted)), "the run to load")

    def runs(self, **wanted: Any) -> list[dict[str, Any]]:
        return list(self.ask("flow_runs/filter", {"flow_runs": wanted, "sort": "START_TIME_ASC"}))

    def wait(self, found: Callable[[], Any], expected: str, seconds: float = RUN_SECONDS) -> Any:
        deadline = time.monotonic() + seconds
        while not (what := found()):
            assert time.monotonic() < deadline, (
                f"expected {expected} within {seconds} s; the worker's log ends:\n{self.log('worker')[-3000:]}"
            )
            time.sleep(0.5)
        return what


@contextmanager
def serving(environment: dict[str, str], home: Path, *options: object) -> Iterator[Served]:
    """Serve `home` while inside; then it is asked to end, and leaves no process."""
    port = free_port()
    command = [sys.executable, "-m", "flows.cli", "serve", "--home", home, "--port", port, *options]
    process = subprocess.Popen(
        [str(word) for word in command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        wait_until_ready(process)
        yield Served(home, f"http://127.0.0.1:{port}", process)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            told = process.communicate(timeout=RUN_SECONDS)[0]
            assert process.returncode == 0, told
        assert processes_of(home) == {}
    finally:
        end_at_once(process, home)


def eventually(found: Callable[[], Any], otherwise: Callable[[], str], seconds: float = RUN_SECONDS) -> Any:
    """What is found at last."""
    deadline = time.monotonic() + seconds
    while not (what := found()):
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.5)
    return what


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    told = []
    assert process.stdout
    for line in process.stdout:
        told.append(line)
        if line.startswith(READY):
            return
    pytest.fail(f"it ended before it was ready:\n{''.join(told)}")


def processes_of(home: Path) -> dict[int, str]:
    """Every process that serves the home or runs for it, however it was orphaned: told by its environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"BROADSHEET_HOME={home}\0".encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError, PermissionError):  # it has ended, or is none of ours
            continue
    return {pid: command for pid, command in found.items() if command}  # without one it has ended, and waits to be reaped


def descendants(pid: int) -> list[int]:
    """All processes below this one."""
    children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return [*children, *(below for child in children for below in descendants(child))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_at_once(process: subprocess.Popen[str], home: Path) -> None:
    """Where a test failed: nothing of it is to be in the way of others."""
    process.kill()
    process.communicate()
    for pid in processes_of(home):
        os.kill(pid, signal.SIGKILL)
