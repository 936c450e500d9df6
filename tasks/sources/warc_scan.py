"""The records of an archive in order: where each page is, and which parts are damaged. Constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastwarc.warc import WarcRecord

from tasks.sources.unpacked import BROKEN
from tasks.sources.warc_archive import Archive, Layout, records_from
from tasks.sources.warc_layout import has_bare_line_ends, is_blank, next_record, record_end
from tasks.sources.warc_members import MAX_HEADER, Damage
from tasks.sources.warc_record import url_of, why_no_page


@dataclass(frozen=True, slots=True)
class ScannedRecord:
    """One record. `why_no_page` says why it is no page, in a word of reasons.PASSED_OVER."""

    offset: int
    end: int
    url: str | None = None
    why_no_page: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One part without a readable record."""

    offset: int
    end: int
    reason: str
    detail: str


Scanned = ScannedRecord | Gap


def scan(archive: Archive, start: int) -> Iterator[Scanned]:
    """Every record and every damaged part from offset `start` on, in the offsets of the archive's layout."""
    position = max(start, archive.start)
    if archive.layout is Layout.HIDDEN:
        advice = "store WARCs in the zip as they are (zip -0), with one gzip member per record"
        detail = f"{archive.path}: the WARC at {archive.start} is {archive.layout.value}; {advice}"
        yield Gap(archive.start, archive.end, "warc_packed_twice", detail)
        return
    refused: int | None = None  # where even lenient reading found no record
    while True:
        is_alone = archive.layout is Layout.FRAMES or has_bare_line_ends(archive, position)
        if position != refused and is_alone:
            if archive.layout is Layout.STREAM:
                yield from _scan_until_damage(archive, position, is_lenient=True)
                return
            if one := _one_record(archive, position):
                yield from one
                position = one[0].end
                if position >= archive.end:
                    return
                continue
            refused = position
        gap = None
        for found in _scan_until_damage(archive, position):
            gap = found if isinstance(found, Gap) else None
            if gap and gap.offset != refused and has_bare_line_ends(archive, gap.offset):
                gap = replace(gap, end=gap.offset)  # no damage
            else:
                yield found
        if gap is None or gap.end >= archive.end or (archive.layout is Layout.STREAM and gap.end > gap.offset):
            return
        position = gap.end


def _one_record(archive: Archive, offset: int) -> list[Scanned]:
    """The record at `offset`, in a frame of its own or with header lines that end with LF; empty where it is no whole one."""
    stream, records = records_from(archive, offset)
    with stream:
        try:
            for record in records:
                scanned = _scanned(record, offset, record_end(archive, offset))
                if not _is_whole(record):
                    break
                is_mixed = archive.layout is Layout.FRAMES and next(iter(records), None) is not None
                return [scanned, _mixed(scanned.end, "a record behind that of " + str(scanned.url))] if is_mixed else [scanned]
        except (*BROKEN, Damage):
            pass  # _scan_until_damage says what is wrong and where it ends
    return []


def _scan_until_damage(archive: Archive, start: int, *, is_lenient: bool = False) -> Iterator[Scanned]:
    """The records from `start`; the last thing yielded is a Gap if damage stopped it. Lenient reading passes over damage."""
    stream, records = records_from(archive, start, is_lenient=is_lenient)
    ready: ScannedRecord | None = None  # complete, but its end is known only when the next one begins
    inside: int | None = None  # a record that has begun and is not complete
    trouble: Exception | None = None
    with stream:
        try:
            for record in records:
                inside = start if archive.layout is Layout.FRAMES else record.stream_pos
                if ready:
                    yield _ended(ready, inside)
                    ready = None
                scanned = _scanned(record, inside, inside)
                if not is_lenient and _is_garbled(record) and has_bare_line_ends(archive, inside):
                    trouble = Damage(f"header lines of the record at {inside} end with LF", truncated=False)
                    break
                if not _is_whole(record):
                    trouble = Damage(f"the record at {inside} is shorter than its Content-Length", truncated=True)
                    break
                ready, inside = scanned, None
        except (*BROKEN, Damage) as error:
            trouble = error
        end = stream.tell() if archive.layout is Layout.STREAM else archive.end
    if archive.layout is Layout.STREAM:
        yield from _end_of_stream(ready, inside, start, end, trouble)
    else:
        yield from _end_of_file(archive, ready, inside, start, trouble)


def _end_of_stream(ready: ScannedRecord | None, inside: int | None, start: int, end: int, trouble: Exception | None) -> Iterator[Scanned]:
    """After the last record of an unpacked stream: nothing behind damage can be found again."""
    if ready:
        yield _ended(ready, end)
    if trouble:
        cut = isinstance(trouble, EOFError) or (isinstance(trouble, Damage) and trouble.truncated)
        reason = "warc_truncated" if cut else "warc_corrupt"
        at = inside if inside is not None else (end if ready else start)
        detail = f"{trouble}; no record behind it can be found in this gzip member"
        yield Gap(at, max(end, at + 1), reason, detail)


def _end_of_file(
    archive: Archive, ready: ScannedRecord | None, inside: int | None, start: int, trouble: Exception | None
) -> Iterator[Scanned]:
    """After the last record that could be read: is that the end, or damage, and where does it go on?"""
    broken_at = start if inside is None else inside
    if ready:
        try:
            broken_at = record_end(archive, ready.offset)
            yield _ended(ready, broken_at)
        except Damage as damage:
            broken_at, trouble = ready.offset, damage
    if inside is None and is_blank(archive, broken_at):
        return  # padding, whatever fastwarc says about it
    try:
        record_end(archive, broken_at)
        cut = False
    except Damage as damage:
        trouble, cut = trouble or damage, damage.truncated
    following = next_record(archive, broken_at + 1)
    reason = "warc_truncated" if cut and following is None else "warc_corrupt"
    end = archive.end if following is None else following
    yield Gap(broken_at, end, reason, f"no readable record from {broken_at} to {end} of {archive.end}: {trouble}")


def _ended(record: ScannedRecord, end: int) -> Scanned:
    return replace(record, end=end) if end > record.offset else _mixed(record.offset, str(record.url))


def _mixed(offset: int, what: str) -> Gap:
    advice = "recompress the file with one member per record"
    return Gap(offset, offset, "warc_mixed_members", f"{what} cannot be addressed; {advice}")


def _scanned(record: WarcRecord, offset: int, end: int) -> ScannedRecord:
    block = record.reader.read(MAX_HEADER) if record.reader is not None else b""
    return ScannedRecord(offset, end, url_of(record), why_no_page(record, block))


def _is_garbled(record: WarcRecord) -> bool:
    """Whether strict reading has taken several lines for one header."""
    return any("\n" in value for value in record.headers.values())


def _is_whole(record: WarcRecord) -> bool:
    expected = record.content_length
    record.consume()
    return record.reader is not None and record.reader.tell() >= expected
