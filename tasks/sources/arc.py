"""ARC: what the Internet Archive wrote before WARC. A line of URL, IP, date, type and length, then the response of that length.

archive.org/web/researcher/ArcFileFormat.php. Offsets count bytes of the unpacked file: ARC files are closed near 100 MB.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecord

from tasks.sources.page import PageUnreadable
from tasks.sources.unpacked import BROKEN, head_of, open_unpacked, reading_on
from tasks.sources.warc_members import MAX_HEADER
from tasks.sources.warc_record import why_no_page
from tasks.sources.warc_scan import Gap, Scanned, ScannedRecord

# Version 2 has five more columns between type and length; a URL may have blanks.
_HEADER: Final = re.compile(
    rb"(?P<url>[a-zA-Z][\w+.-]*:\S.*?) (?P<ip>[\w.:-]+) (?P<date>\d{8,17}) (?P<type>\S*)(?: .*)? (?P<length>\d{1,15})\s*"
)
_OPENING: Final = b"filedesc://"


@dataclass(frozen=True, slots=True)
class _Header:
    """The line of one record: its block is `length` bytes long. `before` are the bytes passed until the line was found."""

    url: bytes
    date: bytes
    media_type: bytes
    before: int
    lead: int  # `before` and the line itself
    length: int
    is_behind_damage: bool  # not only blank lines were passed

    def as_warc(self, block: bytes) -> WarcRecord:
        """The record as a WARC has it; of `block` the first bytes are enough."""
        is_web = self.url[:4].lower() == b"http"
        content_type = b"application/http; msgtype=response" if is_web else self.media_type
        head = b"WARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n" % (
            b"response" if is_web else b"resource", self.url, self.date, content_type, self.length,
        )  # fmt: skip
        return next(iter(ArchiveIterator(io.BytesIO(b"WARC/1.0\r\n" + head + b"\r\n" + block), parse_http=False, stream_detect=False)))


def opens_an_arc(head: bytes) -> bool:
    """Whether these bytes, unpacked, are the first of an ARC file."""
    return head.startswith(_OPENING)


@lru_cache(maxsize=64)
def is_arc(path: str) -> bool:
    """Whether the file is an ARC, by its first bytes, or by its name where it does not begin as a WARC does."""
    try:
        return opens_an_arc(head_of(path))
    except OSError:  # whoever reads the file next says what is wrong with it
        return False


def scan(path: str, start: int) -> Iterator[Scanned]:
    """Every record and every damaged part from offset `start` on."""
    offset, is_opening = start, start == 0
    with open_unpacked(path) as file:
        try:
            file.seek(start)
            while isinstance(header := _next_header(file), _Header):
                if header.is_behind_damage and not is_opening:
                    found = offset + header.before
                    yield Gap(offset, found, "warc_corrupt", f"{path}: no readable record from {offset} to {found}")
                    offset, header = found, replace(header, before=0, lead=header.lead - header.before)
                is_opening = header.url.startswith(_OPENING)  # what follows is text, and many writers got its length wrong
                length = 0 if is_opening else header.length
                block = file.read(min(length, MAX_HEADER))
                end = offset + header.lead + length
                if len(block) < min(length, MAX_HEADER) or file.seek(end) < end:
                    raise EOFError(f"the record at {offset} should end at {end}")
                no_page = "warc_record" if is_opening else why_no_page(header.as_warc(block), block)
                yield ScannedRecord(offset, end, header.url.decode("utf-8", "replace"), no_page)
                offset = end
            if header and not is_opening:
                yield Gap(offset, _size(path, offset), "warc_corrupt", f"{path}: no ARC record from {offset} to the end")
        except BROKEN as error:
            reason = "warc_truncated" if isinstance(error, EOFError) else "warc_corrupt"
            yield Gap(offset, _size(path, offset), reason, f"{path}: {error}; records before {offset} are read")


def record_at(path: str, offset: int, max_bytes: int) -> tuple[WarcRecord, bytes]:
    """The record at `offset` as a WARC has it, with its block. Raises PageUnreadable."""
    try:
        file = reading_on(path)
        file.seek(offset)
        header = _next_header(file)
        if not isinstance(header, _Header):
            raise PageUnreadable("warc_corrupt", f"{path}: expected an ARC record at {offset}, found none")
        if header.length > max_bytes:
            raise PageUnreadable("input_too_large", f"{path} at {offset}: {header.length} bytes, at most {max_bytes} are read")
        block = file.read(header.length)
    except BROKEN as error:
        raise PageUnreadable("warc_corrupt", f"{path}: no record at {offset}: {error}") from error
    return header.as_warc(block), block


def _next_header(file: BinaryIO) -> _Header | bool:
    """The next line of a record; where there is none, whether something else than blank lines was left."""
    passed, is_behind_damage = 0, False
    while line := file.readline(MAX_HEADER):
        if found := _HEADER.fullmatch(line):
            lead = passed + len(line)
            return _Header(found["url"], found["date"], found["type"], passed, lead, int(found["length"]), is_behind_damage)
        passed += len(line)
        is_behind_damage = is_behind_damage or bool(line.strip())
    return is_behind_damage


def _size(path: str, offset: int) -> int:
    """Where a part that cannot be read ends: behind the file's own size, so that no later stretch begins in it."""
    return max(Path(path).stat().st_size, offset + 1)
