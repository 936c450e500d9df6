"""Bounded reading of one whole file: plain or packed, never more than the limit, never a half-read page."""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tasks.sources.page import PageUnreadable
from tasks.sources.printable import printable
from tasks.sources.unpacked import is_packed, open_unpacked

MAX_PAGE_BYTES = 64 * 1024 * 1024  # the longest real news page seen has 9 MB
# Real pages pack to 20:1 at best; above this a page over the limit is called a bomb.
BOMB_RATIO = 100


@contextmanager
def refusals(path: str | Path) -> Iterator[None]:
    """Turn what the operating system says against reading `path` into PageUnreadable."""
    try:
        yield
    except OSError as error:
        raise PageUnreadable(*refusal(path, error)) from error


def refusal(path: str | Path, error: OSError) -> tuple[str, str]:
    """Reason and detail for what the operating system said."""
    reason, advice = "read_failed", "check the disk and the links to it"
    if isinstance(error, FileNotFoundError):
        reason, advice = "no_such_file", "a link leads nowhere, or the file went away"
    elif isinstance(error, PermissionError):
        reason, advice = "permission_denied", "give the user who runs broadsheet read access"
    return reason, f"{printable(path)}: {error.strerror or error}; {advice}"


def mtime_ns_of(path: str) -> int:
    """When the file was written, in nanoseconds of Unix time. Raises PageUnreadable."""
    with refusals(path):
        return Path(path).stat().st_mtime_ns


def read_file(path: str, max_bytes: int) -> bytes:
    """All bytes of `path`, unpacked where they are packed, whatever its name. Raises PageUnreadable."""
    with refusals(path), Path(path).open("rb") as file:
        head = file.read(8)
        size = os.fstat(file.fileno()).st_size
        if size > max_bytes:
            raise PageUnreadable("input_too_large", f"{path}: expected at most {max_bytes} bytes, the file has {size}")
        body = head + file.read(max_bytes) if not is_packed(head) else _unpacked(path, size, max_bytes)
    if not body.strip():
        raise PageUnreadable("empty_file", f"{path}: expected a page, found {len(body)} bytes of nothing")
    return body


def _unpacked(path: str, size: int, max_bytes: int) -> bytes:
    try:
        with open_unpacked(path) as file:
            body = file.read(max_bytes + 1)
            reason = "packed_bomb" if len(body) > max_bytes and _is_bomb(file, size, max_bytes) else "input_too_large"
    except EOFError as error:
        detail = f"{path}: the file ends inside its data, after {size} packed bytes"
        raise PageUnreadable("packed_truncated", detail) from error
    except (OSError, zlib.error) as error:
        raise PageUnreadable("packed_corrupt", f"{path}: {error}") from error
    if len(body) > max_bytes:
        raise PageUnreadable(reason, f"{path}: {size} bytes unpack to more than the {max_bytes} of one page")
    return body


def _is_bomb(rest: BinaryIO, size: int, max_bytes: int) -> bool:
    """Whether `size` bytes unpack to so much more as no page's do; `rest` is what follows the first `max_bytes`."""
    unpacked = max_bytes
    while unpacked <= min(BOMB_RATIO * size, 8 * max_bytes):
        piece = rest.read(1024 * 1024)
        if not piece:
            return False
        unpacked += len(piece)
    return True
