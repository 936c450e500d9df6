"""Python imports this at its start where this folder is on PYTHONPATH: every process then writes down whom it talks to.

One line for each process (`start`, its command line) and for each attempt to reach or resolve an address (`reach`, host).
A fork keeps the hook. https://docs.python.org/3/library/audit_events.html
"""

import os
import sys

LOG = os.environ["SOCKET_LOG"]
ADDRESS_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def write_down(kind: str, what: str) -> None:
    line = f"{kind}\t{os.getpid()}\t{what}\n".encode()
    descriptor = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line)  # one write: processes share the file
    os.close(descriptor)


def listen(event: str, arguments: tuple[object, ...]) -> None:
    if event in ADDRESS_AT:
        address = arguments[ADDRESS_AT[event]]
        if isinstance(address, tuple):
            write_down("reach", str(address[0]))
        elif event.startswith("socket.get") and address is not None:
            write_down("reach", str(address))


write_down("start", " ".join(sys.orig_argv))
sys.addaudithook(listen)
