"""Bounded reading of one whole file: plain or gzip, never more than the limit, never a half-read page."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.sources.page import PageUnreadable
from tasks.sources.printable import printable

MAX_PAGE_BYTES = 64 * 1024 * 1024  # the longest real news page seen has 9 MB
GZIP_MAGIC = b"\x1f\x8b"
# Deflate cannot do better than 1032:1, real pages reach 20:1; above this a page over the limit is called a bomb.
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
    """All bytes of `path`, unpacked where it is gzip whatever its name. Raises PageUnreadable."""
    with refusals(path), Path(path).open("rb") as file:
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
        reason = "gzip_bomb" if _is_bomb(packed, max_bytes) else "input_too_large"
        raise PageUnreadable(reason, f"{name}: {len(packed)} bytes unpack to more than the {max_bytes} of one page")
    return body


def _is_bomb(packed: bytes, max_bytes: int) -> bool:
    """Whether the first bytes unpacked come from almost none, as no page's do."""
    inflater = zlib.decompressobj(wbits=31)
    unpacked = len(inflater.decompress(packed, min(max_bytes, 1024 * 1024)))
    return unpacked > BOMB_RATIO * (len(packed) - len(inflater.unconsumed_tail))
