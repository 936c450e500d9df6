"""The loader's side of the raw store: raw/broadsheet-*.warc.gz, which only grows, and never past a crash's torn tail.

One loader at a time (the warehouse's lock sees to it). Order of a batch: append, commit the warehouse, mark_committed.
A crash between the first two leaves records that no row points to; the journal remembers where they begin, so that
truncate_to_committed can cut them off, and only them: a warehouse that was lost never empties the store.
"""

import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from tasks.raw_store import journal, pointers
from tasks.raw_store.staging import StagedRecord, packed, storage_failed
from tasks.raw_store.staging_folder import clear_staging
from tasks.sources.warc_members import Damage, Member
from warehouse.durable import sync_folder

ROTATE_AT: Final = 1024**3  # bytes; the size that WARC 1.1, annex D, recommends
WARCINFO: Final = b"software: broadsheet\r\nformat: WARC File Format 1.1\r\n"
COPY_BYTES: Final = 1024 * 1024

Position = tuple[str, int]  # warc_uri relative to the home folder, and the byte offset of the record in it


class RawStore:
    """The WARC files under home/raw."""

    def __init__(self, home: Path, rotate_at: int = ROTATE_AT) -> None:
        self._home = home
        self._raw = home / "raw"
        self._rotate_at = rotate_at

    def truncate_to_committed(self, positions: Iterable[Position]) -> int:
        """Undo what a crash left: cut uncommitted tails, delete staging files. Gives the bytes cut off.

        `positions` are those in raw.pages; the last one of each file is enough. Files of the user are passed over.
        """
        last: dict[str, int] = {}
        for uri, offset in positions:
            last[uri] = max(offset, last.get(uri, 0))
        cut = sum(self._truncate(uri, start, last.get(uri)) for uri, start in journal.read(self._raw).items())
        journal.clear(self._raw)
        clear_staging(self._home)
        return cut

    def append(self, staged: Path, keep: Sequence[StagedRecord], known: Mapping[str, Position] | None = None) -> dict[str, Position]:
        """Copy the records to keep from a staging file behind those in the store, each digest once, and fsync.

        Gives the position of every digest in `keep`; for one in `known` (what the warehouse has) the one it has.
        Raises StorageFailed, and then the store is as it was.
        """
        positions = {record.digest: known[record.digest] for record in keep if known and record.digest in known}
        fresh = list({record.digest: record for record in reversed(keep) if record.digest not in positions}.values())
        if not fresh:
            return positions
        target = self._current()
        uri, start = f"raw/{target.name}", target.stat().st_size if target.exists() else 0
        try:
            self._raw.mkdir(parents=True, exist_ok=True)
            journal.note(self._raw, uri, start)
            positions.update(_copied(staged, sorted(fresh, key=lambda record: record.start), target, uri, start))
        except OSError as error:
            self.discard_uncommitted()
            raise storage_failed(target, error) from error
        return positions

    def pointer(self, path: str) -> str:
        """How raw.pages names the WARC file at `path`: see tasks.raw_store.pointers. Raises StorageFailed."""
        return pointers.pointer(self._home, path)

    def holds(self, warc_uri: str, offset: int) -> bool:
        """Whether there is something behind `offset` of the file that raw.pages names so."""
        return pointers.holds(self._home, warc_uri, offset)

    def mark_committed(self) -> None:
        """The warehouse has committed what was appended."""
        journal.clear(self._raw)

    def discard_uncommitted(self) -> int:
        """The warehouse or the disk has refused what was appended: cut it off again. Gives the bytes cut off.

        Something has failed already and is what will be told. Where the disk refuses the cut too, the journal keeps its note, and the
        next run cuts.
        """
        try:
            cut = sum(self._truncate(uri, start, None) for uri, start in journal.read(self._raw).items())
            journal.clear(self._raw)
        except OSError:
            return 0
        return cut

    def _truncate(self, uri: str, start: int, last_committed: int | None) -> int:
        """Cut the file back to where the journal says, or to the end of the last committed record behind it."""
        path = self._home / uri
        if not path.exists() or pointers.is_shared(path):  # records behind the last row harm nobody, a cut could
            return 0
        end = start
        if last_committed is not None and last_committed >= start:
            end = _end_of(path, last_committed)
        size = path.stat().st_size
        if end == 0:
            path.unlink()
        elif end < size:
            os.truncate(path, end)
        return max(size - end, 0)

    def _current(self) -> Path:
        """The file to append to: the newest, or the next one when that is full or not ours alone."""
        newest = max(pointers.numbers(self._raw), default=1)
        path = self._raw / f"broadsheet-{newest:06d}.warc.gz"
        if path.exists() and (path.stat().st_size >= self._rotate_at or pointers.is_shared(path)):
            return self._raw / f"broadsheet-{newest + 1:06d}.warc.gz"
        return path


def _end_of(path: Path, offset: int) -> int:
    try:
        with path.open("rb") as file:
            return Member(file, offset).find_end()
    except Damage:  # the row is committed, the bytes are not whole: keep what is there, doctor reports it
        return path.stat().st_size


def _copied(staged: Path, records: list[StagedRecord], target: Path, uri: str, start: int) -> dict[str, Position]:
    positions: dict[str, Position] = {}
    with staged.open("rb") as source, target.open("ab") as warc:
        offset = start
        if start == 0:
            offset += warc.write(packed(warcinfo(target.name)))
        for record in records:
            _copy(source, record, warc)
            positions[record.digest] = (uri, offset)
            offset += record.length
        warc.flush()
        os.fsync(warc.fileno())
    if start == 0:
        sync_folder(target.parent)
    return positions


def _copy(source: BinaryIO, record: StagedRecord, warc: BinaryIO) -> None:
    source.seek(record.start)
    left = record.length
    while left > 0:
        piece = source.read(min(left, COPY_BYTES))
        if not piece:
            raise OSError(f"the staging file ends {left} bytes before the record at {record.start} does")
        warc.write(piece)
        left -= len(piece)


def warcinfo(name: str) -> bytes:
    """The first record of a file of the raw store, which no other file has."""
    head = (
        f"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <{uuid.uuid4().urn}>\r\n"
        f"WARC-Date: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Filename: {name}\r\n"
        f"Content-Type: application/warc-fields\r\nContent-Length: {len(WARCINFO)}\r\n\r\n"
    )
    return head.encode("ascii") + WARCINFO + b"\r\n\r\n"
