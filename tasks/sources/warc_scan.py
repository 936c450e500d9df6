"""The records of a WARC in order: where each page is, and which stretches are damaged. Constant memory."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tasks.sources.media_type import may_be_html
from tasks.sources.unpacked import open_unpacked
from tasks.sources.warc_layout import Damage, Layout, is_blank, layout_of, next_record, record_end

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# What fastwarc, gzip and the operating system raise over broken bytes.
BROKEN: Final = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Span:
    """One record. `skipped` says why it is no page, in a word of reasons.SKIPPED."""

    offset: int
    end: int
    url: str | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One stretch without a readable record."""

    offset: int
    end: int
    reason: str
    detail: str


def scan(path: str, start: int) -> Iterator[Span | Gap]:
    """Every record and every damaged stretch from offset `start` on, in the offsets of the file's layout."""
    layout = layout_of(path)
    position: int | None = start
    while position is not None:
        gap: Gap | None = None
        for found in _scan_until_damage(path, layout, position):
            yield found
            gap = found if isinstance(found, Gap) else None
        resumes = gap is not None and layout is not Layout.STREAM and gap.end < Path(path).stat().st_size
        position = gap.end if gap and resumes else None


def records_from(path: str, layout: Layout, start: int) -> tuple[BinaryIO, ArchiveIterator]:
    """The stream of `path` and its records from `start` on. The caller closes the stream."""
    stream = open_unpacked(path) if layout is Layout.STREAM else Path(path).open("rb")  # noqa: SIM115
    stream.seek(start)
    return stream, ArchiveIterator(stream, parse_http=True, stream_detect=layout is not Layout.STREAM)


def url_of(record: WarcRecord) -> str | None:
    """WARC-Target-URI; WARC 1.0 had it in angle brackets, and wget still writes it so."""
    return (record.headers.get("WARC-Target-URI") or "").strip().strip("<>") or None


def _scan_until_damage(path: str, layout: Layout, start: int) -> Iterator[Span | Gap]:
    """The records from `start`; the last thing yielded is a Gap if damage stopped it."""
    stream, records = records_from(path, layout, start)
    ready: Span | None = None  # complete, but its end is known only when the next one begins
    inside: int | None = None  # a record that has begun and is not complete
    trouble: Exception | None = None
    with stream:
        try:
            for record in records:
                inside = record.stream_pos
                if ready:
                    yield _ended(ready, inside)
                    ready = None
                span = Span(inside, inside, url_of(record), _why_skipped(record))
                if not _is_whole(record):
                    trouble = Damage(f"the record at {inside} is shorter than its Content-Length", truncated=True)
                    break
                ready, inside = span, None
        except BROKEN as error:
            trouble = error
        end = stream.tell() if layout is Layout.STREAM else Path(path).stat().st_size
    if layout is Layout.STREAM:
        yield from _end_of_stream(ready, inside, start, end, trouble)
    else:
        yield from _end_of_file(path, layout, ready, inside, start, trouble)


def _end_of_stream(
    ready: Span | None, inside: int | None, start: int, end: int, trouble: Exception | None
) -> Iterator[Span | Gap]:
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
    path: str, layout: Layout, ready: Span | None, inside: int | None, start: int, trouble: Exception | None
) -> Iterator[Span | Gap]:
    """After the last record that could be read: is that the end, or damage, and where does it go on?"""
    broken_at = start if inside is None else inside
    if ready:
        try:
            broken_at = record_end(path, layout, ready.offset)
            yield _ended(ready, broken_at)
        except Damage as damage:
            broken_at, trouble = ready.offset, damage
    if inside is None and is_blank(path, broken_at):
        return  # padding, whatever fastwarc says about it
    try:
        record_end(path, layout, broken_at)
        cut = False
    except Damage as damage:
        trouble, cut = trouble or damage, damage.truncated
    following = next_record(path, layout, broken_at + 1)
    size = Path(path).stat().st_size
    reason = "warc_truncated" if cut and following is None else "warc_corrupt"
    end = size if following is None else following
    yield Gap(broken_at, end, reason, f"no readable record from {broken_at} to {end} of {size}: {trouble}")


def _ended(span: Span, end: int) -> Span | Gap:
    if end <= span.offset:
        advice = "recompress the file with one member per record"
        return Gap(span.offset, span.offset, "warc_mixed_members", f"{span.url} cannot be addressed; {advice}")
    return replace(span, end=end)


def _is_whole(record: WarcRecord) -> bool:
    expected = record.content_length
    record.consume()
    return record.reader is not None and record.reader.tell() >= expected


def _why_skipped(record: WarcRecord) -> str | None:
    """None for a page: a response or resource that is or may be HTML, or a conversion to text."""
    if record.record_type == WarcRecordType.conversion:
        return None
    if record.record_type == WarcRecordType.resource:
        return None if may_be_html(record.headers.get("Content-Type")) else "not_html"
    if record.record_type != WarcRecordType.response:
        return "warc_record"
    if not record.is_http:
        return "not_html"
    if record.http_headers is not None and record.http_headers.status_code in REDIRECTS:
        return "redirect"
    return None if may_be_html(record.http_content_type) else "not_html"
