"""A Prefect server for one run, where none is configured.

Prefect would start one by itself, but only when the flow begins, by way of importing its whole server into our process,
and in the terminal's process group, where Ctrl-C ends it before the run could say that it stopped. Started here it boots
while the rest is loaded, costs this process nothing, hears no Ctrl-C, and ends with the run however that ends.
"""

import atexit
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from warehouse.errors import SettingsInvalid

HOST = "127.0.0.1"
START_SECONDS = 180.0  # ready in 4 to 10 s; a slow machine without bytecode has taken a minute
# https://docs.prefect.io/v3/concepts/settings-and-profiles: the environment, the profile, and files of the working folder
NAMES_A_SERVER = ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH")
API_SETTING = re.compile(r"PREFECT_API_URL|^\s*\[(tool\.prefect\.)?api\]", re.IGNORECASE | re.MULTILINE)
PR_SET_PDEATHSIG = 1  # prctl(2)


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
    """Starts when made; `wait` until it answers."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        self._health = f"http://{HOST}:{port}/api/health"
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed in stop
        os.environ["PREFECT_SERVER_UI_ENABLED"] = "false"  # nobody has time to look at it
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.temporary_server", str(port)],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"  # before prefect reads its settings for good
        # At exit, since Prefect's threads send what they have logged while the interpreter shuts down, before atexit.
        atexit.register(self.stop)

    def wait(self) -> None:
        """Until it answers. Raises SettingsInvalid with the end of its log where it does not."""
        deadline = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self._health, timeout=2):
                    return
            except OSError:  # not listening yet
                time.sleep(0.05)
        self._log.seek(0)
        raise SettingsInvalid(
            f"expected Prefect's temporary server to answer at {self._health} within {START_SECONDS:g} s; its log ends: "
            f"{self._log.read()[-1000:]!r}. Look at PREFECT_* variables, or start `prefect server start` and set PREFECT_API_URL."
        )

    def stop(self) -> None:
        """Ask it to end; it writes out what it has recorded and is not waited for."""
        self._process.terminate()
        self._log.close()


def main(port: int) -> None:
    """The server's own process."""
    import uvicorn
    from prefect.server.api.server import create_app

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    uvicorn.run(create_app(ephemeral=True, final=True), host=HOST, port=port, log_level="error", timeout_graceful_shutdown=5)


if __name__ == "__main__":
    main(int(sys.argv[1]))
