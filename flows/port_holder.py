"""Whether a port is free, and who has it if not."""

import socket
from contextlib import suppress
from pathlib import Path

from warehouse.errors import SettingsInvalid

LISTENS = "0A"  # of proc(5)'s net/tcp


def refuse_taken(bind: str, port: int) -> None:
    """Raises SettingsInvalid. Asked before a server begins that shares its port with whoever has it, as those with SO_REUSEPORT do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what is closing does not count
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise SettingsInvalid(f"expected port {port} of {bind} to be free, {_holder(port) or error}. Give another --port.") from error


def _holder(port: int) -> str:
    """`process 42 (broadsheet serve-sql --home news) has it`; empty where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
        sockets = {f"socket:[{row[9]}]" for row in rows if row[3] == LISTENS and int(row[1].rpartition(":")[2], 16) == port}
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # of another user, or gone
                if sockets & {str(descriptor.readlink()) for descriptor in (process / "fd").iterdir()}:
                    words = (process / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                    return f"process {process.name} ({' '.join(words).strip()}) has it"
    return ""
