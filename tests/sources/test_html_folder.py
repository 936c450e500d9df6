"""Saved pages with and without a sidecar, and the bad files among them."""

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.sources.catalogue import plan, read
from tasks.sources.page import InputFile, PageUnreadable, Unreadable
from tests.sources.reading import found_in, see, written

PAGE = b"<html><body><p>A saved page.</p></body></html>"


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b/2.htm", "a.html", "b/10.html.gz", "c.css", "b/notes.pdf"):
        written(tmp_path / name, gzip.compress(PAGE) if name.endswith("gz") else PAGE.replace(b"<html>", b""))
    seen = see(tmp_path)
    assert [page.ref.uri for page in seen.pages] == ["a.html", "b/10.html.gz", "b/2.htm"]
    assert seen.passed_over == {"unknown_kind": 1, "foreign_format": 1}


def test_without_sidecar_the_page_is_asked_for_its_url_and_the_file_for_its_time(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", PAGE)
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    page = see(path).pages[0]
    assert (page.url, page.url_source, page.observed_source, page.ref.uri) == (None, None, "mtime", "a.html")
    assert page.observed_at == datetime(2023, 11, 14, 22, 13, 20, 123456, tzinfo=UTC)


def test_a_sidecar_tells_url_time_charset_and_headers(tmp_path: Path) -> None:
    written(tmp_path / "x" / "a.html", PAGE)
    line = {
        "file": "x/a.html", "url": "https://example.org/a", "observed_at": "2024-01-02T03:04:05+08:00", "charset": "gbk",
        "headers": {"Content-Type": "text/html; charset=GB2312"},
    }  # fmt: skip
    written(tmp_path / "pages.jsonl", json.dumps(line).encode() + b"\n")
    page = see(tmp_path).pages[0]
    assert (page.url, page.url_source, page.observed_source) == ("https://example.org/a", "sidecar", "sidecar")
    assert page.observed_at == datetime(2024, 1, 1, 19, 4, 5, tzinfo=UTC)
    assert (page.ref.charset, page.http_charset, page.media_type) == ("gbk", "gb2312", "text/html")


def test_the_nearest_sidecar_counts(tmp_path: Path) -> None:
    written(tmp_path / "x" / "a.html", PAGE)
    written(tmp_path / "pages.jsonl", b'{"file": "x/a.html", "url": "https://example.org/far"}\n')
    written(tmp_path / "x" / "pages.jsonl", b'{"file": "a.html", "url": "https://example.org/near"}\n')
    assert see(tmp_path).urls == ["https://example.org/near"]


def test_broken_sidecar_lines_are_rejects_with_the_line_and_the_others_count(tmp_path: Path) -> None:
    written(tmp_path / "a.html", PAGE)
    lines = [
        b'{"file": "a.html", "url": "https://example.org/a"}', b'{"file": "a.h', b'{"url": "https://example.org/b"}', b"",
        b'{"file": "gone.html"}', b'{"file": "a.html", "url": "https://example.org/a", "observed_at": "soon"}',
    ]  # fmt: skip
    written(tmp_path / "pages.jsonl", b"\n".join(lines))
    seen = see(tmp_path)
    assert seen.urls == ["https://example.org/a"]
    assert seen.reasons == ["sidecar_broken", "sidecar_broken", "no_such_file", "sidecar_broken"]
    assert '{"file": "a.h' in seen.details[0] and "gone.html" in seen.details[2]


BROKEN = {
    "empty.html": (b"", "empty_file"),
    "blank.html": (b" \r\n\t\n", "empty_file"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not_text"),
    "random.html": (bytes((7 * i * i + i) % 256 for i in range(9000)), "not_text"),
    "cut.html.gz": (gzip.compress(PAGE * 50)[:-30], "packed_truncated"),
    "flipped.html.gz": (gzip.compress(PAGE)[:20] + b"\xff\xff\xff\xff" + gzip.compress(PAGE)[24:], "packed_corrupt"),
    "bomb.html.gz": (gzip.compress(b"<p>" + b"A" * 20_000_000), "packed_bomb"),
    "long.html": (b"<p>" + b"long " * 40_000, "input_too_large"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_reject_with_its_reason_and_its_neighbours_load(name: str, tmp_path: Path) -> None:
    content, reason = BROKEN[name]
    written(tmp_path / name, content)
    written(tmp_path / "zz_good.html", PAGE)
    seen = see(tmp_path, max_bytes=100_000)
    assert (seen.reasons, [page.ref.uri for page in seen.pages]) == ([reason], ["zz_good.html"])


@pytest.mark.parametrize("body", [PAGE.replace(b"saved", b"sa\0\0ved\0"), b"<p>\0\0\0</p>", PAGE.decode().encode("utf-16")])
def test_nul_bytes_do_not_make_a_page_binary(body: bytes, tmp_path: Path) -> None:
    assert see(written(tmp_path / "a.html", body)).pages[0].body == body


def test_gzip_is_unpacked_whatever_the_name_says(tmp_path: Path) -> None:
    assert see(written(tmp_path / "a.html", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]))).pages[0].body == PAGE


def test_a_text_file_is_one_page_of_text(tmp_path: Path) -> None:
    page = see(written(tmp_path / "page.txt", "標題\n正文。".encode())).pages[0]
    assert (page.ref.kind, page.is_text, page.media_type, page.url) == ("text_extract", True, "text/plain", None)


def test_odd_names_in_a_sidecar_are_rejects_not_errors(tmp_path: Path) -> None:
    lines = [json.dumps({"file": name}).encode() for name in ("a" * 300, "nul\0.html", "../" * 9, "caf\\xe9.html")] + [b"[" * 90_000]
    written(tmp_path / "pages.jsonl", b'{"file": "a.html"}\n' + b"\n".join(lines))
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html")).write_bytes(PAGE)
    written(tmp_path / "a.html", PAGE)
    assert see(tmp_path).reasons == ["no_such_file", "no_such_file", "sidecar_broken"]


def test_a_file_that_goes_away_after_discovery_is_a_reject(tmp_path: Path) -> None:
    for name in ("a.warc", "a.jsonl", "a.html", "a.parquet"):
        path = written(tmp_path / name, PAGE)
        found = found_in(path)
        path.unlink()
        planned = [item for file in found if isinstance(file, InputFile) for item in plan(file)]
        with pytest.raises(PageUnreadable, match="no_such_file"):
            for item in planned:
                if isinstance(item, Unreadable):
                    raise PageUnreadable(item.reason, item.detail)
                read(item, 1000)


@pytest.mark.timeout(20)  # a pipe that is opened never answers
def test_a_sidecar_that_is_a_pipe_or_a_device_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pages.jsonl")
    written(tmp_path / "in" / "deep" / "a.html", PAGE)
    (tmp_path / "in" / "deep" / "pages.jsonl").symlink_to("/dev/zero")
    (tmp_path / "in" / "deep" / "up").symlink_to(tmp_path)
    assert [page.body for page in see(tmp_path).pages] == [PAGE]


def test_what_a_sidecar_says_of_names_that_are_no_utf_8_can_be_stored(tmp_path: Path) -> None:
    written(tmp_path / os.fsdecode(b"\xdc.html"), PAGE)
    written(tmp_path / "pages.jsonl", b'{"file": "\\udcdc.html", "observed_at": "bad"}\n{"file": "\\ud800.html"}\n')
    seen = see(tmp_path)
    assert seen.reasons == ["sidecar_broken", "no_such_file"] and all(detail.encode("utf-8") for detail in seen.details)


def test_a_library_that_breaks_on_a_file_costs_that_file_only(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", b"")
    written(path, (b"PAR1" + b"\x15\x04" * 40 + b"\x20\x00\x00\x00PAR1"))
    written(tmp_path / "b.html", PAGE)
    seen = see(tmp_path)
    assert (len(seen.pages), seen.reasons) == (1, ["table_broken"])
