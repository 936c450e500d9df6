"""The workers' fork server as a fork of a process that has loaded what it loads: a start without the seconds of importing."""

import os
import socket
from multiprocessing import connection, forkserver, resource_tracker

from tasks.workers.fork_server import environment, fork_server_environment


def fork_fork_server() -> None:
    """Have multiprocessing of this process use one, with a tracker of semaphores of its own, as `start_fork_server` does.

    Call before the first thread is started. It ends with the processes that have `alive_w`.
    """
    tracker = resource_tracker._resource_tracker
    tracker._fd = tracker._pid = None
    with environment(**fork_server_environment()):
        resource_tracker.ensure_running()
    server, (alive_r, alive_w) = forkserver._forkserver, os.pipe()
    with socket.socket(socket.AF_UNIX) as listener:
        address = connection.arbitrary_address("AF_UNIX")
        listener.bind(address)
        listener.listen()
        pid = os.fork()
        if not pid:
            os.close(alive_w)
            os.environ |= fork_server_environment()
            try:
                forkserver.main(listener.detach(), alive_r, [])
            finally:
                os._exit(0)
    os.close(alive_r)
    server._forkserver_address, server._forkserver_alive_fd, server._forkserver_pid = address, alive_w, pid
