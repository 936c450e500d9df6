"""Who holds a file that DuckDB cannot lock."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path


def holder_told(message: str) -> str | None:
    """`process 42 (/usr/bin/python3, running since 2026-11-28 20:14 UTC)`, from DuckDB's "Conflicting lock is held in
    /usr/bin/python3 (PID 42)"; None if the message is about anything else."""
    if "Could not set lock on file" not in message:
        return None
    found = re.search(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)", message)
    if found is None:
        return "another process"
    since = _started(int(found["pid"]))
    return f"process {found['pid']} ({found['program']}{f', running since {since:%Y-%m-%d %H:%M} UTC' if since else ''})"


def locked(path: Path, holder: str) -> str:
    """What to tell who wants to read a snapshot that another program has opened for writing."""
    return (
        f"Expected to read {path}, but {holder} has opened it for writing, which keeps all others out. End that program, or close "
        f"the file in it, and open it read-only: `duckdb -readonly {path}`, or duckdb.connect({str(path)!r}, read_only=True). "
        "Tables of your own belong into another database: what is made in the snapshot is gone with the next one. "
        "Any run of `broadsheet ingest` publishes one that nobody holds."
    )


def _started(pid: int) -> datetime | None:
    """When a process began, from proc(5); None where there is no such file, or no such process any more."""
    try:
        ticks = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19])
        booted = re.search(r"^btime (\d+)$", Path("/proc/stat").read_text("utf-8"), re.MULTILINE)
    except OSError:
        return None
    return datetime.fromtimestamp(int(booted[1]) + ticks / os.sysconf("SC_CLK_TCK"), UTC) if booted else None
