"""Which files to read: the paths as given, folders in sorted order, each file with the source that reads it."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.sources.catalogue import kind_of, source_of
from tasks.sources.file_bytes import refusal
from tasks.sources.foreign_folders import foreign
from tasks.sources.page import InputFile, PageRef, Tally, Unreadable
from tasks.sources.printable import printable
from tasks.sources.unpacked import head_of
from tasks.sources.unread_formats import unread_format
from warehouse.errors import SourceUnreadable


def discover(paths: Sequence[Path], kind: str | None = None, skipped: Tally | None = None) -> Iterator[InputFile | Unreadable]:
    """Every file under `paths` that a source reads, and every one that should be read and cannot.

    `kind` forces the source of all files. Files in folders that no source recognises are counted in `skipped`, a
    file named by the user is always answered for. Raises SourceUnreadable before anything is read if a path is missing.
    """
    if kind is not None:
        source_of(kind)
    missing = [printable(path) for path in paths if not os.path.lexists(path)]
    if missing:
        raise SourceUnreadable(f"expected a file or folder, found nothing at {', '.join(missing)}; check the spelling")
    return _walk_all(paths, kind, Tally() if skipped is None else skipped)


def _walk_all(paths: Sequence[Path], kind: str | None, skipped: Tally) -> Iterator[InputFile | Unreadable]:
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links, and uris go by names
        if os.path.isdir(path):  # noqa: PTH112 - is_dir() raises where it may not look
            yield from _walk(path, kind, skipped)
        else:
            found = _examine(path, printable(path.name), kind, named_by_user=True, skipped=skipped)
            if found is not None:
                yield found


def _walk(root: Path, kind: str | None, skipped: Tally) -> Iterator[InputFile | Unreadable]:
    """A folder and those below it but for foreign ones, each in the order of its names; links are followed, but not in circles."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):  # noqa: PTH112 - as above
            found = _examine(path, _uri(path, root), kind, named_by_user=False, skipped=skipped)
            if found is not None:
                yield found
            continue
        if path != root and (reason := foreign(path)):  # the folder that the user names is read whatever it is
            skipped[reason] += 1
            continue
        try:
            status = path.stat()
            below = sorted(path.iterdir(), key=os.fsencode, reverse=True)
        except OSError as error:
            yield _refused(path, _uri(path, root), kind, error)
            continue
        if (status.st_dev, status.st_ino) in seen:
            skipped["same_folder"] += 1
            continue
        seen.add((status.st_dev, status.st_ino))
        waiting.extend(below)


def _examine(path: Path, uri: str, kind: str | None, *, named_by_user: bool, skipped: Tally) -> InputFile | Unreadable | None:
    """The file with its source, why it cannot be read, or None where it is none of ours."""
    head = b""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _no_page("not_a_file", path, uri, kind, named_by_user, skipped)
        head = head_of(path)
    except OSError as error:
        if not named_by_user and kind is None and kind_of(path.name, b"") is None:
            skipped[unread_format(path.name)[0]] += 1
            return None
        return _refused(path, uri, kind, error)
    found = kind or kind_of(path.name, head)
    if found is None:
        return _no_page("unknown_kind", path, uri, kind, named_by_user, skipped)
    return InputFile(found, path, uri, status.st_size, status.st_mtime_ns)


def _no_page(reason: str, path: Path, uri: str, kind: str | None, named_by_user: bool, skipped: Tally) -> Unreadable | None:
    told, hint = unread_format(path.name)
    if not named_by_user:
        skipped[told if reason == "unknown_kind" else reason] += 1
        return None
    return Unreadable(_ref(path, uri, kind), reason, f"{printable(path)}: {hint}")


def _refused(path: Path, uri: str, kind: str | None, error: OSError) -> Unreadable:
    return Unreadable(_ref(path, uri, kind), *refusal(path, error))


def _ref(path: Path, uri: str, kind: str | None) -> PageRef:
    return PageRef(kind=kind or kind_of(path.name, b"") or "html_folder", path=str(path), uri=uri)


def _uri(path: Path, root: Path) -> str:
    return printable(path.relative_to(root).as_posix()) if path != root else "."
