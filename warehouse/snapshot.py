"""The snapshot that analysts open: a copy of the loader's file, swapped in atomically.

The copy is made by a process of its own. DuckDB's lock on the loader's file is a POSIX record lock, and a process that
closes *any* descriptor of a file gives up all its locks on it: copying here would let a second loader in.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import duckdb

from warehouse.errors import StorageFailed
from warehouse.marts import create_marts
from warehouse.transaction import storage_failure

COPIER = Path(__file__).parent / "file_copy.py"


def publish_snapshot(con: duckdb.DuckDBPyConnection, home: Path) -> Path:
    """Publish what is committed, with the marts, as home/warehouse.duckdb and return that path.

    Who has the old snapshot open keeps reading it. Raises StorageFailed and leaves the old snapshot untouched if the
    disk refuses.
    """
    snapshot = home / "warehouse.duckdb"
    try:
        create_marts(con)
        con.execute("CHECKPOINT")
    except duckdb.Error as error:
        if (failure := storage_failure(error)) is not None:
            raise failure from error
        raise
    copy_durably(home / "loader" / "warehouse.duckdb", snapshot)
    return snapshot


def restore_from_snapshot(loader: Path, snapshot: Path) -> bool:
    """Start a missing loader's file from the snapshot, so that an empty one never replaces it. True if it did."""
    if loader.exists() or not snapshot.exists():
        return False
    folder = os.open(loader.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # of two loaders that start now, the second must not swap the first one's file
        if loader.exists():
            return False
        copy_durably(snapshot, loader)
        return True
    finally:
        os.close(folder)


def copy_durably(source: Path, target: Path) -> None:
    """Copy under another name, flush to the disk, rename: target is the old file or the new one, never half of one."""
    passing = target.with_name(f".{target.name}.copying")  # one fixed name: what a killed copy left is overwritten
    copied = subprocess.run(
        [sys.executable, "-I", "-S", str(COPIER), str(source), str(passing)], capture_output=True, text=True, check=False
    )
    if copied.returncode != 0:
        passing.unlink(missing_ok=True)
        raise StorageFailed(
            f"Expected a copy of {source} as {target}, came: {copied.stderr.strip()}. "
            f"{target.name} is as it was. Free space under --home and run again."
        )
    # The log of a file that was moved away, or of someone who wrote into the old snapshot: not to be replayed onto this.
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    passing.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
