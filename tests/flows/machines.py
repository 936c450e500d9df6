"""Machines of a cluster as processes: each in a network namespace of its own where root allows it, else side by side on loopback."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import PROGRAM, ROOT

START_SECONDS = 120  # on a busy machine


@dataclass(slots=True)
class Network:
    """Where processes run: by name, `head` at the address that all reach."""

    head: str  # its address
    spaces: dict[str, str] = field(default_factory=dict)  # namespaces by machine; none on loopback

    def inside(self, machine: str) -> list[str]:
        """What to put before a command that is to run on this machine."""
        return ["ip", "netns", "exec", self.spaces[machine]] if machine in self.spaces else []


@contextmanager
def network(*machines: str) -> Iterator[Network]:
    """A bridge with a namespace for each machine; the tests' own has the head and the flow."""
    number = os.getpid() % 200
    bridge, subnet = f"bs{os.getpid() % 10**6}", f"10.203.{number}"
    if not can_have_namespaces():
        yield Network("127.0.0.1")
        return
    made = Network(f"{subnet}.1", {machine: f"{bridge}-{machine}" for machine in machines})
    try:
        ip("link", "add", bridge, "type", "bridge")
        ip("address", "add", f"{made.head}/24", "dev", bridge)
        ip("link", "set", bridge, "up")
        for place, (machine, space) in enumerate(made.spaces.items(), start=2):
            outer = f"{bridge}{machine}"[:15]
            ip("netns", "add", space)
            ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space)
            ip("link", "set", outer, "master", bridge, "up")
            ip("-n", space, "address", "add", f"{subnet}.{place}/24", "dev", "eth0")
            ip("-n", space, "link", "set", "eth0", "up")
            ip("-n", space, "link", "set", "lo", "up")
        yield made
    finally:
        for space in made.spaces.values():
            ip("netns", "delete", space, check=False)
        ip("link", "delete", bridge, check=False)


def can_have_namespaces() -> bool:
    """Whether this process may make network namespaces and bridges."""
    if os.getuid() or not shutil.which("ip"):
        return False
    tried, name = f"try{os.getpid()}", f"tr{os.getpid()}"
    may = not ip("netns", "add", tried, check=False) and not ip("link", "add", name, "type", "bridge", check=False)
    ip("link", "delete", name, check=False)
    ip("netns", "delete", tried, check=False)
    return may


def ip(*words: str, check: bool = True) -> int:
    return subprocess.run(["ip", *words], check=check, capture_output=True, timeout=30).returncode


class Started:
    """A process that serves, with all that it starts in one group, and what it says in a file."""

    def __init__(self, command: list[str], said: Path, environment: dict[str, str], until: str) -> None:
        self.said = said
        with said.open("w") as log:
            self.process = subprocess.Popen(
                command, env=environment | {"PYTHONUNBUFFERED": "1"}, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while until not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < deadline, self.text()
            time.sleep(0.05)

    def text(self) -> str:
        return self.said.read_text()

    def kill(self) -> None:
        """As when the machine loses its power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def ask_to_end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@dataclass(slots=True)
class Machines:
    """A cluster in the making: its head, and machines that join and are killed."""

    network: Network
    folder: Path
    environment: dict[str, str]
    port: int
    started: list[Started] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://{self.network.head}:{self.port}"

    def head(self) -> Started:
        command = [PROGRAM, "cluster", "head", "--host", self.network.head, "--port", str(self.port)]
        return self._start("head", command, "BROADSHEET_CLUSTER")

    def join(self, machine: str, *, workers: int = 1, before: list[str] | None = None, until: str = "joined") -> Started:
        command = [PROGRAM, "cluster", "join", self.address, "--workers", str(workers)]
        return self._start(machine, [*self.network.inside(machine), *(before or []), *command], until)

    def end(self) -> None:
        for each in reversed(self.started):
            if each.process.poll() is None:
                each.kill()

    def _start(self, name: str, command: list[str], until: str) -> Started:
        self.started.append(Started(command, self.folder / f"{name}-{len(self.started)}.log", self.environment, until))
        return self.started[-1]
