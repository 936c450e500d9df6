"""Copies one file and flushes it to the disk: `python file_copy.py SOURCE TARGET MODE PARENT`.

TARGET must not be there, MODE is octal, PARENT the process that waits for the copy: on Linux the copy dies with it. As long as
it lives, it holds a lock (flock) on TARGET, which tells a copy under way from one that was killed.
A script of its own, without imports of ours, so that it starts in 20 ms; see warehouse/snapshot.py for why.
"""

import ctypes
import fcntl
import os
import shutil
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def copy(source: str, target: str, mode: int) -> None:
    with open(source, "rb") as reading, open(target, "xb") as writing:  # noqa: PTH123 - pathlib costs half of the start
        fcntl.flock(writing, fcntl.LOCK_EX)
        shutil.copyfileobj(reading, writing, 8 * 2**20)
        writing.flush()
        os.fchmod(writing.fileno(), mode)
        os.fsync(writing.fileno())


def die_with(parent: int) -> None:
    """End when `parent` ends: what nobody waits for would only fill the disk."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before this process could ask
        sys.exit(f"process {parent}, which wanted the copy, is gone")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # systemd asks every process of a service; the run decides, and waits for this
    die_with(int(sys.argv[4]))
    try:
        copy(sys.argv[1], sys.argv[2], int(sys.argv[3], 8))
    except OSError as error:
        sys.exit(str(error))
