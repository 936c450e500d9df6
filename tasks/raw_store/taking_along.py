"""The bytes of captures taken along to another store: every file that lies in this one, under its name where nobody else has that."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tasks.raw_store.pointers import HEAD_BYTES, located
from tasks.raw_store.staging import storage_failed
from warehouse.snapshot import sync_folder

PART = ".part"  # behind the name of a file that is not whole yet


@dataclass(slots=True)
class TakenAlong:
    """`renamed`: pointers that must say otherwise in the other store; `gone`: those whose files are in neither."""

    file_count: int = 0
    byte_count: int = 0
    renamed: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


def take_along(source: Path, target: Path, uris: Iterable[str]) -> TakenAlong:
    """Copy the files that these pointers name. Absolute ones lie elsewhere, and stay there. What is there already is not copied again, but
    where it has grown since. Raises StorageFailed."""
    taken = TakenAlong()
    for uri in sorted(uri for uri in uris if not Path(uri).is_absolute()):
        file = located(source, uri)
        if not file.is_file():
            taken.gone += [] if (target / uri).is_file() else [uri]
            continue
        named = _name_in(target, uri, file)
        if named != uri:
            taken.renamed[uri] = named
        _copy(file, target / named, taken)
    return taken


def _name_in(target: Path, uri: str, file: Path) -> str:
    """Its own name, unless another file has that: then one by what it begins with, which no other file has."""
    there = target / uri
    if not there.exists() or _head(there) == _head(file):
        return uri
    return f"raw/broadsheet-{hashlib.sha256(_head(file)).hexdigest()[:16]}.warc.gz"


def _copy(file: Path, goal: Path, taken: TakenAlong) -> None:
    """Whole or not at all, and on the disk."""
    size = file.stat().st_size
    if goal.exists() and goal.stat().st_size >= size:
        return
    passing = goal.with_name(f".{goal.name}.{os.getpid()}{PART}")
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        for left in goal.parent.glob(f".{goal.name}.*{PART}"):  # of one that was killed
            left.unlink(missing_ok=True)
        shutil.copyfile(file, passing)
        with passing.open("rb") as copied:
            os.fsync(copied.fileno())
        passing.replace(goal)
        sync_folder(goal.parent)
    except OSError as error:
        raise storage_failed(goal.parent, error) from error
    taken.file_count, taken.byte_count = taken.file_count + 1, taken.byte_count + size


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEAD_BYTES)
