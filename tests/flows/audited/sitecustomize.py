"""Python imports this at its start where this folder is on PYTHONPATH: every process then writes down to AUDIT_LOG what it does.

One line for each process (`start`, its command line), for each attempt to reach or resolve an address (`reach`, host), for each one that
is listened at (`bind`, host), and, below AUDIT_UNDER, for each file opened (`open`) and each folder listed (`list`). A fork keeps the hook.
https://docs.python.org/3/library/audit_events.html
"""

import os
import sys

LOG, UNDER = os.environ["AUDIT_LOG"], os.environ.get("AUDIT_UNDER")
ADDRESS_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}
READS = {"open": "open", "os.listdir": "list", "os.scandir": "list"}


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
    elif event == "socket.bind" and isinstance(arguments[1], tuple):
        write_down("bind", str(arguments[1][0]))
    elif UNDER and event in READS and isinstance(arguments[0], str | os.PathLike) and os.fspath(arguments[0]).startswith(UNDER):
        write_down(READS[event], os.path.relpath(arguments[0], UNDER))


write_down("start", " ".join(sys.orig_argv))
sys.addaudithook(listen)
