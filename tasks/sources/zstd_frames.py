"""Zstandard files: several frames one after another, skippable ones among them, with or without a dictionary of their own.

The first frame of a .warc.zst may be the dictionary that the others need (iipc.github.io/warc-specifications/specifications/warc-zstd).
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

import zstandard

from tasks.sources.piece_stream import buffered

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


def unpacked_pieces(packed: BinaryIO) -> Iterator[bytes]:
    """What all frames of `packed` unpack to. Raises EOFError where it ends inside a frame, OSError where one is damaged."""
    frames = decompressor(dictionary_of(packed))
    packed.seek(0)
    frame, rest, is_inside = frames.decompressobj(), b"", False
    while piece := rest or packed.read(PIECE):
        try:
            yield frame.decompress(piece)
        except zstandard.ZstdError as error:
            raise OSError(f"damaged Zstandard data: {error}") from error
        is_inside, rest = not frame.eof, frame.unused_data
        if frame.eof:
            frame = frames.decompressobj()
    if is_inside:
        raise EOFError("the file ends inside a Zstandard frame")


def open_zstd(packed: BinaryIO) -> BinaryIO:
    """`packed` unpacked, with lines and seek(); closes it when it is closed itself."""
    return cast(BinaryIO, buffered(lambda: unpacked_pieces(packed), packed))
