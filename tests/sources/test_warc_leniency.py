"""Responses as servers and crawlers get them slightly wrong: they are pages all the same."""

import gzip
import zlib
from pathlib import Path

import pytest

from tests.sources.archives import PAGE, members, record, response
from tests.sources.reading import Seen, see, written
from tests.sources.test_unpacked import zst
from tests.sources.test_warc import brotli, chunked

HTML = b"<!DOCTYPE html>\n" + PAGE
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


def seen_of(folder: Path, *records: bytes) -> Seen:
    return see(written(folder / "a.warc.gz", members(list(records))))


@pytest.mark.parametrize("declared", [
    "text/html charset=utf-8", "text/html, text/html; charset=UTF-8", "text/html,charset=utf-8", '"text/html"', "text/htm", "html",
    "HTML", "Text/HTML", "text\\html", "text/ html", "text/html;;", "none", "text", "null", "", "charset=utf-8", "application/html",
    "text/x-server-parsed-html; charset=utf-8", "application/vnd.wap.xhtml+xml", "*/*", "content/unknown", "binary/octet-stream",
])  # fmt: skip
def test_a_content_type_that_is_slightly_wrong_is_still_a_page(declared: str, tmp_path: Path) -> None:
    seen = seen_of(tmp_path, response(PAGE, f"Content-Type: {declared}"))
    assert ([page.body for page in seen.pages], seen.passed_over, seen.reasons) == ([PAGE], {}, [])
    assert seen.pages[0].http_charset in (None, "utf-8")


@pytest.mark.parametrize("declared", ["text/plain", "text/xml", "application/xml; charset=utf-8", "application/x-httpd-php"])
def test_a_mistaken_content_type_is_decided_by_the_first_bytes(declared: str, tmp_path: Path) -> None:
    kind = f"Content-Type: {declared}"
    page = response(b"\xef\xbb\xbf <!-- a --><!-- b --> <HTML lang=en>" + PAGE, kind)
    packed = response(chunked(gzip.compress(HTML)), kind, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    told = response(b"# A page", kind, WARC_Identified_Payload_Type="text/html")
    other = response(b"<rss><item/></rss>", kind, WARC_Identified_Payload_Type="application/rss+xml")
    seen = seen_of(tmp_path, page, packed, told, other)
    assert (len(seen.pages), seen.passed_over, seen.reasons) == (3, {"not_html": 1}, [])


@pytest.mark.parametrize("declared", ["image/png", "application/json", "text/css", "application/pdf", "application/javascript"])
def test_what_is_surely_something_else_is_counted(declared: str, tmp_path: Path) -> None:
    assert seen_of(tmp_path, response(PNG, f"Content-Type: {declared}")).passed_over == {"not_html": 1}


def test_what_the_crawler_has_identified_counts_where_the_server_says_nothing(tmp_path: Path) -> None:
    pictures = [response(PNG, header, WARC_Identified_Payload_Type="image/png") for header in ("Content-Type: none", "Server: x")]
    page = response(PAGE, "Server: x", WARC_Identified_Payload_Type="application/xhtml+xml")
    seen = seen_of(tmp_path, *pictures, page, record(PAGE, content_type=""), record(PAGE, content_type="application/octet-stream"))
    assert (len(seen.pages), seen.passed_over, seen.reasons) == (3, {"not_html": 2}, [])


def raw(block: bytes) -> bytes:
    return record(block, "response", "application/http; msgtype=response")


@pytest.mark.parametrize("block", [
    b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nServer: x\n\n" + PAGE,
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\n" + PAGE,
    b"HTTP/1.1 200 OK\nCONTENT-TYPE: text/html; charset=utf-8\r\n\r\n" + PAGE,
    b"HTTP/2 200\r\ncontent-type: text/html; charset=utf-8\r\n\r\n" + PAGE,
    b"http/1.0 200\r\ncOnTeNt-TyPe:text/html;charset=utf-8\r\n\r\n" + PAGE,
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n" + PAGE,
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nnonsense\r\n\r\n" + PAGE,
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + PAGE,
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE,
    b"HTTP/1.0 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE,
])  # fmt: skip
def test_http_headers_are_read_as_they_come(block: bytes, tmp_path: Path) -> None:
    seen = seen_of(tmp_path, raw(block))
    assert [(page.body, page.http_status, page.http_charset, page.media_type) for page in seen.pages] == [(PAGE, 200, "utf-8", "text/html")]


def test_a_response_whose_headers_are_lost_is_a_page(tmp_path: Path) -> None:
    seen = seen_of(tmp_path, raw(HTML), raw(b"HTTP/1.1 200 OK\r\n\r\n" + HTML), record(b"HTTP/1.1 200 OK\n\n" + HTML, "response", ""))
    assert [(page.body, page.http_status) for page in seen.pages] == [(HTML, None), (HTML, 200), (HTML, 200)]


def test_the_body_is_unpacked_by_what_it_is(tmp_path: Path) -> None:
    kind, in_chunks = "Content-Type: text/html", "Transfer-Encoding: chunked"
    packed, brotlied = gzip.compress(HTML), brotli(HTML, tmp_path / "br")
    bodies = {
        "nothing told": response(packed, kind), "zstd": response(zst(HTML), kind, "content-encoding: zstd"),
        "zstd, nothing told": response(zst(HTML), kind), "says gzip, is text": response(HTML, kind, "CONTENT-ENCODING: gzip"),
        "says gzip, is br": response(brotlied, kind, "Content-Encoding: gzip"),
        "says br, is gzip": response(packed, kind, "Content-Encoding: br"),
        "says gzip, is deflate": response(zlib.compress(HTML), kind, "Content-Encoding: gzip"),
        "twice": response(gzip.compress(packed), kind, "Content-Encoding: gzip"),
        "chunks, nothing told": response(chunked(HTML), kind), "no chunks": response(HTML, kind, in_chunks),
        "chunks with LF": response(chunked(HTML).replace(b"\r\n", b"\n"), kind, in_chunks),
        "chunks cut off": response(b"%x\r\n" % 9999 + HTML, kind, in_chunks),
        "chunks of gzip, nothing told": response(chunked(packed), kind),
    }  # fmt: skip
    seen = seen_of(tmp_path, *bodies.values())
    assert dict(zip(bodies, [page.body for page in seen.pages], strict=True)) == dict.fromkeys(bodies, HTML)


def test_a_page_that_begins_with_a_number_keeps_it(tmp_path: Path) -> None:
    assert [page.body for page in seen_of(tmp_path, response(b"2024\r\n" + PAGE)).pages] == [b"2024\r\n" + PAGE]
