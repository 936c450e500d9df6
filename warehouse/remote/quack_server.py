"""One published state behind Quack, DuckDB's protocol over HTTP, and the next one as soon as it is published."""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connection import Connection, expect_snapshot, open_snapshot
from warehouse.errors import SettingsInvalid
from warehouse.loader_file import OFFLINE
from warehouse.remote.allowed import Gate
from warehouse.sql_text import literal
from warehouse.transaction import gist

EXTENSIONS = ("httpfs", "quack")
ALLOWED = "broadsheet_allows"
PATIENCE_SECONDS = 30.0  # that queries under way get to finish before a newer state takes over
CONFINED = """
SET TimeZone = 'UTC'; SET GLOBAL quack_authorization_function = '{allowed}'; SET python_enable_replacements = false;
SET enable_external_access = false; SET lock_configuration = true
"""


OVERDUE = """
SELECT query FROM quack_active_connections()
WHERE state = 'active' AND epoch(now()) - epoch(query_started_at) > {seconds}
"""


@dataclass(frozen=True, slots=True)
class RemoteLimits:
    """What queries of readers may take: a query `seconds`, all of them together `memory`, as DuckDB writes it, and `threads`."""

    seconds: float = 60.0
    memory: str = "1GB"
    threads: int = max(1, (os.cpu_count() or 1) // 2)


class QuackServer:
    """Serves the current state of a home until it is closed. `con`: the state that is served now."""

    def __init__(self, home: Path, bind: str, port: int, token: str, limits: RemoteLimits) -> None:
        """Raises SettingsInvalid where the extensions are not installed, and what open_snapshot raises."""
        self._home, self._at, self._token = home, f"quack:{bind}:{port}", token
        self._limits = limits
        self._is_far = bind not in ("localhost", "127.0.0.1")
        self._newer_since: float | None = None
        self.path = expect_snapshot(home).resolve()
        self.con = opened(home, self.path, limits)
        try:
            self._begin()
        except SettingsInvalid:
            self.con.close()
            raise

    def follow(self) -> bool:
        """Where a newer state is published, serve it: at once if nobody asks anything, else when queries had time to end."""
        newest = expect_snapshot(self._home).resolve()
        if newest == self.path:
            return False
        self._newer_since = self._newer_since or time.monotonic()
        if self._is_asked() and time.monotonic() - self._newer_since < PATIENCE_SECONDS:
            return False
        con = opened(self._home, newest, self._limits)
        self.close()
        self.con = con
        self._begin()
        self.path, self._newer_since = newest, None
        return True

    def overdue(self) -> str | None:
        """The beginning of a query that takes longer than it may. DuckDB 1.5.5 stops a query for the connection that has it alone, which
        is Quack's: it ends with the process."""
        row = self.con.execute(OVERDUE.format(seconds=self._limits.seconds)).fetchone()
        return None if row is None else " ".join(str(row[0]).split())[:80]

    def close(self) -> None:
        """Take no more questions, and let go of the file."""
        with suppress(duckdb.Error):  # it had not begun
            self.con.execute(f"CALL quack_stop({literal(self._at)})")
        self.con.close()

    def _begin(self) -> None:
        far = ", allow_other_hostname = true" if self._is_far else ""
        try:
            self.con.execute(f"CALL quack_serve({literal(self._at)}, token = {literal(self._token)}{far})")
        except duckdb.Error as error:
            raise SettingsInvalid(
                f"expected to listen at {self._at}, DuckDB says: {gist(error)}. Give another --host or --port."
            ) from error

    def _is_asked(self) -> bool:
        asked = self.con.execute("SELECT count(*) FROM quack_active_connections() WHERE state = 'active'").fetchone()
        return bool(asked and asked[0])


def opened(home: Path, path: Path, limits: RemoteLimits) -> Connection:
    """A DuckDB over one state alone: read-only, without files, network and settings, and with the gate before every statement. Raises
    SettingsInvalid for limits that DuckDB does not take."""
    with open_snapshot(home):  # which says in words of ours what is wrong with it
        pass
    most = {"memory_limit": limits.memory, "threads": str(limits.threads)}
    try:
        con = duckdb.connect(str(path), read_only=True, config={**OFFLINE, "temp_directory": "", **most})
    except (duckdb.ParserException, duckdb.InvalidInputException) as error:
        raise SettingsInvalid(f"expected memory such as 1GB for readers, got {limits.memory!r}; DuckDB says: {gist(error)}") from error
    try:
        load_extensions(con)
        macros = con.execute("SELECT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal").fetchall()
        gate = Gate(frozenset(name for (name,) in macros))
        con.create_function(ALLOWED, gate.allows, ["VARCHAR", "VARCHAR"], "BOOLEAN", side_effects=True)
        con.execute(CONFINED.format(allowed=ALLOWED))
    except BaseException:
        con.close()
        raise
    return con


def load_extensions(con: Connection) -> None:
    """Quack, from wheels: nothing is downloaded. Raises SettingsInvalid where they are not installed."""
    try:
        import duckdb_extensions

        for name in EXTENSIONS:
            duckdb_extensions.import_extension(name, con=con)
            con.load_extension(name)
    except ImportError as error:
        raise SettingsInvalid(
            f"expected the packages of Quack, came: {error}. Install them: `pip install 'broadsheet[serve-sql]'`, in a checkout "
            "`uv sync --extra serve-sql`."
        ) from error
