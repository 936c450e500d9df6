"""Whether a port is free, and who has it if not."""

import socket
from contextlib import suppress
from pathlib import Path

from warehouse.errors import SettingsInvalid

LISTENS = "0A"  # of proc(5)'s net/tcp


def refuse_taken(bind: str, port: int, *, shares: bool = False) -> None:
    """Raises SettingsInvalid. Asked before a server begins that shares its port with whoever has it, as those with SO_REUSEPORT do; such a
    one (`shares`) does not mind connections that are closing there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what is closing does not count
        try:
            probe.bind((bind, port))
        except OSError as error:
            if shares and _listening(port) == set():
                return
            raise SettingsInvalid(f"expected port {port} of {bind} to be free, {_holder(port) or error}. Give another --port.") from error


def _listening(port: int) -> set[str] | None:
    """The sockets that listen at a port, as proc(5) names them; None where the system does not tell."""
    try:
        rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
        return {f"socket:[{row[9]}]" for row in rows if row[3] == LISTENS and int(row[1].rpartition(":")[2], 16) == port}
    except (OSError, ValueError, IndexError):
        return None


def _holder(port: int) -> str:
    """`process 42 (broadsheet serve-sql --home news) has it`; empty where the system does not tell."""
    sockets = _listening(port) or set()
    for process in Path("/proc").glob("[0-9]*") if sockets else ():
        with suppress(OSError):  # of another user, or gone
            if sockets & {str(descriptor.readlink()) for descriptor in (process / "fd").iterdir()}:
                words = (process / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                return f"process {process.name} ({' '.join(words).strip()}) has it"
    return ""
