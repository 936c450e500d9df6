"""Where worker processes come from: a process that has loaded and warmed what they need, and forks them."""

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, util
from multiprocessing.context import ForkServerContext

from tasks.workers.same_imports import same_imports

WARM_UP = "tasks.workers.warm_up"  # loaded once by the fork server, inherited by every worker
PARENT_POLL_SECONDS = 2.0
LONGEST_SOCKET_FOLDER = 60  # of the 108 bytes of sockaddr_un, 104 on a Mac; multiprocessing adds /pymp-12345678/listener-12345678


def start_fork_server() -> ForkServerContext:
    """Have one process load and warm what workers need; they are forked from it. Calling again changes nothing.

    Not plain fork: the flow's process has threads. Not spawn: each worker would load everything for itself.
    """
    make_room_for_sockets()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM_UP])
    with environment(**fork_server_environment()):
        forkserver.ensure_running()
    return context


def fork_server_environment() -> dict[str, str]:
    """What the fork server is started with, and the tracker of semaphores that starts with it."""
    return {
        **same_imports(),  # it is started by -c, and 3.11 hands it our path without using it
        # Workers are as many as cores: threads of each would only wait for one another.
        "POLARS_MAX_THREADS": os.environ.get("POLARS_MAX_THREADS", "1"),
        # Of a run that was killed, or that DuckDB ends by abort(), it removes what is left, and need not tell.
        "PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker",
    }


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Variables for processes that are started inside."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def make_room_for_sockets() -> None:
    """Where the name of the temporary folder is longer than a socket's may be, have multiprocessing put its sockets into /tmp."""
    if len(tempfile.gettempdir()) <= LONGEST_SOCKET_FOLDER:
        return
    before, tempfile.tempdir = tempfile.tempdir, "/tmp"
    try:
        util.get_temp_dir()  # made once for each process, then kept
    finally:
        tempfile.tempdir = before


def leave_with_parent(parent: int) -> None:
    """In a worker: end with the process that runs the flow, however it ended; and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while _is_alive(parent):
            time.sleep(PARENT_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="leave-with-parent", daemon=True).start()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
