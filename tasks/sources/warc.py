"""warc: captures as crawlers archive them: responses and resources, conversions to text (WET), WARCs in a WACZ, and ARC."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tasks.sources import arc, columns
from tasks.sources.binary import refuse_binary
from tasks.sources.file_bytes import mtime_ns_of, refusals
from tasks.sources.http_message import Response, parse_http_date
from tasks.sources.http_payload import unpack_payload
from tasks.sources.media_type import charset_of, http_status, media_type_of
from tasks.sources.observed import from_mtime_ns, parse_instant, plausible
from tasks.sources.page import InputFile, Page, PageRef, PageUnreadable, Tally, Unreadable
from tasks.sources.unpacked import BROKEN
from tasks.sources.warc_archive import Archive, Layout, archive_at, archives_of, records_from
from tasks.sources.warc_layout import opens_a_warc
from tasks.sources.warc_members import Damage
from tasks.sources.warc_record import response_of, url_of
from tasks.sources.warc_scan import Gap, Scanned, scan

KIND: Final = "warc"
SUFFIXES: Final = (".warc", ".wacz", ".arc")
_held = threading.local()  # the open stream of a file without random access, and where its next record begins


def recognises(name: str, head: bytes) -> bool:
    """By its name or by its first record; WET files have other names and belong to text_extract."""
    return not name.endswith(".wet") and (name.endswith(SUFFIXES) or opens_a_warc(head) or arc.opens_an_arc(head))


def plan(file: InputFile, start: int = 0, passed_over: Tally | None = None) -> Iterator[PageRef | Unreadable]:
    """The records that are or may be pages; the others are counted. Damage costs the records it covers, no others."""
    path = file.path
    counts = Tally() if passed_over is None else passed_over
    if file.size == 0:
        whole = PageRef(file.kind, path, file.uri)
        yield Unreadable(whole, "empty_file", f"{path}: expected WARC records, found 0 bytes")
        return
    try:
        for found in arc.scan(path, start) if arc.is_arc(path) else _scan_all(path, start):
            if isinstance(found, Gap):
                ref = PageRef(file.kind, path, file.uri, offset=found.offset, end=found.end)
                yield Unreadable(ref, found.reason, found.detail)
            elif found.why_no_page:
                counts[found.why_no_page] += 1
            else:
                yield PageRef(file.kind, path, file.uri, offset=found.offset, end=found.end, url=found.url)
    except Damage as damage:
        yield Unreadable(PageRef(file.kind, path, file.uri, end=file.size), "warc_corrupt", f"{path}: {damage}")


def _scan_all(path: str, start: int) -> Iterator[Scanned]:
    archives = archives_of(path)
    if not archives:
        raise Damage("expected a WARC in the zip, found none", truncated=False)
    for archive in archives:
        if archive.is_whole or archive.end > start:
            yield from scan(archive, start)


def read(ref: PageRef, max_bytes: int) -> Page:
    """The capture as the browser saw it: HTTP packing undone. Raises PageUnreadable with a reason of REASONS."""
    if arc.is_arc(ref.path):
        with refusals(ref.path):
            return _page_of(*arc.record_at(ref.path, ref.offset, max_bytes), ref, max_bytes)
    with refusals(ref.path), record_at(ref.path, ref.offset) as record:
        return page_of_record(record, ref, max_bytes)


def is_addressable(path: str) -> bool:
    """Whether readers of WARC find the records of the file where `offset` says: not those of an ARC."""
    return not arc.is_arc(path)


@contextmanager
def record_at(path: str, offset: int) -> Iterator[WarcRecord]:
    """The record at `offset`. Reading on in a file needs no second pass over what came before. Raises PageUnreadable."""
    try:
        archive = archive_at(path, offset)
    except Damage as damage:
        raise PageUnreadable("warc_corrupt", f"{path}: {damage}") from damage
    if archive.layout is Layout.STREAM:
        yield _next_in_stream(archive, offset)
        return
    stream, records = records_from(archive, offset)
    with stream:
        yield _first(records, path, offset)


def _next_in_stream(archive: Archive, offset: int) -> WarcRecord:
    """Read on from where the last call stopped; only going back, or to another file, begins anew."""
    path = archive.path
    held: tuple[str, int, BinaryIO, ArchiveIterator] | None = getattr(_held, "stream", None)
    _held.stream = None
    if held is None or held[0] != path or held[1] >= offset:
        if held is not None:
            held[2].close()
        try:
            held = (path, -1, *records_from(archive, offset))
        except BROKEN as error:
            raise PageUnreadable("warc_corrupt", f"{path}: {offset} cannot be reached: {error}") from error
    _path, _last, stream, records = held
    record = _first(records, path, offset)
    while record.stream_pos < offset:
        record = _first(records, path, offset)
    _held.stream = (path, offset, stream, records)
    return record


def _first(records: ArchiveIterator, path: str, offset: int) -> WarcRecord:
    try:
        record = next(iter(records), None)
    except BROKEN as error:
        raise PageUnreadable("warc_corrupt", f"{path}: no record at {offset}: {error}") from error
    if record is None:
        raise PageUnreadable("warc_corrupt", f"{path}: expected a record at {offset}, the file ends before")
    return record


def page_of_record(record: WarcRecord, ref: PageRef, max_bytes: int) -> Page:
    """The page in a record that stands at its beginning. Raises PageUnreadable."""
    name = f"{ref.path} at {ref.offset}"
    if record.content_length > max_bytes:
        raise PageUnreadable("input_too_large", f"{name}: {record.content_length} bytes, at most {max_bytes} are read")
    try:
        block = record.reader.read() if record.reader is not None else b""
    except BROKEN as error:
        raise PageUnreadable("warc_corrupt", f"{name}: {error}") from error
    return _page_of(record, block, ref, max_bytes)


def _page_of(record: WarcRecord, block: bytes, ref: PageRef, max_bytes: int) -> Page:
    is_text = record.record_type == WarcRecordType.conversion
    response = response_of(record, block)
    body = _body_of(response, f"{ref.path} at {ref.offset}", max_bytes)
    content_type = response.header("content-type")
    observed_at, observed_source = _observed(record, response, ref.path)
    url = url_of(record)
    return Page(
        ref=ref,
        body=body,
        url=url,
        url_source="warc" if url else None,
        observed_at=observed_at,
        observed_source=observed_source,
        is_text=is_text,
        media_type=media_type_of(content_type),
        http_status=http_status(response.status),
        http_charset=charset_of(content_type),
        headers=response.headers if response.status is not None else (),
        columns=columns.of_header(record.headers.get(columns.COLUMNS_FIELD)),
    )


def _body_of(response: Response, name: str, max_bytes: int) -> bytes:
    body = unpack_payload(response, max_bytes) if response.status is not None else response.body
    if not body.strip():
        raise PageUnreadable("no_payload", f"{name}: the record has no body")
    refuse_binary(body, name)
    return body


def _observed(record: WarcRecord, response: Response, path: str) -> tuple[datetime, str]:
    """WARC-Date, else the server's own Date, else the time of the file."""
    written = plausible(record.record_date) or parse_instant(record.headers.get("WARC-Date"))
    if written:
        return written, "warc"
    served = parse_http_date(response.header("date"))
    return (served, "header") if served else (from_mtime_ns(mtime_ns_of(path)), "mtime")
