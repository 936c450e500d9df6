"""Zstandard files: several frames one after another, skippable ones among them, with or without a dictionary of their own.

The first frame of a .warc.zst may be the dictionary that the others need (iipc.github.io/warc-specifications/specifications/warc-zstd).
"""

import io
import struct
from pathlib import Path
from typing import BinaryIO, Final, cast

import zstandard

MAGIC: Final = b"\x28\xb5\x2f\xfd"
SKIPPABLE: Final = range(0x184D2A50, 0x184D2A60)  # RFC 8878, section 3.1.2
_DICTIONARY: Final = 0x184D2A5D
_MAX_DICTIONARY: Final = 64 * 1024 * 1024
PIECE: Final = 1024  # packed bytes taken at a time: a frame of one repeated letter unpacks them to 32 MiB


def is_zstd(head: bytes) -> bool:
    """Whether a file that begins with `head` is packed with Zstandard."""
    return head.startswith(MAGIC) or (len(head) >= 8 and struct.unpack_from("<I", head)[0] in SKIPPABLE)


def dictionary_of(file: BinaryIO) -> bytes | None:
    """The dictionary that `file` begins with, unpacked. Raises OSError where it is damaged."""
    file.seek(0)
    magic, length = struct.unpack("<II", file.read(8).ljust(8, b"\0"))
    if magic != _DICTIONARY or length > _MAX_DICTIONARY:
        return None
    data = file.read(length)
    if not data.startswith(MAGIC):
        return data
    try:
        return zstandard.ZstdDecompressor().stream_reader(data).read(_MAX_DICTIONARY)
    except zstandard.ZstdError as error:
        raise OSError(f"the dictionary of the file cannot be unpacked: {error}") from error


def decompressor(dictionary: bytes | None) -> zstandard.ZstdDecompressor:
    """What unpacks frames that were packed with `dictionary`."""
    return zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None)


class Unpacking(io.RawIOBase):
    """What `packed` unpacks to; seek() counts unpacked bytes, and going back starts again.

    Raises EOFError where the file ends inside a frame, OSError where a frame is damaged.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._file = packed
        self._frames = decompressor(dictionary_of(self._file))
        self._begin()

    def _begin(self) -> None:
        self._file.seek(0)
        self._frame = self._frames.decompressobj()
        self._packed, self._ready = b"", memoryview(b"")  # a view: giving a part of 32 MiB away copies no rest
        self._is_inside, self._position = False, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._fill()
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation("the end is known only when it is reached")
        if offset < self._position:
            self._begin()
        while self._position < offset and self.read(min(offset - self._position, io.DEFAULT_BUFFER_SIZE)):
            pass
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        self._file.close()
        super().close()

    def _fill(self) -> None:
        """Unpack until there is something to give, or the file ends."""
        while not self._ready:
            packed = self._packed or self._file.read(PIECE)
            if not packed:
                if self._is_inside:
                    raise EOFError("the file ends inside a Zstandard frame")
                return
            try:
                self._ready = memoryview(self._frame.decompress(packed))
            except zstandard.ZstdError as error:
                raise OSError(f"damaged Zstandard data: {error}") from error
            self._is_inside, self._packed = not self._frame.eof, self._frame.unused_data
            if self._frame.eof:
                self._frame = self._frames.decompressobj()


def open_zstd(path: str) -> BinaryIO:
    """`path` unpacked, with lines and seek()."""
    return cast(BinaryIO, io.BufferedReader(Unpacking(Path(path).open("rb")), 64 * 1024))
