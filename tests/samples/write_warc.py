"""Writes samples/crawl.warc.gz from the pages beside this file: `python -m tests.samples.write_warc`.

Grain: one gzip member per record, in the order of RECORDS. The same sources give the same bytes: record ids come from
the URL and the record's type, dates are fixed, and gzip members carry no time.
"""

import hashlib
import sys
import uuid
from base64 import b32encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "samples" / "crawl.warc.gz"
SOFTWARE = b"software: broadsheet samples\r\nformat: WARC File Format 1.1\r\n"
PIXEL = bytes.fromhex(  # the smallest GIF: one transparent pixel
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


@dataclass(frozen=True)
class Response:
    """One HTTP response as a crawler kept it."""

    url: str
    date: str  # WARC-Date, UTC
    status: str
    media_type: str
    payload: bytes
    more: str = ""  # further HTTP header lines, each ended by CRLF

    def block(self) -> bytes:
        head = f"HTTP/1.1 {self.status}\r\nContent-Type: {self.media_type}\r\n{self.more}Content-Length: {len(self.payload)}\r\n"
        return head.encode() + b"\r\n" + self.payload


def page(name: str) -> bytes:
    return (HERE / "warc" / name).read_bytes()


POST = "https://www.larkfieldpost.example"
HTML = "text/html; charset=utf-8"
RECORDS = (
    Response(f"{POST}/", "2026-10-12T05:00:01Z", "200 OK", HTML, page("front.html")),
    Response(f"{POST}/story/2988", "2026-10-12T05:00:04Z", "200 OK", HTML, page("creek.html")),
    Response(f"{POST}/story/1187", "2026-10-12T05:00:07Z", "404 Not Found", HTML, page("missing.html")),
    Response(f"{POST}/news/2988", "2026-10-12T05:00:09Z", "301 Moved Permanently", "text/html", b"", f"Location: {POST}/story/2988\r\n"),
    Response(f"{POST}/pixel.gif", "2026-10-12T05:00:10Z", "200 OK", "image/gif", PIXEL),
    Response("https://www.manara-sahel.example/culture/nol-khashabi", "2026-10-12T05:00:15Z", "200 OK", HTML, page("nol.html")),
)  # fmt: skip


def sha1(data: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def record_of(kind: WarcRecordType, name: str, date: str, block: bytes) -> WarcRecord:
    """A record with its block; `name` is the URL it is about, and with the kind decides the record's id."""
    record = WarcRecord()
    record.init_headers(kind, f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {name}')}".encode())
    record.headers["WARC-Date"] = date
    record.headers["WARC-Block-Digest"] = sha1(block)
    record.set_bytes_content(block)
    return record


def response_record(response: Response) -> WarcRecord:
    record = record_of(WarcRecordType.response, response.url, response.date, response.block())
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.headers["WARC-Target-URI"] = response.url
    record.headers["WARC-Payload-Digest"] = sha1(response.payload)
    return record


def request_record(response: Response) -> WarcRecord:
    path = "/" + response.url.split("/", 3)[3]
    block = f"GET {path} HTTP/1.1\r\nHost: {response.url.split('/')[2]}\r\nUser-Agent: sample\r\n\r\n".encode()
    record = record_of(WarcRecordType.request, response.url, response.date, block)
    record.headers["Content-Type"] = "application/http; msgtype=request"
    record.headers["WARC-Target-URI"] = response.url
    return record


def warc_bytes() -> bytes:
    """The whole file: a warcinfo record, then request and response of every capture."""
    info = record_of(WarcRecordType.warcinfo, "samples", RECORDS[0].date, SOFTWARE)
    info.headers["Content-Type"] = "application/warc-fields"
    records = [info]
    for response in RECORDS:
        records += [request_record(response), response_record(response)]
    buffer = BytesIO()
    writer = GzipWriter(buffer)
    for record in records:
        record.write(writer)
        writer.finish()  # after each record, or the file becomes one member without random access
    return buffer.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(warc_bytes())
    sys.stdout.write(f"{TARGET.relative_to(HERE.parents[1])}: {TARGET.stat().st_size} bytes\n")
