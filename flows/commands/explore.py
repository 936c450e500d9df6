"""broadsheet explore: the warehouse in a browser; see warehouse/explorer."""

import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from flows.place import place_of
from flows.terminal import put
from warehouse import published
from warehouse.errors import SettingsInvalid
from warehouse.state import Place, expect_state

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
GRACE_SECONDS = 2
MOST_REQUEST_BYTES = 65_536  # of a request's head, in which a query stands


def run(home: Path, host: str, port: int, names: tuple[str, ...], as_of: str | None, seconds: float, is_open: bool) -> int:
    """Serve until Ctrl-C. Raises SettingsInvalid where the port is taken, SnapshotUnknown for a state that is not there."""
    import uvicorn

    from warehouse.explorer.application import application
    from warehouse.explorer.doorkeeper import Doorkeeper
    from warehouse.explorer.looking import LookLimits

    at = place_of(home.expanduser().absolute())
    _expect_state(at, as_of)
    with listening_at(host, port) as listening:
        port = listening.getsockname()[1]
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        own = [] if host in EVERYWHERE else [url.split("/")[2], url.split("/")[2].removesuffix(":80")]
        app = Doorkeeper(application(at, as_of, LookLimits(seconds=seconds)), port, [*own, *names])
        for line in _lines(at, url, host):
            put(line)
        sys.stdout.flush()
        if is_open:
            import webbrowser

            webbrowser.open(url)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: uvicorn raises it again when it has ended
        config = uvicorn.Config(
            app,
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            h11_max_incomplete_event_size=MOST_REQUEST_BYTES,
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    return 0


def _expect_state(place: Place, as_of: str | None) -> None:
    """Raises SnapshotUnknown now, and not only on each page, and for a lake that cannot be opened; where nothing is published yet the pages
    say what to do."""
    if not isinstance(place, Path) or (as_of and published.current(place) is not None):
        expect_state(place, as_of)


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that two explorers cannot both believe that they have the port. Raises SettingsInvalid."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise SettingsInvalid(
            f"expected {host} port {port} to be free to listen at, came: {error.strerror}. Give another --port, or --port 0 for any that "
            "is free; `broadsheet serve` has an explorer of its own, at /explore/."
        ) from error
    return made


def _lines(place: Place, url: str, host: str) -> list[str]:
    """Where to look, and what to mind."""
    warning = [
        f"warning         whoever reaches {host} reads the whole warehouse: nobody is asked who they are. Put a proxy that asks before it, "
        "and name it with --name; see docs/explorer.md"
    ]
    return [
        f"exploring       {place}",
        f"open            {url}",
        *(warning if host not in LOOPBACK else []),
        "end             Ctrl-C",
    ]
