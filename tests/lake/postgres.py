"""A PostgreSQL of the tests' own, from Debian's packages: as a user without rights, on loopback, in a folder that goes with it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

PACKAGES = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")
SETTINGS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -c shared_buffers=32MB"


def binaries() -> Path | None:
    """The newest version's programs."""
    found = max(PACKAGES.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), default=None)
    return found.parent if found else None


class PostgresServer:
    """Started, stopped as a power cut would, and started again; a database for who asks."""

    def __init__(self, folder: Path) -> None:
        self._bin, self._folder, self._names = binaries(), folder, count()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._as_user = partial(subprocess.run, check=True, capture_output=True, **_user(folder))
        self._run("initdb", "-D", folder / "data", "-U", "lake", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8")
        self.start()

    def start(self) -> None:
        options = f"{SETTINGS} -p {self.port} -k {self._folder}"
        self._run("pg_ctl", "-D", self._folder / "data", "-l", self._folder / "log", "-o", options, "-w", "start")

    def stop(self) -> None:
        """At once: what is under way is lost."""
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")

    def database(self, like: str | None = None) -> str:
        """The URL of a new one: empty, or a copy of one to which nobody is connected."""
        name, template = f"lake_{os.getpid()}_{next(self._names)}", ["-T", like.rsplit("/", 1)[1]] if like else []
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "lake", *template, name)
        return f"postgres://lake@127.0.0.1:{self.port}/{name}"

    def ask(self, url: str, query: str) -> str:
        return self._run("psql", "-X", "-A", "-t", "-d", url, "-c", query).stdout.decode().strip()

    def cpu_seconds(self) -> float:
        """Of the server and of all its sessions, ended ones included."""
        head = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        ticks = sum(map(int, _fields(head)[11:15]))  # utime, stime, and those of children that ended
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                fields = _fields(int(process.name))
                ticks += sum(map(int, fields[11:13])) if int(fields[1]) == head else 0
        return ticks / os.sysconf("SC_CLK_TCK")

    def _run(self, program: str, *arguments: object) -> "subprocess.CompletedProcess[bytes]":
        return self._as_user([str(self._bin / program), *map(str, arguments)])  # type: ignore[operator]


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-pg-", dir="/tmp"))  # not pytest's: nobody else may enter that
    server = PostgresServer(folder)
    try:
        yield server
    finally:
        try:
            server.stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _user(folder: Path) -> dict[str, object]:
    """As whom it runs: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    entry = next(entry for entry in pwd.getpwall() if entry.pw_name in UNPRIVILEGED)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": folder}


def _fields(pid: int) -> list[str]:
    """What proc(5) has behind the name of a process, its state first."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
