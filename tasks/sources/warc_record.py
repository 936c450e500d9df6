"""What a WARC record holds: the response of a server, a file of its own, or something that is no page."""

from typing import Final

from fastwarc.warc import WarcRecord, WarcRecordType

from tasks.sources.http_message import Response, opens_a_response, split_response
from tasks.sources.http_payload import opening_of
from tasks.sources.media_type import may_be_html

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


def url_of(record: WarcRecord) -> str | None:
    """WARC-Target-URI; WARC 1.0 had it in angle brackets, and wget still writes it so."""
    return (record.headers.get("WARC-Target-URI") or "").strip().strip("<>") or None


def response_of(record: WarcRecord, block: bytes) -> Response:
    """The block taken apart, of which the first bytes are enough; one without HTTP headers has that of the record."""
    declared = record.headers.get("Content-Type")
    if record.record_type == WarcRecordType.response and opens_a_response(block):
        return split_response(block)
    if "application/http" in (declared or "").lower():
        return Response(None, (), block)  # the crawler has lost the headers of the server
    return Response(None, (("Content-Type", declared),) if declared else (), block)


def why_no_page(record: WarcRecord, block: bytes) -> str | None:
    """None for a page: a response or resource that is or may be HTML, or a conversion to text; else a word of reasons.PASSED_OVER."""
    if record.record_type == WarcRecordType.conversion:
        return None
    if record.record_type == WarcRecordType.revisit:
        return "revisit"
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return "warc_record"
    response = response_of(record, block)
    if response.status in REDIRECTS:
        return "redirect"
    identified = record.headers.get("WARC-Identified-Payload-Type")
    return None if may_be_html(response.header("content-type"), identified, opening_of(response)) else "not_html"
