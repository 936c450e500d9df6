"""How the warehouse is opened: one loader writes a private file, everyone else reads the snapshot."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import duckdb

from warehouse.errors import StorageFailed, WarehouseBusy, WarehouseUnusable
from warehouse.migrate import migrate, refuse_newer
from warehouse.snapshot import restore_from_snapshot
from warehouse.transaction import storage_failure

Connection = duckdb.DuckDBPyConnection  # what other rooms call it: DuckDB itself is at home here only

LOADER_FILE = "loader/warehouse.duckdb"
SNAPSHOT_FILE = "warehouse.duckdb"
POLL_SECONDS = 0.2

# Nothing may be downloaded or loaded behind the user's back.
OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
LOADER_CONFIG = OFFLINE | {
    "storage_compatibility_version": "latest",  # the default writes the format of v1.0.0, which ignores zstd
    "memory_limit": "256MB",  # the default is 80 % of the machine, which the workers need; load_batch lifts it if it must
    "preserve_insertion_order": "true",
}

_opening = Lock()  # guards _held; DuckDB locks processes out, but hands a second thread the same database
_held: set[Path] = set()


@contextmanager
def open_loader(home: Path, wait_seconds: float = 0.0, on_wait: Callable[[str], None] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The loader's connection, migrated to this version; `on_wait` is told who is being waited for, at each look: it may raise.

    Raises WarehouseBusy after `wait_seconds`, WarehouseUnusable for a damaged, foreign or newer file, StorageFailed where
    the disk refuses.
    """
    path = home.absolute() / LOADER_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        restore_from_snapshot(path, home / SNAPSHOT_FILE)
    except OSError as error:
        raise StorageFailed(f"Expected a home folder to write to, came: {error}. Make it writable, or give another --home.") from error
    con = _connect_waiting(path, wait_seconds, on_wait)
    try:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        yield con
    finally:
        con.close()
        with _opening:
            _held.discard(path)


@contextmanager
def open_snapshot(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The last published snapshot, read-only, without access to any other file or to the configuration.

    Attached to a database of its own in memory: opening the file by name would give a process that already has an older
    snapshot open the older one again. Raises WarehouseUnusable if there is none, or a damaged or newer one.
    """
    path = home.absolute() / SNAPSHOT_FILE
    if not path.is_file():
        raise WarehouseUnusable(
            f"Expected a snapshot at {path}, came nothing: no run has published one yet. "
            "Run `broadsheet ingest PATH` first, or give the --home of the run you mean."
        )
    con = duckdb.connect(":memory:", config=dict(OFFLINE))
    try:
        try:
            con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS warehouse (READ_ONLY)")
        except duckdb.Error as error:
            raise WarehouseUnusable(
                f"Expected a readable snapshot at {path}, came: {error}. Any run of `broadsheet ingest` publishes it anew."
            ) from error
        con.execute("USE warehouse; SET TimeZone = 'UTC'")
        refuse_newer(con)
        con.execute("SET enable_external_access = false; SET lock_configuration = true")
        yield con
    finally:
        con.close()


def _connect_waiting(path: Path, wait_seconds: float, on_wait: Callable[[str], None] | None) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        con, holder = _try_connect(path)
        if con is not None:
            return con
        if time.monotonic() >= deadline:
            raise WarehouseBusy(
                f"Expected to load into {path}, but {holder} holds it; waited {wait_seconds:g} s. "
                "Wait for that run to end, or give another --home."
            )
        if on_wait is not None:
            on_wait(holder)
        time.sleep(POLL_SECONDS)


def _try_connect(path: Path) -> tuple[duckdb.DuckDBPyConnection | None, str]:
    """A connection, or who holds the file."""
    with _opening:
        if path in _held:
            return None, "another run in this process"
        try:
            con = duckdb.connect(str(path), config=dict(LOADER_CONFIG))
        except duckdb.Error as error:
            if (holder := _lock_holder(error)) is not None:
                return None, holder
            raise storage_failure(error) or WarehouseUnusable(f"Expected a warehouse at {path}, came: {error}") from error
        _held.add(path)
        return con, ""


def _lock_holder(error: duckdb.Error) -> str | None:
    """Who holds the lock, from "Conflicting lock is held in /usr/bin/python3 (PID 42)"; None if the error is another."""
    if "Could not set lock on file" not in str(error):
        return None
    found = re.search(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)", str(error))
    return f"process {found['pid']} ({found['program']})" if found else "another process"
