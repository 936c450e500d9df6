"""What a command costs with all its descendants: CPU, wall clock, and the peak memory of each process."""

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36  # orphans come to us, so that their CPU time is counted: prctl(2)
SAMPLE_SECONDS = 0.5


@dataclass(slots=True)
class Process:
    """One descendant, as last seen."""

    peak_mb: float  # highest resident memory
    cpu_seconds: float
    peak_share_mb: float = 0.0  # the same with what it shares divided among those that share it


@dataclass(slots=True)
class Cost:
    """Of one command."""

    cpu_seconds: float
    wall_seconds: float
    exit_code: int
    output: str
    processes: dict[str, "Process"] = field(default_factory=dict)  # by pid and command line


def run_measured(command: Sequence[str], **popen: object) -> Cost:
    """Run it to its end and reap every descendant."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, **popen)  # type: ignore[call-overload]
    seen: dict[str, Process] = {}
    done = threading.Event()
    sampler = threading.Thread(target=_sample, args=(child.pid, seen, done))
    sampler.start()
    output, _ = child.communicate()
    wall = time.monotonic() - began
    done.set()
    sampler.join()
    _reap_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, child.returncode, output, dict(sorted(seen.items(), key=lambda item: -item[1].cpu_seconds)))


def _reap_orphans() -> None:
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _sample(root: int, seen: dict[str, Process], done: threading.Event) -> None:
    while not done.wait(SAMPLE_SECONDS):
        for pid in _descendants(root):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                name = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")[:200]
            except OSError:  # it has ended since it was listed
                continue
            if not name.strip():  # it has ended and waits to be reaped
                continue
            high = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
            cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
            before = seen.get(f"{pid} {name}")
            share = max(_share_mb(pid), before.peak_share_mb if before else 0.0)
            seen[f"{pid} {name}"] = Process(int(high.split()[1]) / 1024, cpu, share)


def _share_mb(pid: int) -> float:
    """Its proportional set size: see proc_pid_smaps_rollup(5)."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has ended since it was listed
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("Pss:")), 0.0)


def _descendants(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:  # it has ended since it was listed
                continue
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting.extend(child for child, parent in parents.items() if parent == pid)
    return found
