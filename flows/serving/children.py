"""The processes of `broadsheet serve`: each is started again where it dies, and hears of the end by its standard input.

A child reads its standard input until that ends: when the parent closes it, or dies, however that happens. So none outlives it.
A session of its own keeps the Ctrl-C of the terminal from it.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from flows import stop

LONGEST_PAUSE = 60.0
SOUND_SECONDS = 60.0  # one that lived as long begins again with the shortest pause
MOST_LOG_BYTES = 10 * 2**20


def when_parent_ends(end: Callable[[], None]) -> None:
    """In a child: call `end`, in a thread, when the parent closes our standard input or is gone."""

    def wait() -> None:
        sys.stdin.buffer.read()  # nothing is ever written there
        end()

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()


class Child:
    """`python -m MODULE`, with its output in LOG; the log of before is kept beside it once it is large."""

    def __init__(self, module: str, environment: dict[str, str], log: Path) -> None:
        self.log = log
        self._module = module
        self._environment = environment
        self._pause = 1.0
        self._again_at: float | None = None
        if log.exists() and log.stat().st_size > MOST_LOG_BYTES:
            log.replace(log.with_suffix(".old.log"))
        self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def keep(self) -> None:
        """Start it again where it has died, after a pause that doubles each time. To be called again and again."""
        if self.is_alive():
            return
        now = time.monotonic()
        if self._again_at is None:
            self._pause = 1.0 if now - self._started > SOUND_SECONDS else min(self._pause * 2, LONGEST_PAUSE)
            self._again_at = now + self._pause
            stop.say(f"{self._module} ended with {self._process.returncode}; again in {self._pause:g} s. Its log: {self.log}")
        elif now >= self._again_at:
            self._start()

    def ask_to_end(self) -> None:
        """It ends what it has begun, and then itself."""
        if self._process.stdin:
            self._process.stdin.close()

    def kill(self) -> None:
        """At once, where it has not ended."""
        if self.is_alive():
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _start(self) -> None:
        self._again_at = None
        self._started = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, env=self._environment,
            )  # fmt: skip
