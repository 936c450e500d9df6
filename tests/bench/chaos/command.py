"""`broadsheet ingest` as a user runs it, in a session and an environment of its own, and how it ended."""

import json
import os
import re
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.chaos.procfs import MARK, processes_of, what_they_wait_for
from tests.conftest import PROGRAM

TRACES = ("Traceback (most recent call last)", "terminate called", "Fatal Python error", "core dumped")
OWN_FRAME = re.compile(r'File "\S*?/((?:flows|tasks|expectations|warehouse)/\S+\.py", line \d+, in \w+)')
GONE_SECONDS = 60.0  # for what a run has started to end after it


@dataclass(slots=True)
class Ended:
    """How one run ended. `code` is None where it had to be ended by us; negative where a signal ended it."""

    code: int | None
    stdout: str
    stderr: str
    seconds: float
    left: list[str] = field(default_factory=list)  # command lines of what still lived long after it
    waiting: str = ""  # of a run that did not end: what its processes waited for

    @property
    def traces(self) -> list[str]:
        """Signs in its output of an end that nobody planned."""
        return [sign for sign in TRACES if sign in self.stderr or sign in self.stdout]

    @property
    def broke_at(self) -> str:
        """The last place in our code that a traceback names."""
        return ", ".join(OWN_FRAME.findall(self.stderr)[-1:]).replace('"', "")

    @property
    def summary(self) -> dict[str, Any]:
        """What it printed with --json; empty where it printed none."""
        lines = [line for line in self.stdout.splitlines() if line.startswith("{")]
        return dict(json.loads(lines[-1])) if lines else {}

    @property
    def last_words(self) -> str:
        said = [line for line in self.stderr.splitlines() if line.strip()]
        return said[-1][:240] if said else ""


class Command:
    """One `broadsheet ingest`, or another command of paths and a home, to be started any number of times over the same home folder."""

    def __init__(
        self, paths: list[Path], home: Path, *options: str, verb: str = "ingest", server: str | None = None, **environment: str
    ) -> None:
        self.home = home
        self.arguments = [PROGRAM, verb, *map(str, paths), "--home", str(home), "--json", *options]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "BROADSHEET_")) and k != "PYTHONDONTWRITEBYTECODE"}
        own = {"PREFECT_HOME": str(home.parent / "prefect")} | ({"PREFECT_API_URL": server} if server else {})
        self.environment = kept | own | environment

    def start(self, **environment: str) -> "Running":
        return Running(self, environment)

    def run(self, seconds: float, **environment: str) -> Ended:
        """From start to end, at most `seconds`."""
        return self.start(**environment).end(seconds)


class Running:
    """A run under way. Its output goes to files: a pipe that nobody reads would hold it up."""

    def __init__(self, command: Command, environment: dict[str, str]) -> None:
        self.mark = secrets.token_hex(8)
        self._said = command.home.parent / f"said-{self.mark}"
        self._said.parent.mkdir(parents=True, exist_ok=True)
        self._began = time.monotonic()
        with self._said.with_suffix(".out").open("wb") as out, self._said.with_suffix(".err").open("wb") as err:
            self.process = subprocess.Popen(
                command.arguments, env=command.environment | {MARK: self.mark} | environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=command.home.parent,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def stderr(self) -> str:
        return self._said.with_suffix(".err").read_text("utf-8", "replace")

    def end(self, seconds: float) -> Ended:
        """Wait for its end, at most `seconds`; then end it, and whatever it left, and tell."""
        waiting, code = "", None
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            waiting = what_they_wait_for(self.mark)
        took = time.monotonic() - self._began
        left = [] if waiting else self._outlived()
        self._end_all()
        return Ended(code, self._said.with_suffix(".out").read_text("utf-8", "replace"), self.stderr, took, left, waiting)

    def _outlived(self) -> list[str]:
        deadline = time.monotonic() + GONE_SECONDS
        while (alive := processes_of(self.mark)) and time.monotonic() < deadline:
            time.sleep(0.1)
        return [process.command[:120] for process in alive]

    def _end_all(self) -> None:
        for process in processes_of(self.mark):
            try:
                os.kill(process.pid, signal.SIGKILL)
            except ProcessLookupError:  # it was faster
                continue
        self.process.wait()


def documented_codes() -> set[int]:
    """The exit codes that `broadsheet ingest --help` lists."""
    said = subprocess.run([PROGRAM, "ingest", "--help"], capture_output=True, text=True, check=True).stdout
    return {int(code) for code in re.findall(r"(?:^|\s)(\d{1,3}) [a-z]", said.split("Exit codes", 1)[1])}
