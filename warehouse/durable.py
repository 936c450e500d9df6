"""Files under names that survive a power cut: copied, flushed, renamed.

Copies are made by a process of their own. DuckDB's lock on the loader's file is a POSIX record lock, and a process that closes *any*
descriptor of a file gives up all its locks on it: copying here would let a second loader in.
"""

import fcntl
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import StorageFailed

COPIER = Path(__file__).parent / "file_copy.py"


@contextmanager
def copying(source: Path, folder: Path, permissions: int, *, is_early: bool = False) -> Iterator[Callable[[Path], None]]:
    """A copy of `source` in `folder`. Inside, what is given makes it of what the source says then, flushes it, and gives it the name that
    it is told: a name that leads to what it led to before, or to all of the copy, never to half of it. Who does not ask leaves nothing.

    `is_early`: copying begins at once, although the source is still written to, and what differs then is written once more. Each copy has a
    name of its own, so that one whose process was killed or held up cannot write into what is published. Raises StorageFailed.
    """
    sweep(folder)
    passing = folder / f".{secrets.token_hex(4)}.copying"
    copier = _copier("copy", source, passing, f"{permissions:o}", os.getpid(), *["early"] * is_early)

    def end(target: Path) -> None:
        try:
            _, said = copier.communicate("\n")
            if copier.returncode != 0:
                raise StorageFailed(said.strip() or f"the copying process ended with {copier.returncode}")
            target.with_name(target.name + ".wal").unlink(missing_ok=True)  # of a file that was moved away
            passing.replace(target)
            sync_folder(target.parent)
        except (OSError, StorageFailed) as error:
            raise StorageFailed(
                f"Expected a copy of {source} as {target}, came: {error}. "
                "What was published is as it was. Free space or repair the disk under --home and run again."
            ) from error

    try:
        yield end
    finally:
        if copier.poll() is None:
            copier.kill()
            copier.communicate()
        _remove(passing)


def copy_durably(source: Path, target: Path, permissions: int) -> None:
    """Copy a file that nobody writes to. Raises StorageFailed, and leaves `target` as it was."""
    with copying(source, target.parent, permissions) as end:
        end(target)


def is_copy(source: Path, copy: Path) -> bool:
    """Whether no checkpoint has written since it was copied, and nobody into the copy: files of DuckDB."""
    if copy.with_name(copy.name + ".wal").exists() or source.stat().st_size != copy.stat().st_size:
        return False
    copier = _copier("same", source, copy)
    copier.communicate()
    return copier.returncode == 0


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def half_copies(folder: Path) -> list[Path]:
    """What killed copies, and copies under way, have in a folder."""
    return sorted(folder.glob(".*.copying"))


def sweep(folder: Path) -> None:
    """Remove what killed copies left in `folder`. A copy under way holds a lock on its file."""
    for left in half_copies(folder):
        try:
            with left.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
        except OSError:  # under way, or gone meanwhile, or the disk refuses: the next publish tries again
            continue


def _copier(*words: object) -> subprocess.Popen[str]:
    """A session of its own: a Ctrl-C in the terminal is for the run, which publishes before it ends."""
    command = [sys.executable, "-I", "-S", str(COPIER), *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe, text=True, start_new_session=True)


def _remove(passing: Path) -> None:
    try:
        passing.unlink(missing_ok=True)
    except OSError:
        return  # the disk has failed already, and the next publish removes it
