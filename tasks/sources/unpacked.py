"""A file as the stream of what it unpacks to. How it is packed is told by its first bytes, never by its name."""

import gzip
import re
import threading
import zlib
from pathlib import Path
from typing import BinaryIO, Final, cast

from tasks.sources.zstd_frames import is_zstd, open_zstd

GZIP_MAGIC: Final = b"\x1f\x8b"
PACKING_SUFFIX: Final = re.compile(r"\.(?:gz|gzip|zst|zstd)$")
_held = threading.local()
BROKEN: Final = (OSError, EOFError, zlib.error)  # what reading packed data that are damaged or cut off raises


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with these bytes (eight are enough) is gzip or Zstandard."""
    return head.startswith(GZIP_MAGIC) or is_zstd(head)


def plain_name(name: str) -> str:
    """`name` in lower case without the ending of its packing: page.html of Page.html.zst."""
    return PACKING_SUFFIX.sub("", name.lower())


def head_of(path: str | Path, size: int = 4096) -> bytes:
    """The first bytes of what a file unpacks to; none where that is damaged: whoever reads it says so. Raises OSError."""
    with Path(path).open("rb") as file:
        head = file.read(size)
    if not is_packed(head):
        return head
    try:
        with open_unpacked(str(path)) as unpacked:
            return unpacked.read1(size)  # type: ignore[attr-defined, no-any-return]
    except BROKEN:
        return b""


def open_unpacked(path: str) -> BinaryIO:
    """`path` unpacked: plain, gzip of any number of members, Zstandard of any number of frames, skippable ones included.

    seek() counts unpacked bytes; where the file is packed it skips forward, and begins anew to go back. Reading raises
    EOFError where packed data are cut off, another of BROKEN where they are damaged.
    """
    file = Path(path).open("rb")  # noqa: SIM115 - handed to the caller, who closes it
    head = file.read(8)
    file.seek(0)
    if head.startswith(GZIP_MAGIC):
        file.close()
        return cast(BinaryIO, gzip.open(path, "rb"))
    return open_zstd(file) if is_zstd(head) else file


def reading_on(path: str) -> BinaryIO:
    """`path` unpacked, kept open by this thread until it asks for another: reading on unpacks nothing a second time."""
    held: tuple[str, BinaryIO] | None = getattr(_held, "file", None)
    if held is None or held[0] != path:
        if held is not None:
            held[1].close()
        _held.file = held = (path, open_unpacked(path))
    return held[1]
