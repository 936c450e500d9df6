"""The bytes of captures taken along to another store, a folder or a bucket: every file that lies in this one, under its name where nobody
else has that."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tasks.raw_store.pointers import HEAD_BYTES
from tasks.staging.store_files import bucket_files, put
from warehouse.lake.address import BUCKET

PIECE_BYTES = 8 * 2**20


@dataclass(slots=True)
class TakenAlong:
    """`renamed`: pointers that must say otherwise in the other store; `gone`: those whose files are in neither."""

    file_count: int = 0
    byte_count: int = 0
    renamed: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


def take_along(source: str, target: str, uris: Iterable[str]) -> TakenAlong:
    """Copy the files that these pointers name. Absolute ones lie elsewhere, and stay there. What is there already is not copied again, but
    where it has grown since. Raises StorageFailed."""
    taken = TakenAlong()
    for uri in sorted(uri for uri in uris if not Path(uri).is_absolute()):
        size = _size(f"{source}/{uri}")
        if size is None:
            taken.gone += [] if _size(f"{target}/{uri}") is not None else [uri]
            continue
        named = _name_in(source, target, uri)
        if named != uri:
            taken.renamed[uri] = named
        there = _size(f"{target}/{named}")
        if there is None or there < size:
            put(f"{target}/{named}", _pieces(f"{source}/{uri}"))
            taken.file_count, taken.byte_count = taken.file_count + 1, taken.byte_count + size
    return taken


def _name_in(source: str, target: str, uri: str) -> str:
    """Its own name, unless another file has that: then one by what it begins with, which no other file has."""
    head = _head(f"{source}/{uri}")
    if _size(f"{target}/{uri}") is None or _head(f"{target}/{uri}") == head:
        return uri
    return f"raw/broadsheet-{hashlib.sha256(head).hexdigest()[:16]}.warc.gz"


def _size(file: str) -> int | None:
    """Bytes of a file; None where there is none."""
    if file.startswith(BUCKET):
        found = bucket_files().get_file_info(file.removeprefix(BUCKET))
        return int(found.size) if found.is_file else None
    path = Path(file)
    return path.stat().st_size if path.is_file() else None


def _head(file: str) -> bytes:
    with _opened(file) as opened:
        return bytes(opened.read(HEAD_BYTES))


def _pieces(file: str) -> Iterator[bytes]:
    with _opened(file) as opened:
        while piece := opened.read(PIECE_BYTES):
            yield piece


def _opened(file: str) -> IO[bytes] | Any:
    """As it is: pyarrow unpacks what is called .gz, unless it is told not to."""
    is_in_bucket = file.startswith(BUCKET)
    return bucket_files().open_input_stream(file.removeprefix(BUCKET), compression=None) if is_in_bucket else Path(file).open("rb")
