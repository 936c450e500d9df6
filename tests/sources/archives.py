"""WARC records written by hand, so that tests can also write broken ones."""

import gzip

PAGE = b"<html><body><p>A page of the archive.</p></body></html>"


def record(block: bytes, kind: str = "resource", content_type: str = "text/html", **fields: str) -> bytes:
    """One WARC record; `fields` override or add header fields, underscores standing for hyphens."""
    header = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:6a1f0a3e-0000-4000-8000-000000000000>",
        "WARC-Date": "2024-05-06T07:08:09Z",
        "WARC-Target-URI": "https://example.org/a",
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in header.items() if value)
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(body: bytes, *headers: str, status: str = "200 OK", **fields: str) -> bytes:
    """A response record; an HTML page unless `headers` say otherwise."""
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",))]
    head = "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"
    return record(head + body, "response", "application/http; msgtype=response", **fields)


def numbered(count: int) -> list[bytes]:
    """Different pages, as records with the addresses https://example.org/0, /1, …"""
    return [
        response(b"<p>page %d</p>" % number + bytes(range(32, 127)) * (number + 1), WARC_Target_URI=f"https://example.org/{number}")
        for number in range(count)
    ]


def members(records: list[bytes]) -> bytes:
    """One gzip member per record, as crawlers write."""
    return b"".join(map(gzip.compress, records))
