"""How a WARC file is packed, where its records begin and end, and where the next good one is after damage."""

import re
import zlib
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

CHUNK: Final = 64 * 1024
GZIP_MEMBER: Final = b"\x1f\x8b\x08"
_RECORD_START = re.compile(rb"(?:^|\n)(WARC/[01]\.\d+\r?\n[A-Za-z][\w-]*:)")
_CONTENT_LENGTH = re.compile(rb"^content-length:\s*(\d+)\s*$", re.IGNORECASE | re.MULTILINE)
_LONGEST_START: Final = 128  # more than a version line and the name of the first header
MAX_HEADER: Final = 64 * 1024  # fastwarc's own limit is of this order; headers of real records stay below 8 KiB


class Layout(Enum):
    """What offsets count: bytes of the file, or of what the file unpacks to where gzip hides the records."""

    PLAIN = "uncompressed"
    MEMBERS = "one gzip member per record"
    STREAM = "several records in one gzip member"


class Damage(Exception):
    """The bytes at an offset are no whole record; `truncated` where they could be one if the file went on."""

    def __init__(self, detail: str, *, truncated: bool) -> None:
        super().__init__(detail)
        self.truncated = truncated


def layout_of(path: str) -> Layout:
    """How `path` is packed, told by its first two members: the first alone may hold just the warcinfo."""
    status = Path(path).stat()
    return _layout_of(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _layout_of(path: str, _size: int, _mtime_ns: int) -> Layout:
    with Path(path).open("rb") as file:
        if file.read(3) != GZIP_MEMBER:
            return Layout.PLAIN
        offset = 0
        for _member in range(2):
            if _holds_several(file, offset):
                return Layout.STREAM
            try:
                offset = _member_end(file, offset)
            except Damage:
                break
        return Layout.MEMBERS


def opens_a_warc(head: bytes) -> bool:
    """Whether these bytes, unpacked, are the first of a WARC record."""
    return head.startswith((b"WARC/0.", b"WARC/1."))


def record_end(path: str, layout: Layout, offset: int) -> int:
    """Where the record at `offset` ends. Raises Damage if it does not."""
    with Path(path).open("rb") as file:
        return _member_end(file, offset) if layout is Layout.MEMBERS else _plain_end(file, offset)


def next_record(path: str, layout: Layout, after: int) -> int | None:
    """The offset of the first record that begins at `after` or later; None if there is none."""
    pattern = re.compile(re.escape(GZIP_MEMBER)) if layout is Layout.MEMBERS else _RECORD_START
    with Path(path).open("rb") as file:
        base = max(after - 1, 0)  # one byte back: the line feed before a plain record
        file.seek(base)
        window = file.read(CHUNK)
        while window:
            for found in pattern.finditer(window):
                offset = base + found.start(pattern.groups)
                if offset >= after and (layout is Layout.PLAIN or _is_record_member(file, offset)):
                    return offset
            file.seek(base + len(window))
            fresh = file.read(CHUNK)
            if not fresh:
                return None
            base += max(len(window) - _LONGEST_START, 0)
            window = window[-_LONGEST_START:] + fresh
    return None


def is_blank(path: str, start: int) -> bool:
    """Whether nothing but line ends and padding follows `start`."""
    with Path(path).open("rb") as file:
        file.seek(start)
        while chunk := file.read(CHUNK):
            if chunk.strip(b"\r\n\0"):
                return False
    return True


def _inflated_head(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 64)
    except zlib.error:
        return b""


def _is_record_member(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    return opens_a_warc(_inflated_head(file.read(1024)))


def _holds_several(file: BinaryIO, offset: int) -> bool:
    """Whether the gzip member at `offset` goes on after its first record."""
    file.seek(offset)
    inflater = zlib.decompressobj(wbits=31)
    head, inflated = b"", 0
    try:
        while not inflater.eof and (packed := file.read(CHUNK)):
            data = inflater.decompress(packed)
            inflated += len(data)
            head = head if len(head) > MAX_HEADER else head + data
            length = _content_length(head)
            if length is not None and inflated > length + 8:  # a record ends with two line ends
                return True
    except zlib.error:
        return False
    return False


def _content_length(head: bytes) -> int | None:
    """Bytes of the record's header and block together; None while the header is not complete."""
    header, separator, _block = head.partition(b"\r\n\r\n")
    found = _CONTENT_LENGTH.search(header.replace(b"\r", b""))
    return len(header) + len(separator) + int(found.group(1)) if separator and found else None


def _member_end(file: BinaryIO, offset: int) -> int:
    file.seek(offset)
    inflater = zlib.decompressobj(wbits=31)
    consumed = 0
    while not inflater.eof:
        packed = file.read(CHUNK)
        if not packed:
            raise Damage(f"the file ends inside the record at {offset}", truncated=True)
        try:
            tail = packed
            while tail and not inflater.eof:  # bounded output: a member may unpack to a thousand times its size
                inflater.decompress(tail, 4 * CHUNK)
                tail = inflater.unconsumed_tail
        except zlib.error as error:
            raise Damage(f"the record at {offset} cannot be unpacked: {error}", truncated=False) from error
        consumed += len(packed) - len(inflater.unused_data)
    return offset + consumed


def _plain_end(file: BinaryIO, offset: int) -> int:
    file.seek(offset)
    head = file.read(MAX_HEADER)
    size = file.seek(0, 2)
    length = _content_length(head)
    if length is None:
        cut = head[:5] == b"WARC/"[: len(head)] and len(head) < MAX_HEADER and b"\r\n\r\n" not in head
        raise Damage(f"expected a record with a Content-Length at {offset}, found {head[:24]!r}", truncated=cut)
    if offset + length > size:
        raise Damage(f"the record at {offset} should end at {offset + length}, the file does at {size}", truncated=True)
    file.seek(offset + length)
    after = file.read(4)
    return offset + length + len(after) - len(after.lstrip(b"\r\n"))
