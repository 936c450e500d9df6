"""Python imports this at its start where this folder is on PYTHONPATH: every process then writes down what it opens and lists.

One line for each process (`start`), each file opened (`open`) and each folder listed (`list`) below READS_UNDER. A fork keeps the hook.
https://docs.python.org/3/library/audit_events.html
"""

import os
import sys

LOG, UNDER = os.environ["READS_LOG"], os.environ["READS_UNDER"]
EVENTS = {"open": "open", "os.listdir": "list", "os.scandir": "list"}


def write_down(kind: str, what: str) -> None:
    line = f"{kind}\t{os.getpid()}\t{what}\n".encode()
    descriptor = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line)  # one write: processes share the file
    os.close(descriptor)


def listen(event: str, arguments: tuple[object, ...]) -> None:
    if event in EVENTS and isinstance(arguments[0], str | os.PathLike) and os.fspath(arguments[0]).startswith(UNDER):
        write_down(EVENTS[event], os.path.relpath(arguments[0], UNDER))


write_down("start", " ".join(sys.orig_argv))
sys.addaudithook(listen)
