"""A page as a WARC record of our own, and the record as the page again, byte for byte.

A page with its HTTP status is written as `response`, HTML without one as `resource`, text as `conversion`. What WARC
has no field for stands in fields named Broadsheet-*, which other readers pass over (WARC 1.1, section 5: named fields
outside the standard are allowed).
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from tasks.sources.columns import COLUMNS_FIELD, header_of
from tasks.sources.page import Page

# The body is kept unpacked, so these no longer describe it.
PACKING: Final = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
URL_CHARACTERS: Final = "!#$%&'()*+,-./:;=?@[]_~"
UNKNOWN_TYPE: Final = "application/octet-stream"
MOST_HEADER_CHARS: Final = 30_000  # FastWARC 2.0.1 reads no record whose fields have more than 32 kB
# What says where a page was captured. Any other URL was found on the page, or made of its file's name, and will be again.
STATED: Final = frozenset({"sidecar", "warc", "table"})
STATUS_TEXT: Final = "Kept"  # the reason phrase is free text, and sources give none


def record_of(page: Page, url: str, url_source: str | None, digest: str) -> bytes:
    """One whole WARC/1.1 record, not yet compressed; `digest` is the page's, which takes time to compute."""
    kind = "conversion" if page.is_text else "resource" if page.http_status is None else "response"
    head = _http_head(page) if kind == "response" else b""
    block_length = len(head) + len(page.body)
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{digest} {url}').urn}>",
        "WARC-Date": page.observed_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "WARC-Target-URI": _escaped(url),
        "WARC-Payload-Digest": digest,
        "Content-Type": "application/http; msgtype=response" if head else _content_type(page),
        "Content-Length": str(block_length),
        **_own_fields(page, url, url_source, is_http=bool(head)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in _that_fit(fields).items())
    return b"".join((b"WARC/1.1\r\n", lines.encode("ascii"), b"\r\n", head, page.body, b"\r\n\r\n"))


def restored(page: Page, fields: Mapping[str, str]) -> Page:
    """`page` as read from the record with these WARC header fields, as its source first gave it: Broadsheet-* fields say how."""
    source = {name.lower(): value for name, value in fields.items() if name.lower().startswith("broadsheet-")}
    if "broadsheet-source-kind" not in source:
        return page
    ref = replace(
        page.ref,
        kind=source["broadsheet-source-kind"],
        uri=unquote(source.get("broadsheet-source-uri", page.ref.uri)),
        offset=int(source.get("broadsheet-source-offset", "0")),
        charset=_unquoted(source, "broadsheet-charset"),
    )
    headers = parse_qsl(source.get("broadsheet-http-headers", ""), keep_blank_values=True)
    url_source = source.get("broadsheet-url-source")
    is_stated = url_source in STATED
    return replace(
        page,
        ref=ref,
        url=(_unquoted(source, "broadsheet-url") or page.url) if is_stated else None,
        url_source=url_source if is_stated else None,
        observed_source=source.get("broadsheet-observed-source", page.observed_source),
        media_type=None if page.media_type == UNKNOWN_TYPE else page.media_type,
        http_charset=_unquoted(source, "broadsheet-http-charset"),
        headers=tuple(headers) or page.headers,
    )


def _that_fit(fields: dict[str, str]) -> dict[str, str]:
    """The fields without the longest of our own where all would be more than a reader takes: the page is worth more than its headers."""
    own = sorted((name for name in fields if name.startswith("Broadsheet-")), key=lambda name: len(fields[name]))
    while own and sum(len(name) + len(value) for name, value in fields.items()) > MOST_HEADER_CHARS:
        left_out = own.pop()
        fields = {name: value for name, value in fields.items() if name != left_out}
    return fields


def _own_fields(page: Page, url: str, url_source: str | None, *, is_http: bool) -> dict[str, str]:
    told = url_source or page.url_source
    fields = {
        "Broadsheet-Source-Kind": page.ref.kind,
        "Broadsheet-Source-URI": quote(page.ref.uri, errors="replace"),
        "Broadsheet-Source-Offset": str(page.ref.offset),
        "Broadsheet-Observed-Source": page.observed_source,
        "Broadsheet-URL-Source": told or "",
        "Broadsheet-URL": "" if _escaped(url) == url else quote(url, safe="", errors="replace"),
        "Broadsheet-Charset": quote(page.ref.charset or "", errors="replace"),
        "Broadsheet-HTTP-Charset": quote(page.http_charset or "", errors="replace"),
        "Broadsheet-HTTP-Headers": "" if is_http else urlencode(page.headers, errors="replace"),
        COLUMNS_FIELD: header_of(page.columns),
    }
    return {name: value for name, value in fields.items() if value}


def _http_head(page: Page) -> bytes:
    headers = [(name, value) for name, value in page.headers if name.lower() not in PACKING]
    if page.media_type and not any(name.lower() == "content-type" for name, _value in headers):
        headers.append(("Content-Type", page.media_type))
    headers.append(("Content-Length", str(len(page.body))))
    lines = [f"HTTP/1.1 {page.http_status} {STATUS_TEXT}", *(f"{name}: {value}" for name, value in headers)]
    return "".join(" ".join(line.splitlines()) + "\r\n" for line in lines).encode("utf-8", "replace") + b"\r\n"


def _content_type(page: Page) -> str:
    media_type = quote(page.media_type or UNKNOWN_TYPE, safe="/+.-")
    return f"{media_type}; charset={quote(page.http_charset)}" if page.http_charset else media_type


def _escaped(url: str) -> str:
    """`url` in printable ASCII without blanks, which is what a header line can hold."""
    return quote(url, safe=URL_CHARACTERS, errors="replace")


def _unquoted(fields: Mapping[str, str], name: str) -> str | None:
    return unquote(fields[name]) if name in fields else None
