"""One gzip member or Zstandard frame of a file: what it unpacks to, piece by piece, and where it ends."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

import zstandard

from tasks.sources.zstd_frames import PIECE, SKIPPABLE, decompressor, is_zstd

CHUNK: Final = 64 * 1024
MAX_HEADER: Final = 64 * 1024  # fastwarc's own limit is of this order; headers of real records stay below 8 KiB
_CONTENT_LENGTH: Final = re.compile(rb"^content-length:\s*(\d+)\s*$", re.IGNORECASE | re.MULTILINE)
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")


class Damage(Exception):
    """The bytes at an offset are no whole record; `truncated` where they could be one if the file went on."""

    def __init__(self, detail: str, *, truncated: bool) -> None:
        super().__init__(detail)
        self.truncated = truncated


class Member:
    """The member or frame at `offset`; `end` is known when pieces() has come to its own."""

    def __init__(self, file: BinaryIO, offset: int, dictionary: bytes | None = None) -> None:
        self._file = file
        self._dictionary = dictionary
        self._offset = offset
        self.end = offset

    def pieces(self) -> Iterator[bytes]:
        """What it unpacks to, never much at a time. Raises Damage."""
        self._file.seek(self._offset)
        head = self._file.read(8)
        self._file.seek(self._offset)
        try:
            yield from self._frame() if is_zstd(head) else self._gzip_member()
        except (zlib.error, zstandard.ZstdError, OSError) as error:
            raise Damage(f"the record at {self._offset} cannot be unpacked: {error}", truncated=False) from error

    def find_end(self) -> int:
        """Unpack to the end and say where that is. Raises Damage."""
        for _piece in self.pieces():
            pass
        return self.end

    def _gzip_member(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(wbits=31)
        while not inflater.eof:
            tail = packed = self._packed(CHUNK)
            while tail and not inflater.eof:  # bounded output: a member may unpack to a thousand times its size
                yield inflater.decompress(tail, 4 * CHUNK)
                tail = inflater.unconsumed_tail
            self.end += len(packed) - len(inflater.unused_data)

    def _frame(self) -> Iterator[bytes]:
        self._pass_skippable()
        frame = decompressor(self._dictionary).decompressobj()
        while not frame.eof:
            packed = self._packed(PIECE)
            yield frame.decompress(packed)
            self.end += len(packed) - len(frame.unused_data)
        self._pass_skippable()

    def _pass_skippable(self) -> None:
        """Frames that hold no data belong to the one before them; those that the file begins with, to the first."""
        while True:
            self._file.seek(self.end)
            head = self._file.read(8)
            if len(head) < 8 or struct.unpack_from("<I", head)[0] not in SKIPPABLE:
                break
            self.end += 8 + struct.unpack_from("<I", head, 4)[0]
        self._file.seek(self.end)

    def _packed(self, size: int) -> bytes:
        packed = self._file.read(size)
        if not packed:
            raise Damage(f"the file ends inside the record at {self._offset}", truncated=True)
        return packed


def header_end(head: bytes) -> int | None:
    """Where the block of a record begins; None while its header is not complete."""
    found = _HEADER_END.search(head)
    return found.end() if found else None


def record_length(head: bytes) -> int | None:
    """Bytes of a record's header and block together; None while the header is not complete."""
    block = header_end(head)
    found = _CONTENT_LENGTH.search(head[:block].replace(b"\r", b"")) if block else None
    return block + int(found.group(1)) if block and found else None
