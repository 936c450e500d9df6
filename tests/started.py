"""A command that runs while a test looks: what tests use of subprocess.Popen, of a process that is another one's child."""

import os
import signal
import socket
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO

NUMBER = struct.Struct("i")  # what is told of a command: its process, and later its exit code


@dataclass
class Started:
    """`ended` says the exit code, as Popen has it, once the process was waited for."""

    pid: int
    ended: socket.socket
    stdout: IO[str]
    stderr: IO[str]
    returncode: int | None = None
    _readers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2))

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._waited(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises subprocess.TimeoutExpired."""
        code = self._waited(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("broadsheet", timeout or 0.0)
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it says until it has ended, and all that has its output. Raises TimeoutError."""
        out, err = (self._readers.submit(file.read) for file in (self.stdout, self.stderr))
        said = out.result(timeout), err.result(timeout)
        self.wait(timeout)
        return said

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Kill it, where a test has failed, and let go of it."""
        self.kill()
        for file in (self.stdout, self.stderr, self.ended):
            file.close()
        self._readers.shutdown(wait=False)

    def _waited(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self.ended.settimeout(timeout)
            try:
                (self.returncode,) = NUMBER.unpack(self.ended.recv(NUMBER.size))
            except (TimeoutError, BlockingIOError):  # it runs
                return None
        return self.returncode
