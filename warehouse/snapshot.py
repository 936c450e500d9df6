"""The snapshot that analysts open: a copy of the loader's file, swapped in atomically.

It is published without permission to write: DuckDB opens a file for writing unless it is told otherwise, and who has it open so
locks all others out.

The copy is made by a process of its own. DuckDB's lock on the loader's file is a POSIX record lock, and a process that
closes *any* descriptor of a file gives up all its locks on it: copying here would let a second loader in.
"""

import fcntl
import os
import secrets
import subprocess
import sys
from pathlib import Path

import duckdb

from warehouse.errors import StorageFailed
from warehouse.marts import create_marts
from warehouse.transaction import storage_failures

COPIER = Path(__file__).parent / "file_copy.py"
READ_ONLY = 0o444  # of the permissions that a new file gets, those that a snapshot keeps; root may write all the same
WRITABLE = 0o666


def publish_snapshot(con: duckdb.DuckDBPyConnection, home: Path) -> Path:
    """Publish what is committed, with the marts, as home/warehouse.duckdb and return that path.

    Who has the old snapshot open keeps reading it. Raises StorageFailed and leaves the old snapshot untouched if the
    disk refuses.
    """
    snapshot = home / "warehouse.duckdb"
    with storage_failures():
        create_marts(con)
        con.execute("CHECKPOINT")
    copy_durably(home / "loader" / "warehouse.duckdb", snapshot, READ_ONLY)
    return snapshot


def copy_durably(source: Path, target: Path, permissions: int) -> None:
    """Copy under another name, flush to the disk, rename: target is the old file or the new one, never half of one.

    Each copy has a name of its own, so that one whose process was killed or held up cannot write into what is published.
    """
    sweep(target)
    passing = target.with_name(f".{target.name}.{secrets.token_hex(4)}.copying")
    command = [sys.executable, "-I", "-S", COPIER, source, passing, f"{permissions:o}", os.getpid()]
    # A session of its own: a Ctrl-C in the terminal is for the run, which publishes before it ends.
    copied = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, start_new_session=True)
    try:
        if copied.returncode != 0:
            raise StorageFailed(copied.stderr.strip() or f"the copying process ended with {copied.returncode}")
        # The log of a file that was moved away, or of someone who wrote into the old snapshot: not to be replayed onto this.
        target.with_name(target.name + ".wal").unlink(missing_ok=True)
        passing.replace(target)
        sync_folder(target.parent)
    except (OSError, StorageFailed) as error:
        _remove(passing)
        raise StorageFailed(
            f"Expected a copy of {source} as {target}, came: {error}. "
            f"{target.name} is as it was. Free space or repair the disk under --home and run again."
        ) from error


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def half_copies(target: Path) -> list[Path]:
    """What killed copies, and copies under way, have beside `target`."""
    return sorted(target.parent.glob(f".{target.name}*.copying"))


def sweep(target: Path) -> None:
    """Remove what killed copies left beside `target`. A copy under way holds a lock on its file."""
    for left in half_copies(target):
        try:
            with left.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
        except OSError:  # under way, or gone meanwhile, or the disk refuses: the next publish tries again
            continue


def _remove(passing: Path) -> None:
    try:
        passing.unlink(missing_ok=True)
    except OSError:
        return  # the disk has failed already, and the next publish removes it
