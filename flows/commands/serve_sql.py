"""broadsheet serve-sql: the snapshot for readers on other machines."""

import os
import signal
import sys
import threading
from pathlib import Path

from flows.environment import PREFIX
from flows.port_holder import refuse_taken
from flows.settings import read_settings
from flows.sql_token import sql_token
from flows.stop import say
from flows.terminal import put
from warehouse.errors import BroadsheetError
from warehouse.remote.quack_server import QuackServer, RemoteLimits

LOOK_SECONDS = 1.0  # between two looks for a newer state
LOOPBACK = ("127.0.0.1", "localhost")


def run(home: Path, port: int, bind: str, token_file: Path | None, seconds: float | None, memory: str | None) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises SettingsInvalid, and what open_snapshot raises at the start."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    token, is_made = sql_token(token_file)
    settings = read_settings(sql_seconds=seconds, sql_memory=memory)
    refuse_taken(bind, port, shares=True)
    server = QuackServer(home, bind, port, token, RemoteLimits(settings.sql_seconds, settings.sql_memory))
    _tell(server, bind, port, token if is_made else None)
    said = ""
    while not ended.wait(LOOK_SECONDS):
        if (query := server.overdue()) is not None:
            say(f"a query took longer than {settings.sql_seconds:g} s (--seconds) and is ended, and with it every session: {query}")
            _begin_again(server, token)
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


def _begin_again(server: QuackServer, token: str) -> None:
    """Become the same command anew, with the same token and process id: whatever ran in this one is gone."""
    server.close()
    os.environ[f"{PREFIX}SQL_TOKEN"] = token
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # else a reader would wait for ever at a connection that nobody has
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _tell(server: QuackServer, bind: str, port: int, made_token: str | None) -> None:
    if bind not in LOOPBACK:
        say(f"warning: whoever reaches {bind} can try tokens, and what is sent is not encrypted: put a proxy with TLS before it.")
    put(f"serves {server.path.stem} at quack:{bind}:{port}, read-only; Ctrl-C ends it")
    if made_token is not None:
        put(f"token     {made_token}")
    put(f"""ask       FROM quack_query('quack:{bind}:{port}', 'SELECT count(*) FROM core.articles', token = '…')""")
