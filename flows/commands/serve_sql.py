"""broadsheet serve-sql: the snapshot for readers on other machines."""

import signal
import threading
from pathlib import Path

from flows.port_holder import refuse_taken
from flows.sql_token import sql_token
from flows.stop import say
from flows.terminal import put
from warehouse.errors import BroadsheetError
from warehouse.remote.quack_server import QuackServer

LOOK_SECONDS = 1.0  # between two looks for a newer state
LOOPBACK = ("127.0.0.1", "localhost")


def run(home: Path, port: int, bind: str, token_file: Path | None) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises SettingsInvalid, and what open_snapshot raises at the start."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    token, is_made = sql_token(token_file)
    refuse_taken(bind, port)
    server = QuackServer(home, bind, port, token)
    _tell(server, bind, port, token if is_made else None)
    said = ""
    while not ended.wait(LOOK_SECONDS):
        try:
            if server.follow():
                put(f"serves {server.path.stem} now; who was attached attaches again")
            said = ""
        except BroadsheetError as error:  # the newest state cannot be read: the one that can is served on
            if str(error) != said:
                say(said := str(error))
    server.close()
    put("ended")
    return 0


def _tell(server: QuackServer, bind: str, port: int, made_token: str | None) -> None:
    if bind not in LOOPBACK:
        say(f"warning: whoever reaches {bind} can try tokens, and what is sent is not encrypted: put a proxy with TLS before it.")
    put(f"serves {server.path.stem} at quack:{bind}:{port}, read-only; Ctrl-C ends it")
    if made_token is not None:
        put(f"token     {made_token}")
    put(f"""ask       FROM quack_query('quack:{bind}:{port}', 'SELECT count(*) FROM core.articles', token = '…')""")
