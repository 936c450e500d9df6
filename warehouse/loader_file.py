"""The loader's file: how a missing one begins, how it is opened, and what it is opened with."""

import fcntl
from pathlib import Path

import duckdb

from warehouse.compacting import CATALOG, attach, names_of
from warehouse.durable import copy_durably, sync_folder
from warehouse.empty_warehouse import begin_anew, copy_kept, keep
from warehouse.errors import StorageFailed
from warehouse.migrate import migrate
from warehouse.snapshot import WRITABLE, make_ready
from warehouse.transaction import storage_failure

MARK = "00000000"  # ends the id of a state that nobody has published
# Nothing may be downloaded or loaded behind the user's back.
OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# Of every connection; DuckDB would draw a bar on the standard output after two seconds, between the rows of --json (1.5.5).
SETTLED = "SET TimeZone = 'UTC'; SET enable_progress_bar_print = false"
LOADER_CONFIG = OFFLINE | {
    "storage_compatibility_version": "latest",  # the default writes the format of v1.0.0, which ignores zstd
    "checkpoint_threshold": "64MB",  # of the log; a checkpoint writes the last row group of each table anew
    "default_block_size": "65536",  # of a new file: a packed text takes whole blocks, and half of the last one is air
    "memory_limit": "128MB",  # the default is 80 % of the machine, which the workers need; load_batch lifts it if it must
    "preserve_insertion_order": "true",
}


def connect_loader(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the loader's file, which is made where there is none. Raises what DuckDB raises."""
    con = duckdb.connect(":memory:", config={**LOADER_CONFIG, "temp_directory": f"{path}.tmp"})
    try:
        attach(con, path)
        con.execute(f"USE {CATALOG}")
    except BaseException:
        con.close()
        raise
    return con


def begin_if_missing(loader: Path, snapshot: Path) -> None:
    """Begin a missing file from the snapshot, so that an empty one never replaces it, or as an empty warehouse.

    It is there as a whole or not at all: half of one, as a full disk leaves it, could never be opened again.
    """
    if loader.exists():
        return
    with names_of(loader.parent, fcntl.LOCK_EX):  # of two loaders that start now, the second must not swap the first one's file
        if loader.exists():
            return
        if snapshot.exists():
            copy_durably(snapshot, loader, WRITABLE)
        else:
            make_empty(loader)


def make_empty(loader: Path) -> None:
    """A warehouse without a page, as a file that is there as a whole or not at all. Raises StorageFailed, OSError."""
    passing = loader.with_name(f".{loader.name}.new")
    _remove(passing, _log_of(passing), _log_of(loader))
    if not (copy_kept(passing) and _begins_anew(passing)):
        _remove(passing, _log_of(passing))
        with connect_loader(passing) as con:
            migrate(con)
            make_ready(con, MARK)
        keep(passing)
    passing.replace(loader)
    sync_folder(loader.parent)


def _begins_anew(copy: Path) -> bool:
    """Whether this copy of the kept warehouse is sound; it is as one that was made now."""
    try:
        with connect_loader(copy) as con:
            return begin_anew(con)
    except duckdb.Error as error:
        if isinstance(storage_failure(error), StorageFailed):
            raise
        return False  # it is made again, and kept in place of what is damaged


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
