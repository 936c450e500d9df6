"""What is appended comes back byte for byte, once, and a crash costs at most what was not committed."""

import io
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.raw_store.reading import in_place, read_raw
from tasks.raw_store.records import record_of
from tasks.raw_store.staging import StagedRecord, StagingWriter, stage_page
from tasks.raw_store.store import Position, RawStore
from tasks.sources.page import Page, PageRef
from tests.sources.archives import members, numbered
from tests.sources.reading import see, written
from warehouse.errors import StorageFailed

FILE = "raw/broadsheet-000001.warc.gz"


def page(body: bytes = b"<p>\0\xff body</p>", **changes: object) -> Page:
    ref = PageRef("html_folder", "/crawl/a.html", "ordner/ä b\n.html", offset=7, charset="gbk")
    plain = Page(ref, body, datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC), "sidecar", "https://example.org/中?a=b c", "sidecar")
    return replace(plain, **changes)  # type: ignore[arg-type]


def staged(home: Path, batch: str, pages: list[Page]) -> tuple[Path, list[StagedRecord]]:
    with StagingWriter(home, batch) as writer:
        return writer.path, [
            stage_page(writer, one, one.url or "https://example.org/found", one.url_source or "canonical") for one in pages
        ]


def kept(home: Path, pages: list[Page], store: RawStore | None = None) -> list[Position]:
    path, records = staged(home, "batch", pages)
    positions = (store or RawStore(home)).append(path, records)
    return [positions[one.digest] for one in pages]


@pytest.mark.parametrize("changes", [
    {}, {"http_status": 404, "headers": (("Content-Type", "text/html; charset=gbk"), ("X-A", "ü: b"), ("Content-Encoding", "gzip"))},
    {"is_text": True, "media_type": "text/plain"}, {"http_charset": "x-odd charset", "media_type": "text/html"},
    {"headers": (("Set-Cookie", "a=1; b=2"), ("Set-Cookie", "c=3"))}, {"observed_source": "mtime"},
    {"url": None, "url_source": None},
])  # fmt: skip
def test_a_page_comes_back_as_it_was_read(changes: dict[str, object], tmp_path: Path) -> None:
    before = page(**changes)
    after = read_raw(tmp_path, *kept(tmp_path, [before])[0])
    assert (after.body, after.digest, after.url, after.url_source) == (before.body, before.digest, before.url, before.url_source)
    assert (after.observed_at, after.observed_source, after.is_text) == (before.observed_at, before.observed_source, before.is_text)
    assert (after.http_status, after.ref.charset, after.ref.uri, after.ref.offset) == (before.http_status, "gbk", before.ref.uri, 7)
    if before.http_status is None:
        assert (after.media_type, after.http_charset, after.headers) == (before.media_type, before.http_charset, before.headers)


def test_headers_longer_than_a_reader_takes_are_left_out_and_the_page_is_kept(tmp_path: Path) -> None:
    before = page(headers=(("Set-Cookie", "a" * 40_000),), http_charset="gbk")
    after = read_raw(tmp_path, *kept(tmp_path, [before])[0])
    assert (after.body, after.url, after.http_charset, after.headers) == (before.body, before.url, "gbk", ())


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=200), st.text(min_size=1, max_size=30), st.text(max_size=20), st.none() | st.integers(100, 599))
def test_no_address_or_header_breaks_a_record(body: bytes, url: str, header: str, status: int | None) -> None:
    one = page(body, url=url, headers=((header or "X", header),), http_status=status)
    record = next(iter(ArchiveIterator(io.BytesIO(record_of(one, url, None, one.digest)), parse_http=False)))
    assert record.reader.read().endswith(body)


def test_other_readers_find_every_record_with_its_digest(tmp_path: Path) -> None:
    pages = [page(b"<p>%d" % number) for number in range(5)] + [page(b"text", is_text=True), page(b"<p>ok", http_status=200)]
    positions = kept(tmp_path, pages)
    with (tmp_path / FILE).open("rb") as file:
        records = [
            (record.stream_pos, record.record_type, record.verify_payload_digest() if record.is_http else None)
            for record in ArchiveIterator(file)
        ]
    assert [place for place, _kind, _digest in records[1:]] == [offset for _uri, offset in positions]
    assert [kind for _place, kind, _digest in records] == [
        WarcRecordType.warcinfo, *[WarcRecordType.resource] * 5, WarcRecordType.conversion, WarcRecordType.response,
    ]  # fmt: skip
    assert records[-1][2] is True


def test_a_digest_is_stored_once(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    first = kept(tmp_path, [page(b"<p>a"), page(b"<p>a"), page(b"<p>b")], store)
    assert first[0] == first[1] != first[2]
    size = (tmp_path / FILE).stat().st_size
    path, records = staged(tmp_path, "again", [page(b"<p>a", url="https://example.org/other")])
    assert store.append(path, records, known={records[0].digest: first[0]}) == {records[0].digest: first[0]}
    assert (tmp_path / FILE).stat().st_size == size


def test_files_rotate_and_every_one_is_whole(tmp_path: Path) -> None:
    store = RawStore(tmp_path, rotate_at=2000)
    bodies = [os.urandom(900) for _number in range(6)]
    positions = [kept(tmp_path, [page(b"<p>" + body)], store)[0] for body in bodies]
    assert len({uri for uri, _offset in positions}) == 3
    assert [read_raw(tmp_path, *position).body[3:] for position in positions] == bodies


def test_the_tail_of_a_crash_is_cut_off_and_what_is_committed_stays(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    (committed,) = kept(tmp_path, [page(b"<p>committed")], store)
    store.mark_committed()
    size = (tmp_path / FILE).stat().st_size
    kept(tmp_path, [page(b"<p>lost")], store)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b"\x1f\x8b\x08torn")
    again = RawStore(tmp_path)
    assert again.truncate_to_committed([committed]) > 0
    assert ((tmp_path / FILE).stat().st_size, (tmp_path / "raw" / "staging").exists()) == (size, False)
    assert read_raw(tmp_path, *kept(tmp_path, [page(b"<p>next")], again)[0]).body == b"<p>next"


def test_a_crash_between_commit_and_mark_loses_nothing(tmp_path: Path) -> None:
    positions = kept(tmp_path, [page(b"<p>one"), page(b"<p>two")])
    assert RawStore(tmp_path).truncate_to_committed([*positions, ("/data/theirs.warc.gz", 99)]) == 0
    assert read_raw(tmp_path, *positions[1]).body == b"<p>two"


def test_a_lost_warehouse_never_empties_the_store(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    positions = kept(tmp_path, [page(b"<p>one")], store)
    store.mark_committed()
    assert RawStore(tmp_path).truncate_to_committed([]) == 0
    assert read_raw(tmp_path, *positions[0]).body == b"<p>one"


def test_a_refused_batch_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    kept(tmp_path, [page(b"<p>one")], store)
    store.mark_committed()
    before = (tmp_path / FILE).read_bytes()
    kept(tmp_path, [page(b"<p>two")], store)
    assert store.discard_uncommitted() > 0
    assert (tmp_path / FILE).read_bytes() == before


def test_a_full_disk_is_a_storage_failure_and_the_file_stays_whole(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    kept(tmp_path, [page(b"<p>one")], store)
    store.mark_committed()
    before = (tmp_path / FILE).read_bytes()
    path, records = staged(tmp_path, "big", [page(b"<p>" + os.urandom(50_000))])
    code = (
        "import resource, signal, sys; from pathlib import Path; from tasks.raw_store.store import RawStore\n"
        "from tasks.raw_store.staging import StagedRecord; from warehouse.errors import StorageFailed\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        f"try: RawStore(Path({str(tmp_path)!r})).append(Path({str(path)!r}), [StagedRecord(0, {records[0].length}, 'sha1:x')])\n"
        "except StorageFailed as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert "File too large" in done.stdout and signal.SIGXFSZ
    assert (tmp_path / FILE).read_bytes() == before


def test_a_folder_that_cannot_be_made_is_a_storage_failure(tmp_path: Path) -> None:
    written(tmp_path / "raw", b"a file where the folder should be")
    with pytest.raises(StorageFailed, match="expected to write"), StagingWriter(tmp_path, "batch"):
        pass


def test_archives_of_the_user_are_read_in_place(tmp_path: Path) -> None:
    seen = see(written(tmp_path / "their.warc.gz", members(numbered(3))))
    one = seen.pages[1]
    assert in_place(one.ref) and not in_place(page().ref)
    assert read_raw(tmp_path / "home", one.ref.path, one.ref.offset).body == one.body
