"""Processes of one run, read from /proc: who they are, what they wait for, and which of them outlived it.

A run is told by a variable in its environment, which every descendant inherits, also one in a session of its own.
"""

import os
from dataclasses import dataclass
from pathlib import Path

MARK = "CHAOS_RUN"
WORKERS_OF = "forkserver"  # what multiprocessing calls the parent of the workers
ROLES = {"flows.temporary_server": "server", "file_copy.py": "copier", "resource_tracker": "tracker"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One living process."""

    pid: int
    parent: int
    command: str
    age: int  # clock ticks since boot at which it began


def parents() -> dict[int, int]:
    """Living process -> its parent; those that have ended and wait to be reaped are left out."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            except OSError:  # it has ended since it was listed
                continue
            if state != "Z":
                found[int(entry.name)] = int(parent)
    return found


def processes_of(mark: str) -> list[Seen]:
    """Every living process of the run with this mark."""
    found = []
    for pid, parent in parents().items():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            if f"{MARK}={mark}\0".encode() in environment + b"\0":
                command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                age = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
                found.append(Seen(pid, parent, command, age))
        except OSError:  # it has ended since it was listed, or is another user's
            continue
    return found


def by_role(mark: str, flow: int) -> dict[str, list[int]]:
    """Process ids by what they do in the run: flow, server, copier, fork server, workers."""
    seen = processes_of(mark)
    roles: dict[str, list[int]] = {"flow": [flow]}
    fork_servers = {process.pid for process in seen if WORKERS_OF in process.command and process.parent == flow}
    for process in seen:
        role = next((role for part, role in ROLES.items() if part in process.command), None)
        if process.parent in fork_servers:
            role = "worker"
        elif process.pid in fork_servers:
            role = "fork server"
        if role:
            roles.setdefault(role, []).append(process.pid)
    return roles


def children(pid: int) -> list[int]:
    """Living children, of all its threads: fast enough to ask a hundred times a second."""
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    except OSError:  # it ends just now
        return found
    return found


def is_copier(pid: int) -> bool:
    try:
        return b"file_copy.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return False


def what_they_wait_for(mark: str) -> str:
    """A line for each living process: its state, threads, and what the kernel says it waits in."""
    lines = []
    for process in processes_of(mark):
        try:
            status = dict(line.split(":\t", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if ":\t" in line)
            waits = sorted({(task / "wchan").read_text() or "running" for task in Path(f"/proc/{process.pid}/task").iterdir()})
            files = len(os.listdir(f"/proc/{process.pid}/fd"))  # noqa: PTH208 - names only
        except OSError:  # it has ended since it was listed
            continue
        lines.append(
            f"    {process.pid} of {process.parent} {status.get('State')} {status.get('Threads', '?').strip()} threads in "
            f"{', '.join(waits)}; {files} files; {process.command[:90]}"
        )
    return "\n".join(lines)
