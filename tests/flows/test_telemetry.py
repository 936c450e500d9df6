"""No library calls out: neither the run, nor its workers, nor the Prefect server that it starts."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Run

AUDITED = Path(__file__).with_name("audited")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def audit(log: Path) -> dict[str, str]:
    """Environment in which every Python process writes down whom it talks to."""
    return {"PYTHONPATH": str(AUDITED), "AUDIT_LOG": str(log)}


def lines(log: Path, kind: str) -> list[str]:
    """What was written down: command lines of processes (`start`), or hosts (`reach`, `bind`)."""
    entries = [line.split("\t", 2) for line in log.read_text().splitlines()]
    return [what for entry, _, what in entries if entry == kind]


def is_local(host: str) -> bool:
    return host in LOOPBACK


def test_an_ingest_without_a_server_talks_to_this_machine_only(broadsheet_without_server: Run, home: Path, tmp_path: Path):
    log = tmp_path / "sockets.log"
    done = broadsheet_without_server("ingest", ROOT / "samples", "--home", home, env=audit(log))
    assert done.returncode == 0, done.stderr
    started = "\n".join(lines(log, "start"))
    assert "broadsheet ingest" in started
    assert "flows.temporary_server" in started
    assert "multiprocessing.forkserver" in started, "the workers were not watched"
    reached = set(lines(log, "reach"))
    assert "127.0.0.1" in reached, "the run did not even talk to its server: the watch is blind"
    assert [host for host in reached if not is_local(host)] == []
    bound = set(lines(log, "bind"))
    assert "127.0.0.1" in bound, "not even the server was seen to listen: the watch is blind"
    assert [host for host in bound if not is_local(host)] == [], "who is not of this machine could talk to the server"


def test_a_call_to_elsewhere_would_be_seen(tmp_path: Path):
    log = tmp_path / "sockets.log"
    call = "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.connect(('203.0.113.7', 9)); s.close()"  # sends nothing
    subprocess.run([sys.executable, "-c", call], env=os.environ | audit(log), capture_output=True, check=False)
    assert [host for host in lines(log, "reach") if not is_local(host)] == ["203.0.113.7"]
