"""WARC records one after another in a file, and how they are packed: what the offsets of records count."""

import io
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final, cast

from fastwarc.warc import ArchiveIterator

from tasks.sources import zip_members
from tasks.sources.piece_stream import buffered
from tasks.sources.unpacked import open_unpacked
from tasks.sources.warc_members import CHUNK, MAX_HEADER, Damage, Member, record_length
from tasks.sources.zstd_frames import dictionary_of, is_zstd

GZIP_MEMBER: Final = b"\x1f\x8b\x08"


class Layout(Enum):
    """What offsets count: bytes of the file, or of what the file unpacks to where its packing hides the records."""

    PLAIN = "uncompressed"
    MEMBERS = "one gzip member per record"
    FRAMES = "one Zstandard frame per record"
    STREAM = "several records in one gzip member or Zstandard frame"
    HIDDEN = "compressed inside a zip, where no record has a place"


@dataclass(frozen=True, slots=True)
class Archive:
    """WARC records one after another: a whole file, or the part of a WACZ that a WARC is stored in."""

    path: str
    layout: Layout
    start: int
    end: int
    is_whole: bool = True  # whether the file is nothing but these records
    dictionary: bytes | None = None  # that the frames of a .warc.zst were packed with

    def open(self) -> BinaryIO:
        """The file, which ends where the archive does. Offsets stay those of the file."""
        file = Path(self.path).open("rb")  # noqa: SIM115 - handed to the caller, who closes it
        return file if self.is_whole else cast(BinaryIO, io.BufferedReader(_UpTo(file, self.end), CHUNK))

    def member(self, file: BinaryIO, offset: int) -> Member:
        """The gzip member or frame at `offset`."""
        return Member(file, offset, self.dictionary)


class _UpTo(io.RawIOBase):
    """`file` as if it ended at `end`."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file = file
        self._end = end

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(max(min(len(buffer), self._end - self._file.tell()), 0))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(self._end + offset) if whence == io.SEEK_END else self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


def archives_of(path: str) -> tuple[Archive, ...]:
    """The archives in `path`, in their order: one, or those that a WACZ holds. Raises OSError, Damage."""
    status = Path(path).stat()
    return _archives_of(path, status.st_size, status.st_mtime_ns)


def archive_at(path: str, offset: int) -> Archive:
    """The archive that has the record at `offset`. Raises Damage where none has."""
    for archive in archives_of(path):
        if archive.is_whole or archive.start <= offset < archive.end:
            return archive
    raise Damage(f"expected a record at {offset}, no WARC in the file reaches there", truncated=False)


def records_from(archive: Archive, start: int, *, is_lenient: bool = True) -> tuple[BinaryIO, ArchiveIterator]:
    """The stream of `archive` and its records from `start` on. The caller closes the stream.

    Lenient reading takes header lines that end with LF, and passes over what is no record without a word.
    """
    if archive.layout is Layout.FRAMES:  # one frame and no more: fastwarc gives those behind it wrong places
        file = archive.open()
        stream = cast(BinaryIO, buffered(lambda: archive.member(file, start).pieces(), file))
    else:
        stream = open_unpacked(archive.path) if archive.layout is Layout.STREAM else archive.open()
        stream.seek(start)
    is_packed = archive.layout is Layout.MEMBERS
    return stream, ArchiveIterator(stream, parse_http=False, quirks_mode=is_lenient, stream_detect=is_packed)


@lru_cache(maxsize=64)
def _archives_of(path: str, size: int, _mtime_ns: int) -> tuple[Archive, ...]:
    with Path(path).open("rb") as file:
        if zip_members.is_zip(file.read(4)):
            return tuple(_stored(file, path, *member) for member in zip_members.warcs(path))
        dictionary = dictionary_of(file)
        return (Archive(path, _layout(file, 0, size, dictionary), 0, size, dictionary=dictionary),)


def _stored(file: BinaryIO, path: str, start: int, end: int, is_stored: bool) -> Archive:
    layout = _layout(file, start, end) if is_stored else Layout.HIDDEN
    return Archive(path, Layout.HIDDEN if layout is Layout.STREAM else layout, start, end, is_whole=False)


def _layout(file: BinaryIO, start: int, end: int, dictionary: bytes | None = None) -> Layout:
    """Told by the first two members: the first alone may hold just the warcinfo."""
    file.seek(start)
    head = file.read(8)
    if not (head.startswith(GZIP_MEMBER) or is_zstd(head)):
        return Layout.PLAIN
    offset = start
    for _member in range(2):
        member = Member(file, offset, dictionary)
        if _holds_several(member):
            return Layout.STREAM
        try:
            offset = Member(file, offset, dictionary).find_end()
        except Damage:
            break
        if offset >= end:
            break
    return Layout.MEMBERS if head.startswith(GZIP_MEMBER) else Layout.FRAMES


def _holds_several(member: Member) -> bool:
    """Whether a member goes on after its first record."""
    head, unpacked = b"", 0
    try:
        for piece in member.pieces():
            unpacked += len(piece)
            head = head if len(head) > MAX_HEADER else head + piece
            length = record_length(head)
            if length is not None and unpacked > length + 8:  # a record ends with two line ends
                return True
    except Damage:
        pass  # what comes before damage has told, or nothing can
    return False
