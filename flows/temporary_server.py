"""A Prefect server for one run, where none is configured.

Prefect would start one by itself, but only when the flow begins, by way of importing its whole server into our process,
and in the terminal's process group, where Ctrl-C ends it before the run could say that it stopped. Started here it boots
while the rest is loaded, costs this process nothing, hears no Ctrl-C, and ends with the run however that ends.
Its records are in a folder of its own, which goes with it.
"""

import atexit
import gc
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from flows import stop
from tasks.workers.same_imports import same_imports
from warehouse.errors import OrchestratorUnreachable, StorageFailed

HOST = "127.0.0.1"
START_SECONDS = 180.0  # ready in 4 to 10 s; a slow machine without bytecode has taken a minute
MOST_STARTS = 3
LEAST_FREE_BYTES = 32 * 2**20  # its records of a run of an hour took 5 MB
DATABASE_NAME = "prefect.db"
DATABASE = ("PREFECT_API_DATABASE_", "PREFECT_SERVER_DATABASE_")
# https://docs.prefect.io/v3/concepts/settings-and-profiles: the environment, the profile, and files of the working folder
NAMES_A_SERVER = ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH")
API_SETTING = re.compile(r"PREFECT_API_URL|^\s*\[(tool\.prefect\.)?api\]", re.IGNORECASE | re.MULTILINE)


def start_server_if_none() -> "TemporaryServer | None":
    """The server of this process, on its way; None where one may be configured: then Prefect finds it, or starts its own.

    Call before `prefect` is imported: it reads its settings then, once.
    """
    return None if may_be_configured() else TemporaryServer()


def may_be_configured() -> bool:
    """Whether any place that Prefect reads could name a server. Asking Prefect itself would load it, and fix the answer."""
    if any(os.environ.get(name) for name in NAMES_A_SERVER):
        return True
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    places = (home / "profiles.toml", Path("prefect.toml"), Path(".env"), Path("pyproject.toml"))
    return any(place.is_file() and API_SETTING.search(place.read_text("utf-8", "replace")) for place in places)


class TemporaryServer:
    """Starts when made; `wait` until it answers. Started again, on the same port and with the same records, where it dies."""

    def __init__(self) -> None:
        self._folder = self._own_folder()
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self._port = probe.getsockname()[1]
        os.environ["PREFECT_SERVER_UI_ENABLED"] = "false"  # nobody has time to look at it
        os.environ["PREFECT_API_URL"] = f"http://{HOST}:{self._port}/api"  # before prefect reads its settings for good
        self._is_stopped = False
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep_alive, name="keep-server-alive", daemon=True)
        self._keeper.start()
        # At exit, since Prefect's threads send what they have logged while the interpreter shuts down, before atexit.
        atexit.register(self.stop)

    def wait(self) -> None:
        """Until it answers. Raises OrchestratorUnreachable with the end of its log where it does not."""
        deadline = time.monotonic() + START_SECONDS
        while self._keeper.is_alive() and time.monotonic() < deadline:
            stop.here()
            try:
                with urllib.request.urlopen(f"http://{HOST}:{self._port}/api/health", timeout=2):
                    return
            except OSError:  # not listening yet
                time.sleep(0.05)
        raise OrchestratorUnreachable(
            f"expected Prefect's temporary server to answer on port {self._port} within {START_SECONDS:g} s; its log ends: "
            f"{self._log.read_text(errors='replace')[-1000:]!r}. Look at PREFECT_* variables, or start `prefect server start` and set "
            "PREFECT_API_URL."
        )

    def stop(self) -> None:
        """Have it end, with its folder; it is not waited for."""
        self._is_stopped = True
        if self._process.stdin:
            self._process.stdin.close()

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    def _own_folder(self) -> Path:
        """Prefect's records of this run. Not ~/.prefect: a newer Prefect may have migrated that, and it may not be ours to write to."""
        try:
            folder = Path(tempfile.mkdtemp(prefix="broadsheet-prefect-"))
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise StorageFailed(f"expected a temporary folder to write to, came: {error}. Set TMPDIR to one.") from error
        if free < LEAST_FREE_BYTES:
            folder.rmdir()
            raise StorageFailed(
                f"expected {LEAST_FREE_BYTES // 2**20} MiB of free space for temporary files in {folder.parent}, there are "
                f"{free / 2**20:.1f}. Make room, or set TMPDIR to another folder."
            )
        return folder

    def _start(self) -> "subprocess.Popen[bytes]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(DATABASE)}
        own = {
            "PREFECT_HOME": str(self._folder),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{self._folder / DATABASE_NAME}",
        }
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "flows.temporary_server", str(self._port), str(self._folder)],
                stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, env=kept | own | same_imports(),
            )  # fmt: skip

    def _keep_alive(self) -> None:
        """Requests that find no server are repeated by Prefect's client for longer than a start takes."""
        for _ in range(MOST_STARTS - 1):
            self._process.wait()
            if self._is_stopped:
                return
            self._process = self._start()
        self._process.wait()


def main(port: int, folder: Path) -> None:
    """The server's own process."""
    gc.disable()  # nothing that is loaded is garbage, and looking for some takes a seventh of the start
    import uvicorn
    from prefect.server.api import server

    from flows.server_records import make_database

    def end_with_parent() -> None:
        sys.stdin.buffer.read()  # nothing is ever written there: it ends when the parent closes it or dies, however that happens
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)

    threading.Thread(target=end_with_parent, name="end-with-parent", daemon=True).start()
    if not (folder / DATABASE_NAME).exists():  # else it died, and was started again with its records
        make_database(folder / DATABASE_NAME)
    server.background_worker = _nothing_to_clear  # type: ignore[attr-defined]  # see tests/flows/test_resting_server.py
    app = server.create_app(ephemeral=True, final=True)
    gc.freeze()
    gc.enable()
    uvicorn.run(app, host=HOST, port=port, log_level="error", timeout_graceful_shutdown=5)


@asynccontextmanager
async def _nothing_to_clear(*_: object, **_options: object) -> AsyncIterator[None]:
    """In place of Prefect's background worker. It clears up behind runs that somebody deletes or cancels, which nobody does here, and asks
    ten times a second whether anybody did: most of what an idle server takes, and a tenth of its start."""
    yield


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
