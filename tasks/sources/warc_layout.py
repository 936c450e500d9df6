"""Where records of a WARC begin and end, and where the next good one is after damage."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from tasks.sources.unpacked import BROKEN, open_unpacked
from tasks.sources.warc_archive import GZIP_MEMBER, Archive, Layout
from tasks.sources.warc_members import CHUNK, MAX_HEADER, Damage, Member, header_end, record_length
from tasks.sources.zstd_frames import MAGIC as ZSTD_MAGIC

_RECORD_START = re.compile(rb"(?:^|\n)(WARC/[01]\.\d+\r?\n[A-Za-z][\w-]*:)")
_HEAD: Final = 8 * 1024  # bytes in which the header of a record ends, but for rare ones
_LONGEST_START: Final = 128  # more than a version line and the name of the first header


def opens_a_warc(head: bytes) -> bool:
    """Whether these bytes, unpacked, are the first of a WARC record."""
    return head.startswith((b"WARC/0.", b"WARC/1."))


def has_bare_line_ends(archive: Archive, offset: int) -> bool:
    """Whether a record begins at `offset` of which header lines end with LF alone, as old wgets write."""
    try:
        if archive.layout is Layout.STREAM:
            with open_unpacked(archive.path) as unpacked:
                unpacked.seek(offset)
                head = unpacked.read(_HEAD)
        else:
            with archive.open() as file:
                file.seek(offset)
                head = file.read(_HEAD) if archive.layout is Layout.PLAIN else _head(archive.member(file, offset).pieces(), _HEAD)
    except BROKEN:
        return False
    header = head[: header_end(head)]
    return opens_a_warc(head) and header.count(b"\n") > header.count(b"\r\n")


def record_end(archive: Archive, offset: int) -> int:
    """Where the record at `offset` ends. Raises Damage if it does not."""
    with archive.open() as file:
        return _plain_end(file, offset) if archive.layout is Layout.PLAIN else archive.member(file, offset).find_end()


def next_record(archive: Archive, after: int) -> int | None:
    """The offset of the first record that begins at `after` or later; None if there is none."""
    magic = {Layout.MEMBERS: GZIP_MEMBER, Layout.FRAMES: ZSTD_MAGIC}.get(archive.layout)
    pattern = re.compile(re.escape(magic)) if magic else _RECORD_START
    with archive.open() as file:
        base = max(after - 1, 0)  # one byte back: the line feed before a plain record
        file.seek(base)
        window = file.read(CHUNK)
        while window:
            for found in pattern.finditer(window):
                offset = base + found.start(pattern.groups)
                if offset >= after and (magic is None or _is_record_member(archive.member(file, offset))):
                    return offset
            file.seek(base + len(window))
            fresh = file.read(CHUNK)
            if not fresh:
                return None
            base += max(len(window) - _LONGEST_START, 0)
            window = window[-_LONGEST_START:] + fresh
    return None


def is_blank(archive: Archive, start: int) -> bool:
    """Whether nothing but line ends and padding follows `start`."""
    with archive.open() as file:
        file.seek(start)
        while chunk := file.read(CHUNK):
            if chunk.strip(b"\r\n\0"):
                return False
    return True


def _is_record_member(member: Member) -> bool:
    return opens_a_warc(_head(member.pieces(), 16))


def _head(pieces: Iterator[bytes], size: int) -> bytes:
    """The first bytes of a member, as many as there are before damage."""
    head = b""
    try:
        while len(head) < size:
            head += next(pieces)
    except (Damage, StopIteration):
        pass
    return head


def _plain_end(file: BinaryIO, offset: int) -> int:
    file.seek(offset)
    head = file.read(MAX_HEADER)
    size = file.seek(0, 2)
    length = record_length(head)
    if length is None:
        cut = head[:5] == b"WARC/"[: len(head)] and len(head) < MAX_HEADER and header_end(head) is None
        raise Damage(f"expected a record with a Content-Length at {offset}, found {head[:24]!r}", truncated=cut)
    if offset + length > size:
        raise Damage(f"the record at {offset} should end at {offset + length}, the file does at {size}", truncated=True)
    file.seek(offset + length)
    after = file.read(4)
    return offset + length + len(after) - len(after.lstrip(b"\r\n"))
