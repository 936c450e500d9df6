"""How the warehouse is opened: one loader writes a private file, everyone else reads the snapshot."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import duckdb

from warehouse import published
from warehouse.compacting import names_of
from warehouse.errors import SnapshotLocked, StorageFailed, WarehouseBusy, WarehouseUnusable
from warehouse.last_words import last_words
from warehouse.loader_file import OFFLINE, SETTLED, begin_if_missing, connect_loader
from warehouse.lock_holder import holder_told, locked
from warehouse.migrate import migrate, refuse_newer
from warehouse.sql_text import literal
from warehouse.transaction import OF_THE_DISK, RESTORE, gist, storage_failure, storage_failures, tells_damage

Connection = duckdb.DuckDBPyConnection  # what other rooms call it: DuckDB itself is at home here only

LOADER_FILE = "loader/warehouse.duckdb"
SNAPSHOT_FILE = published.LINK
POLL_SECONDS = 0.2
HEADER_BYTES = 3 * 4096  # of a DuckDB file, before its blocks

_opening = Lock()  # guards _held; DuckDB locks processes out, but hands a second thread the same database
_held: set[Path] = set()


@contextmanager
def open_loader(home: Path, wait_seconds: float = 0.0, on_wait: Callable[[str], None] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The loader's connection, migrated to this version; `on_wait` is told who is being waited for, at each look: it may raise.

    Raises WarehouseBusy after `wait_seconds`, WarehouseUnusable for a damaged, foreign or newer file, StorageFailed where
    the disk refuses, then or inside.
    """
    path = home.absolute() / LOADER_FILE
    with storage_failures(), last_words():
        _begin(path, home)
        con = _connect_waiting(path, wait_seconds, on_wait)
        try:
            _refuse_cut(con, path)
            con.execute(SETTLED)
            migrate(con, home)
            yield con
        finally:
            try:
                con.close()
            finally:
                with _opening:
                    _held.discard(path)


@contextmanager
def look_into_loader(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The loader's file read-only, as it is: nothing is made, migrated or replayed into it, and a loader that starts meanwhile waits.

    For another process than the loader's own, whose lock would go with the descriptor that is closed here. Raises
    FileNotFoundError, WarehouseBusy, WarehouseUnusable.
    """
    path = home.absolute() / LOADER_FILE
    if not path.exists():
        raise FileNotFoundError(path)
    with _opening:
        if path in _held:
            raise WarehouseBusy("a run in this process")
    with storage_failures():
        try:
            con = duckdb.connect(str(path), read_only=True, config=dict(OFFLINE))
        except duckdb.Error as error:
            if (holder := holder_told(str(error))) is not None:
                raise WarehouseBusy(holder) from error
            raise storage_failure(error) or WarehouseUnusable(f"Expected a warehouse at {path}, came: {gist(error)}. {RESTORE}") from error
        try:
            _refuse_cut(con, path)
            con.execute(SETTLED)
            refuse_newer(con)
            yield con
        finally:
            con.close()


@contextmanager
def open_snapshot(
    home: Path, *, as_of: str | None = None, beside_files: bool = False, workshop: Path | None = None,
    limits: Mapping[str, str] | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:  # fmt: skip
    """The last published snapshot, read-only, without access to the configuration, nor to any other file unless `beside_files`.

    `as_of`: an older one, by its id or by a moment. `workshop`: a folder whose files may be written and read all the same. `limits`:
    settings of DuckDB, such as memory_limit. Raises WarehouseUnusable if there is none, or a damaged or newer one, then or inside;
    SnapshotUnknown; SnapshotLocked where another program has opened it for writing.
    """
    path = expect_snapshot(home)
    path = published.state_as_of(home.absolute(), as_of) if as_of else path.resolve()
    con = duckdb.connect(":memory:", config={**OFFLINE, **(limits or {})})
    try:
        there = path.stat()
        con.execute(f"ATTACH {literal(str(path))} AS warehouse (READ_ONLY)")
        con.execute(f"USE warehouse; {SETTLED}")
        if os.path.samestat(there, path.stat()):  # else a new one was published this moment
            _refuse_cut(con, path)
        refuse_newer(con)
        if workshop is not None:
            con.execute(f"SET allowed_directories = {literal([str(workshop)])}; SET temp_directory = {literal(str(workshop / 'spilled'))}")
            con.execute("SET enable_progress_bar = true")  # for query_progress()
        if not beside_files:
            con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
    except duckdb.Error as error:
        if (holder := holder_told(str(error))) is not None:
            raise SnapshotLocked(locked(path, holder)) from error
        if not tells_damage(error):
            raise
        raise WarehouseUnusable(f"Expected a readable snapshot at {path}, came: {gist(error)}. {_todo(path, error)}") from error
    finally:
        con.close()


def expect_snapshot(home: Path) -> Path:
    """Where the snapshot of a home is, sound or not. Raises WarehouseUnusable where no run has published one."""
    path = home.absolute() / SNAPSHOT_FILE
    if not path.exists():
        raise WarehouseUnusable(
            f"Expected a snapshot at {path}, came nothing: no run has published one yet. "
            "Run `broadsheet ingest PATH` first, or give the --home of the run you mean."
        )
    return path


def _begin(path: Path, home: Path) -> None:
    """Make sure that there is a loader's file. Raises StorageFailed, WarehouseUnusable where it would begin from a damaged snapshot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() and (home / SNAPSHOT_FILE).exists():
            with open_snapshot(home):  # a damaged one would make a damaged loader's file, and that one no snapshot
                pass
        begin_if_missing(path, home / SNAPSHOT_FILE)
    except OSError as error:
        if error.errno in OF_THE_DISK:
            raise
        raise StorageFailed(f"Expected a home folder to write to, came: {error}. Make it writable, or give another --home.") from error


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
            with names_of(path.parent, fcntl.LOCK_SH):
                con = connect_loader(path)
        except duckdb.Error as error:
            if (holder := holder_told(str(error))) is not None:
                return None, holder
            raise storage_failure(error) or WarehouseUnusable(f"Expected a warehouse at {path}, came: {gist(error)}. {RESTORE}") from error
        _held.add(path)
        return con, ""


def _refuse_cut(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises the error at once that DuckDB raises only where it reads behind the end of a file that was cut. By the blocks in use:
    free ones at the end it gives back without a word in the header."""
    blocks, block_bytes = con.execute(
        "SELECT used_blocks, block_size FROM pragma_database_size() WHERE database_name = current_database()"
    ).fetchall()[0]
    whole, came = HEADER_BYTES + blocks * block_bytes, path.stat().st_size
    if came < whole:
        raise duckdb.IOException(f'Could not read enough bytes from file "{path}": it should have {whole}, it has {came}')


def _todo(path: Path, error: duckdb.Error) -> str:
    if "permission denied" in str(error).lower():
        return "Let this user read it: `chmod a+r` on the file, and a+x on its folders."
    if (path.parent / LOADER_FILE).exists():
        return "Any run of `broadsheet ingest` publishes it anew."
    return "The loader's file is gone too: restore a backup, or move the snapshot away and rebuild from raw/, see docs/runbook.md."
