"""The temporary server of a run sleeps while nobody asks it anything: Prefect's own would look for work all the time."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.orchestration import DEFAULTS

START_SECONDS = 180
SECONDS = 3
MOST_WAKES = 50  # a second: 30 were seen, and 110 with Prefect's background worker; on a busy machine fewer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """The process of one that answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = DEFAULTS | {
        "PREFECT_HOME": str(tmp_path),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{tmp_path}/prefect.db",
    }
    command = [sys.executable, "-m", "flows.temporary_server", str(port), str(tmp_path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=os.environ | told)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                break
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, "it does not answer"
            time.sleep(0.1)
    yield process.pid
    assert process.stdin is not None
    process.stdin.close()
    process.wait()


def wakes(pid: int) -> int:
    """How often its threads have gone to sleep, and so been woken."""
    told = [(thread / "status").read_text() for thread in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int(line.split()[1]) for each in told for line in each.splitlines() if line.startswith("voluntary_ctxt_switches"))


def test_a_temporary_server_that_nobody_asks_sleeps(server: int):
    time.sleep(1)
    before = wakes(server)
    time.sleep(SECONDS)
    assert wakes(server) - before < MOST_WAKES * SECONDS
