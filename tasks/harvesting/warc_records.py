"""Requests and answers as WARC 1.1 records.

Bodies are kept unpacked, as in our raw store, so that WARC-Payload-Digest, raw.pages.digest and ops.fetches.digest are one and
the same. The headers that spoke of the packing keep their values under X-Archive-Orig-*, as crawlers of browsers write them.
"""

import io
import uuid
from collections.abc import Iterator

from fastwarc.warc import WarcRecord, WarcRecordType

from tasks.harvesting.fetching import HttpAnswer
from tasks.raw_store.records import MOST_HEADER_CHARS
from tasks.raw_store.staging import packed
from tasks.sources.http_message import Headers
from warehouse.version import VERSION

PACKING = frozenset({"content-encoding", "transfer-encoding", "content-length"})
REVISITS = "http://netpreserve.org/warc/1.1/revisit/"
NOT_MODIFIED, SAME_PAYLOAD = f"{REVISITS}server-not-modified", f"{REVISITS}identical-payload-digest"


def info_record(name: str, user_agent: str) -> bytes:
    """The warcinfo that a file begins with."""
    said = {"software": f"broadsheet/{VERSION}", "format": "WARC File Format 1.1", "robots": "obey", "http-header-user-agent": user_agent}
    block = "".join(f"{key}: {value}\r\n" for key, value in said.items()).encode()
    return _record(WarcRecordType.warcinfo, block, {"WARC-Filename": name, "Content-Type": "application/warc-fields"})


def exchange_records(answer: HttpAnswer, body: bytes, digest: str | None, revisit: str | None = None) -> Iterator[bytes]:
    """The answer, packed, then its request. `revisit`: the profile of a body that is known, and is not written again."""
    answered = f"<{uuid.uuid4().urn}>"
    when = answer.asked_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    about = {"WARC-Date": when, "WARC-Target-URI": answer.url} | ({"WARC-IP-Address": answer.address} if answer.address else {})
    told = {"WARC-Payload-Digest": digest} if digest else {}
    if revisit:
        told |= {"WARC-Profile": revisit, "WARC-Refers-To-Target-URI": answer.url}
    kind = WarcRecordType.revisit if revisit else WarcRecordType.response
    status = f"HTTP/1.1 {answer.status} {answer.phrase}".rstrip() + "\r\n"
    block = status.encode("latin-1", "replace") + _lines(_kept(answer.headers, len(body))) + b"\r\n" + (b"" if revisit else body)
    yield _record(kind, block, about | told | {"WARC-Record-ID": answered, "Content-Type": "application/http; msgtype=response"})
    path = answer.url.split("/", 3)[-1]
    asked = f"GET /{path} HTTP/1.1\r\n".encode() + _lines(answer.sent) + b"\r\n"
    links = {"WARC-Concurrent-To": answered, "Content-Type": "application/http; msgtype=request"}
    yield _record(WarcRecordType.request, asked, about | links)


def _record(kind: WarcRecordType, block: bytes, fields: dict[str, str]) -> bytes:
    """One gzip member."""
    record = WarcRecord()
    record.init_headers(kind, uuid.uuid4().urn.removeprefix("urn:").encode())
    for name, value in fields.items():
        record.headers[name] = value
    record.set_bytes_content(block)
    stream = io.BytesIO()
    record.write(stream)
    return packed(stream.getvalue())


def _kept(headers: Headers, length: int) -> Headers:
    """Headers of a body that is unpacked; those of servers that never end are cut, as no reader would take them."""
    kept: list[tuple[str, str]] = []
    room = MOST_HEADER_CHARS
    for name, value in headers:
        room -= len(name) + len(value) + 4
        if room > 0:
            kept.append((f"X-Archive-Orig-{name}" if name.lower() in PACKING else name, value))
    return (*kept, ("Content-Length", str(length)))


def _lines(headers: Headers) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1", "replace")
