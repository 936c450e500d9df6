"""A Prefect server as the README starts it, for tests; its empty database is made once for all of them."""

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path

from flows.temporary_server import DATABASE_NAME

ROOT = Path(__file__).parents[1]
START_SECONDS = 180  # on a slow machine without bytecode
MAKES = """
import sys
from pathlib import Path
from flows.server_records import make_database
make_database(Path(sys.argv[1]))
"""


@contextmanager
def running_server(prefect_home: Path) -> Iterator[str]:
    """A Prefect server as the README starts it, on a port of its own; its log is `prefect_home`/server.log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PREFECT_HOME": str(prefect_home),
        "DO_NOT_TRACK": "1",
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    made_database(prefect_home / DATABASE_NAME, user_cache_path())
    log = (prefect_home / "server.log").open("w")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/health", server, prefect_home / "server.log")
        yield f"http://127.0.0.1:{port}/api"
    finally:
        server.terminate()
        server.wait(60)
        log.close()


def made_database(database: Path, caches: Path) -> Path:
    """An empty database as a server makes it before it starts; by migrations where `caches` has none yet."""
    told = {"XDG_CACHE_HOME": str(caches), "PREFECT_HOME": str(database.parent)}
    told["PREFECT_API_DATABASE_CONNECTION_URL"] = f"sqlite+aiosqlite:///{database}"
    with one_by_one(caches):
        subprocess.run([sys.executable, "-c", MAKES, database], cwd=ROOT, env=os.environ | told, check=True)
    return database


@contextmanager
def one_by_one(folder: Path) -> Iterator[None]:
    """Inside is one process at a time of all that name this folder: workers make there what they share."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _wait_for(url: str, server: subprocess.Popen[Any], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:  # not up yet
            time.sleep(0.3)
    pytest.fail(f"expected a Prefect server at {url} within {START_SECONDS} s; its log ends:\n{log.read_text()[-2000:]}")
