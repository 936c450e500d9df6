"""Runs whose worker was killed: they go on, and become children of the process that serves, so that none of them outlives it.

Linux only: elsewhere they become children of the first process, and end by themselves when they are done.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

SET_CHILD_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of <sys/prctl.h>, since Linux 3.4


def adopt_orphans() -> None:
    """From now on what descends from this process and loses its parent becomes its child."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def adopted(own: set[int]) -> set[int]:
    """Children of this process that live, but for its `own`; those that have ended are reaped."""
    if sys.platform != "linux":
        return set()
    return {pid for pid in _children() - own if not _is_reaped(pid)}


def ask_to_end(pids: set[int]) -> None:
    """As Ctrl-C asks a command: what is under way is finished."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def kill(pids: set[int]) -> None:
    """At once. What they leave behind is adopted in its turn."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _children() -> set[int]:
    listed = (path.read_text() for path in Path("/proc/self/task").glob("*/children"))
    return {int(pid) for children in listed for pid in children.split()}


def _is_reaped(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True
