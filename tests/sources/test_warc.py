"""Archives whole and damaged, in each of the three ways they are packed."""

import gzip
import os
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter

from tasks.sources.catalogue import plan, read
from tasks.sources.page import InputFile, PageRef
from tests.sources.archives import PAGE, members, numbered, record, response
from tests.sources.reading import found_in, see, written

PACKINGS = {"plain.warc": b"".join, "members.warc.gz": members, "stream.warc.gz": lambda all_: gzip.compress(b"".join(all_))}


def urls(*numbers: int) -> list[str]:
    return [f"https://example.org/{number}" for number in numbers]


def planned(path: Path, start: int = 0) -> list[PageRef]:
    (file,) = found_in(path)
    assert isinstance(file, InputFile)
    return [ref for ref in plan(file, start) if isinstance(ref, PageRef)]


@pytest.mark.parametrize("name", PACKINGS)
def test_every_packing_gives_the_same_pages(name: str, tmp_path: Path) -> None:
    seen = see(written(tmp_path / name, PACKINGS[name](numbered(12))))
    assert (seen.urls, seen.reasons) == (urls(*range(12)), [])
    assert [page.body[:10] for page in seen.pages[:2]] == [b"<p>page 0<", b"<p>page 1<"]
    page = seen.pages[0]
    assert (page.observed_at, page.observed_source) == (datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC), "warc")
    assert (page.http_status, page.http_charset, page.media_type, page.url_source) == (200, "utf-8", "text/html", "warc")


@pytest.mark.parametrize("name", PACKINGS)
def test_planning_resumes_at_any_end_and_pages_read_in_any_order(name: str, tmp_path: Path) -> None:
    path = written(tmp_path / name, PACKINGS[name](numbered(9)))
    refs = planned(path)
    assert [ref.offset for ref in refs[1:]] == [ref.end for ref in refs[:-1]]
    assert all(planned(path, ref.end) == refs[place + 1 :] for place, ref in enumerate(refs))
    assert [read(ref, 9999).url for ref in reversed(refs)] == urls(*reversed(range(9)))
    assert [read(ref, 9999).url for ref in refs[::3]] == urls(0, 3, 6)


def test_what_is_no_page_is_counted_and_not_rejected(tmp_path: Path) -> None:
    records = [
        record(b"software: x\r\n", "warcinfo", "application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request", "application/http"),
        response(b"\x89PNG", "Content-Type: image/png"), response(b"", "Location: /b", status="301 Moved Permanently"),
        response(b"{}", "Content-Type: application/json"), record(b"", "revisit", "application/http"),
        record(b"body{}", content_type="text/css"),
        response(PAGE, status="404 Not Found"), record(PAGE),
    ]  # fmt: skip
    seen = see(written(tmp_path / "a.warc.gz", members(records)))
    assert [page.http_status for page in seen.pages] == [404, None]
    assert (seen.passed_over, seen.reasons) == ({"warc_record": 2, "revisit": 1, "not_html": 3, "redirect": 1}, [])


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (5, body[:5], len(body) - 5, body[5:])


def brotli(body: bytes, path: Path) -> bytes:
    with BrotliWriter(str(path)) as writer:
        writer.write(body)
    return path.read_bytes()


def test_http_packing_is_undone_and_false_headers_are_forgiven(tmp_path: Path) -> None:
    packed = {
        "gzip": gzip.compress(PAGE), "x-gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE), "Deflate": zlib.compress(PAGE)[2:-4],
        "br": brotli(PAGE, tmp_path / "br"), "gzip ": PAGE, "br ": PAGE, "utf-8": PAGE,
    }  # fmt: skip
    records = [response(body, "Content-Type: text/html", f"Content-Encoding: {name}") for name, body in packed.items()]
    in_chunks = "Transfer-Encoding: chunked"
    records.append(response(chunked(gzip.compress(PAGE)), "Content-Type: text/html", "Content-Encoding: gzip", in_chunks))
    records.append(response(PAGE, "Content-Type: text/html", in_chunks))
    seen = see(written(tmp_path / "a.warc.gz", members(records)))
    assert ([page.body for page in seen.pages], seen.reasons) == ([PAGE] * len(records), [])


def test_bad_payloads_are_rejects_with_their_reasons(tmp_path: Path) -> None:
    packed = "Content-Encoding: gzip"
    records = [
        response(b""), response(gzip.compress(PAGE * 20)[:60], "Content-Type: text/html", packed),
        response(gzip.compress(b"a" * 10_000_000), "Content-Type: text/html", packed),
        response(b"x" * 300_000), response(b"%PDF-1.4 ..."), response(PAGE),
    ]  # fmt: skip
    seen = see(written(tmp_path / "a.warc.gz", members(records)), max_bytes=200_000)
    assert seen.reasons == ["no_payload", "payload_broken", "input_too_large", "input_too_large", "not_text"]
    assert len(seen.pages) == 1


@pytest.mark.parametrize(("date", "source", "year"), [
    ("yesterday", "header", 2021), ("0001-01-01T00:00:00Z", "header", 2021), ("9999-12-31T23:59:59Z", "header", 2021),
    ("20230405060708", "warc", 2023),
])  # fmt: skip
def test_a_broken_warc_date_is_replaced_by_the_servers(date: str, source: str, year: int, tmp_path: Path) -> None:
    served = response(PAGE, "Content-Type: text/html", "Date: Fri, 01 Jan 2021 00:00:00 GMT", WARC_Date=date)
    page = see(written(tmp_path / "a.warc", served)).pages[0]
    assert (page.observed_source, page.observed_at.year) == (source, year)


def test_without_any_date_the_files_time_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc", response(PAGE, WARC_Date=""))
    os.utime(path, (0, 1_600_000_000))
    page = see(path).pages[0]
    assert (page.observed_source, page.observed_at) == ("mtime", datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC))


def test_the_addresses_of_old_writers_lose_their_brackets(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc", response(PAGE, WARC_Target_URI="<https://example.org/old>"))
    assert see(path).urls == ["https://example.org/old"]


def test_wet_records_are_text(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.wet.gz", members([record("Überschrift\nText.".encode(), "conversion", "text/plain")]))
    page = see(path).pages[0]
    assert (page.ref.kind, page.is_text, page.body.decode(), page.url) == (
        "text_extract", True, "Überschrift\nText.", "https://example.org/a",
    )  # fmt: skip
