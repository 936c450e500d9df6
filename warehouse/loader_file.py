"""The loader's file: how a missing one begins, and what it is opened with."""

import fcntl
import os
from pathlib import Path

import duckdb

from warehouse.migrate import migrate
from warehouse.snapshot import WRITABLE, copy_durably, sync_folder

# Nothing may be downloaded or loaded behind the user's back.
OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
LOADER_CONFIG = OFFLINE | {
    "storage_compatibility_version": "latest",  # the default writes the format of v1.0.0, which ignores zstd
    "checkpoint_threshold": "64MB",  # of the log; a checkpoint writes the last 122,880 rows of each table anew, so at 16MB twice as dear
    "memory_limit": "128MB",  # the default is 80 % of the machine, which the workers need; load_batch lifts it if it must
    "preserve_insertion_order": "true",
}


def begin_if_missing(loader: Path, snapshot: Path) -> None:
    """Begin a missing file from the snapshot, so that an empty one never replaces it, or as an empty warehouse.

    It is there as a whole or not at all: half of one, as a full disk leaves it, could never be opened again.
    """
    if loader.exists():
        return
    folder = os.open(loader.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # of two loaders that start now, the second must not swap the first one's file
        if loader.exists():
            return
        if snapshot.exists():
            copy_durably(snapshot, loader, WRITABLE)
        else:
            _make_empty(loader)
    finally:
        os.close(folder)


def _make_empty(loader: Path) -> None:
    passing = loader.with_name(f".{loader.name}.new")
    for left in (passing, _log_of(passing), _log_of(loader)):
        left.unlink(missing_ok=True)
    with duckdb.connect(str(passing), config=dict(LOADER_CONFIG)) as con:
        migrate(con)
    passing.replace(loader)
    sync_folder(loader.parent)


def _log_of(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
