"""pages.jsonl: what a crawler wrote down about the files beside it, one JSON object a line.

Keys: file (relative to the sidecar), url, observed_at, and optionally charset and headers (an object or pairs).
A file is looked up in the sidecar of its own folder first, then of the folders above, up to the path ingested.
"""

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from tasks.sources.observed import parse_instant
from tasks.sources.page import InputFile, PageRef, Unreadable
from tasks.sources.printable import printable, storable

NAME: Final = "pages.jsonl"
MAX_LINE: Final = 1024 * 1024  # headers of one response stay below 64 KiB; a longer line is no sidecar line
_FILE_KEY = re.compile(rb'"file"\s*:')


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what the crawler knew about one file. `broken` says what in it is wrong."""

    file: str
    url: str | None = None
    observed_at: datetime | None = None
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    broken: str | None = None


def is_sidecar(head: bytes) -> bool:
    """Whether a pages.jsonl describes files; one with other rows may be a page table."""
    return _FILE_KEY.search(head) is not None


def plan(file: InputFile, start: int) -> Iterator[Unreadable]:
    """The lines that describe no page: broken ones, and those whose file is not there."""
    path = Path(file.path)
    for offset, line in _lines(path, start):
        problem = _problem_of(line, path.parent)
        if problem:
            ref = PageRef(kind=file.kind, path=file.path, uri=file.uri, offset=offset, end=offset + len(line))
            yield Unreadable(ref, *problem)


def entry_for(file: InputFile) -> Entry | None:
    """What the nearest sidecar says about `file`; None where none mentions it."""
    parts, folders = file.uri.split("/"), Path(file.path).parents
    for depth in range(1, len(parts) + 1):
        sidecar = folders[depth - 1] / NAME
        try:
            status = sidecar.stat()
            if not stat.S_ISREG(status.st_mode):  # a pipe never ends, and nobody said that this is ours
                continue
            offset = _index(sidecar, status.st_size, status.st_mtime_ns).get("/".join(parts[-depth:]))
            if offset is not None:
                return _entry_at(sidecar, offset)
        except OSError:  # no sidecar here; one that cannot be opened is a reject of its own, as a file of the folder
            continue
    return None


def describe(file: InputFile) -> PageRef:
    """The one page that `file` is, with what a sidecar says about it."""
    entry = entry_for(file) or Entry(file.uri)
    return PageRef(
        kind=file.kind, path=file.path, uri=file.uri, offset=0, end=max(file.size, 1),
        url=entry.url, observed_at=entry.observed_at, charset=entry.charset, headers=entry.headers,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _index(sidecar: Path, _size: int, _mtime_ns: int) -> dict[str, int]:
    """File -> offset of its line, about 150 bytes a line; the last line about a file counts."""
    index: dict[str, int] = {}
    for offset, line in _lines(sidecar, 0):
        entry = _parse(line)
        if isinstance(entry, Entry):
            index[entry.file] = offset
    return index


def _entry_at(sidecar: Path, offset: int) -> Entry | None:
    with sidecar.open("rb") as lines:
        lines.seek(offset)
        entry = _parse(lines.readline(MAX_LINE))
    return entry if isinstance(entry, Entry) else None


def _lines(path: Path, start: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as lines:
        lines.seek(start)
        offset = start
        while line := lines.readline(MAX_LINE):
            if line.strip():
                yield offset, line
            offset += len(line)


def _problem_of(line: bytes, folder: Path) -> tuple[str, str] | None:
    entry = _parse(line)
    if isinstance(entry, str):
        return "sidecar_broken", f"{entry}; the line begins {line[:80]!r}"
    if not os.path.exists(folder / entry.file) and not _is_there(folder / entry.file):  # noqa: PTH110 - never raises
        return "no_such_file", f"the sidecar names {entry.file!r}, which is not under {printable(folder)}"
    return ("sidecar_broken", f"{entry.file}: {entry.broken}") if entry.broken else None


def _is_there(path: Path) -> bool:
    r"""Whether a file has this name once bytes that are no UTF-8 are written as \xNN."""
    if "\\x" not in path.name or not path.parent.is_dir():
        return False
    return any(printable(beside.name) == path.name for beside in path.parent.iterdir())


def _parse(line: bytes) -> Entry | str:
    """The entry, or what is wrong with the line as a whole."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        return f"expected a JSON object, {error}"
    if not isinstance(row, dict) or not isinstance(row.get("file"), str) or not row["file"]:
        return "expected a JSON object with file, url and observed_at"
    observed_at = parse_instant(row.get("observed_at"))
    broken = None
    if row.get("observed_at") is not None and observed_at is None:
        broken = f"expected observed_at as ISO 8601, came {row['observed_at']!r}; the file's time is used"
    return Entry(
        file=row["file"].removeprefix("./"), url=_text(row.get("url")), observed_at=observed_at,
        charset=_text(row.get("charset")), headers=_pairs(row.get("headers")), broken=broken,
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return storable(value).strip() or None if isinstance(value, str) else None


def _pairs(headers: Any) -> tuple[tuple[str, str], ...]:
    pairs = headers.items() if isinstance(headers, dict) else headers if isinstance(headers, list) else ()
    return tuple((storable(str(pair[0])), storable(str(pair[1]))) for pair in pairs if isinstance(pair, list | tuple) and len(pair) == 2)
