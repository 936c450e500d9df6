"""Bounded reading of one whole file: plain or gzip, never more than the limit, never a half-read page."""

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.sources.page import PageUnreadable

MAX_PAGE_BYTES = 64 * 1024 * 1024  # the longest real news page seen has 9 MB
GZIP_MAGIC = b"\x1f\x8b"
# Deflate cannot do better than 1032:1, real pages reach 20:1; above this a page over the limit is called a bomb.
BOMB_RATIO = 100


@contextmanager
def refusals(path: str | Path) -> Iterator[None]:
    """Turn what the operating system says against reading `path` into PageUnreadable."""
    try:
        yield
    except FileNotFoundError as error:
        raise PageUnreadable("no_such_file", f"{path}: it was there when planning; {error.strerror}") from error
    except PermissionError as error:
        raise PageUnreadable("permission_denied", f"{path}: give the user who runs broadsheet read access") from error
    except OSError as error:
        raise PageUnreadable("read_failed", f"{path}: {error.strerror or error}") from error


def mtime_ns_of(path: str) -> int:
    """When the file was written, in nanoseconds of Unix time. Raises PageUnreadable."""
    with refusals(path):
        return os.stat(path).st_mtime_ns


def read_file(path: str, max_bytes: int) -> bytes:
    """All bytes of `path`, unpacked where it is gzip whatever its name. Raises PageUnreadable."""
    with refusals(path), open(path, "rb") as file:
        head = file.read(2)
        rest = file.read(max_bytes - len(head) + 1)
    body = head + rest
    if len(body) > max_bytes:
        raise PageUnreadable("input_too_large", f"{path}: expected at most {max_bytes} bytes, the file has more")
    if head == GZIP_MAGIC:
        body = gunzip(body, max_bytes, path)
    if not body.strip():
        raise PageUnreadable("empty_file", f"{path}: expected a page, found {len(body)} bytes of nothing")
    return body


def gunzip(packed: bytes, max_bytes: int, name: str) -> bytes:
    """Unpack all members of `packed`. Raises PageUnreadable: gzip_*, input_too_large."""
    try:
        body = gzip.GzipFile(fileobj=io.BytesIO(packed)).read(max_bytes + 1)
    except EOFError as error:
        detail = f"{name}: the file ends inside its data, after {len(packed)} packed bytes"
        raise PageUnreadable("gzip_truncated", detail) from error
    except (OSError, zlib.error) as error:
        raise PageUnreadable("gzip_corrupt", f"{name}: {error}") from error
    if len(body) > max_bytes:
        reason = "gzip_bomb" if max_bytes > BOMB_RATIO * len(packed) else "input_too_large"
        raise PageUnreadable(reason, f"{name}: {len(packed)} bytes unpack to more than the {max_bytes} of one page")
    return body
