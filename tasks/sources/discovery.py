"""Which files there are: the paths as given, folders in sorted order. No file is opened; recognition.py does, where a file is new."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.sources.foreign_folders import foreign
from tasks.sources.page import FoundFile, NotAFile, Tally, Unreached
from tasks.sources.printable import printable
from warehouse.errors import SourceUnreadable

# In names of text, by os and not by Path, which takes longer than the system's call: most files of most runs are known and only met.
# ruff: noqa: PTH100, PTH112, PTH116, PTH119


def discover(paths: Sequence[Path], passed_over: Tally, below: Path | None = None) -> Iterator[FoundFile | Unreached]:
    """Every file under `paths`, and everything that should be one and cannot be reached.

    Folders that hold no pages are counted in `passed_over` while files are drawn. With `below` the paths are parts of that folder, met in
    it and named by their place in it. Raises SourceUnreadable before anything is
    read if a path is missing.
    """
    if missing := [printable(path) for path in paths if not os.path.lexists(path)]:
        raise SourceUnreadable(f"expected a file or folder, found nothing at {', '.join(missing)}; check the spelling")
    return _walk_all(paths, passed_over, below)


def _walk_all(paths: Sequence[Path], passed_over: Tally, below: Path | None) -> Iterator[FoundFile | Unreached]:
    for given in paths:
        path = os.path.abspath(given)  # not resolve(), which would follow links: uris go by names
        uri = "" if below is None or path == os.path.abspath(below) else printable(os.path.relpath(path, below))
        if os.path.isdir(path):
            yield from _walk(path, passed_over, uri)
        else:
            yield _look_at(path, uri or printable(os.path.basename(path)), is_named=below is None)


def _walk(root: str, passed_over: Tally, uri: str) -> Iterator[FoundFile | Unreached]:
    """A folder and those below it but for foreign ones, each in the order of its names; links are followed, but not in circles."""
    seen: set[tuple[int, int]] = set()
    waiting = [(root, uri, True)]
    while waiting:
        path, uri, is_folder = waiting.pop()
        if not is_folder:
            yield _look_at(path, uri, is_named=False)
            continue
        if uri and (reason := foreign(path)):  # the folder that the user names is read whatever it is
            passed_over[reason] += 1
            continue
        try:
            status = os.stat(path)
            below = _below(path, uri)
        except OSError as error:
            yield Unreached(path, uri or ".", error, is_answered_for=True)
            continue
        if (status.st_dev, status.st_ino) in seen:
            passed_over["same_folder"] += 1
            continue
        seen.add((status.st_dev, status.st_ino))
        waiting.extend(below)


def _below(folder: str, uri: str) -> list[tuple[str, str, bool]]:
    """Path, uri and whether it is a folder of everything in `folder`, the last name first. Raises OSError."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: os.fsencode(entry.name), reverse=True)
    before = f"{uri}/" if uri else ""
    return [(entry.path, before + printable(entry.name), _is_folder(entry)) for entry in found]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or a link to one; asked of a link by path, which does not raise where it leads nowhere."""
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir(follow_symlinks=False)


def _look_at(path: str, uri: str, *, is_named: bool) -> FoundFile | Unreached:
    try:
        status = os.stat(path)
    except OSError as error:
        return Unreached(path, uri, error, is_answered_for=is_named)
    if not stat.S_ISREG(status.st_mode):
        return Unreached(path, uri, NotAFile("a device, pipe or socket"), is_answered_for=is_named)
    return FoundFile(path, uri, status.st_size, status.st_mtime_ns, is_named=is_named)
