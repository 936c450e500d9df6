"""Files of a lake's store, a folder or a bucket: each is there as a whole, under a name that no other file ever has, or not at all."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tasks.raw_store.staging import storage_failed
from warehouse.durable import sync_folder
from warehouse.lake.address import BUCKET
from warehouse.lake.bucket import endpoint, region


def put(target: str, pieces: Iterable[bytes]) -> None:
    """Write a file of the store, down to the disk: the catalog may name it a moment later. Raises StorageFailed."""
    try:
        if target.startswith(BUCKET):
            _upload(target, pieces)
        else:
            _write(Path(target), pieces)
    except OSError as error:
        raise storage_failed(Path(target), error) from error


def remove(target: str) -> None:
    """A file that nothing names: at once where that is cheap, else `broadsheet lake maintain` does."""
    if not target.startswith(BUCKET):
        with suppress(OSError):
            Path(target).unlink()


def remove_for_good(target: str) -> None:
    """The same in a bucket, too: for a process that may load pyarrow."""
    if target.startswith(BUCKET):
        with suppress(FileNotFoundError):
            bucket_files().delete_file(target.removeprefix(BUCKET))
    remove(target)


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(target.parent)


def _upload(target: str, pieces: Iterable[bytes]) -> None:
    """An object is there when its upload ends. Without `compression`, pyarrow would pack a .gz once more."""
    with bucket_files().open_output_stream(target.removeprefix(BUCKET), compression=None) as stream:
        for piece in pieces:
            stream.write(piece)


def bucket_files(*, may_make_buckets: bool = False) -> Any:
    """Whoever writes into a bucket, told as DuckDB is. pyarrow is imported by workers alone."""
    from pyarrow.fs import S3FileSystem

    other = urlsplit(endpoint() or "")
    at = {"scheme": other.scheme, "endpoint_override": other.netloc} if other.netloc else {}
    return S3FileSystem(region=region(), allow_bucket_creation=may_make_buckets, **at)
