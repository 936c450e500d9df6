"""Archives in the containers that crawlers put them into, and with the line ends that old ones write."""

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest

from tasks.raw_store.reading import in_place, read_raw
from tasks.sources.catalogue import plan, read
from tasks.sources.page import InputFile, PageRef
from tests.sources.archives import PAGE, members, numbered, record, response
from tests.sources.reading import found_in, see, written
from tests.sources.test_unpacked import skippable, with_dictionary, zst
from tests.sources.test_warc import urls

INFO = record(b"software: x\r\n", "warcinfo", "application/warc-fields")


def noisy(count: int) -> list[bytes]:
    """Records of very different lengths that hardly pack, so that no buffer ends where a record does."""
    rng = random.Random(7)
    sizes = [rng.choice((10, 3_000, 70_000, 300_000)) for _ in range(count)]
    return [
        response(b"<p>%s</p>" % rng.randbytes(size).hex().encode(), WARC_Target_URI=f"https://example.org/{number}")
        for number, size in enumerate(sizes)
    ]


def bare(data: bytes) -> bytes:
    """The record with LF for CRLF in its own header."""
    head, separator, block = data.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + separator.replace(b"\r\n", b"\n") + block


def wacz(*warcs: bytes, packing: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n', zipfile.ZIP_DEFLATED)
        for number, warc in enumerate(warcs):
            archive.writestr(f"archive/{number}.warc.gz", warc, packing)
        archive.writestr("datapackage.json", b"{}", zipfile.ZIP_DEFLATED)
    return file.getvalue()


def arc(*captures: tuple[str, bytes], version: int = 1) -> bytes:
    """An ARC file; every capture is an address and the block of its response."""
    more = b" 200 - - 0 x.arc" if version == 2 else b""
    lines = [b"filedesc://x.arc 0.0.0.0 20240506070809 text/plain%s 4\n1 0\n" % more]
    for url, block in captures:
        kind = b"html" if url.startswith("http") else b"dns"
        lines.append(b"%s 192.0.2.1 20240506070809 text/%s%s %d\n%s" % (url.encode(), kind, more, len(block), block))
    return b"\n".join(lines) + b"\n"


def answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body


NOISY = noisy(14)
ANSWERS = [(url, answer(b"<p>page</p>" * 9000)) for url in urls(*range(14)) if url]
CONTAINERS = {
    "frames.warc.zst": b"".join(map(zst, [INFO, *NOISY])),
    "skippable.warc.zst": skippable(b"a") + zst(NOISY[0]) + skippable(b"b") + b"".join(map(zst, NOISY[1:])) + skippable(b"c"),
    "dictionary.warc.zst": with_dictionary(NOISY, is_packed=False),
    "packed-dictionary.warc.zst": with_dictionary(NOISY, is_packed=True),
    "one-frame.warc.zst": zst(b"".join(NOISY)),
    "two.wacz": wacz(members([INFO, *NOISY[:5]]), members(NOISY[5:])),
    "plain.wacz": wacz(b"".join(NOISY[:9]), members(NOISY[9:])),
    "crawl.arc": arc(*ANSWERS),
    "crawl.arc.gz": gzip.compress(arc(*ANSWERS)),
    "nameless": arc(*ANSWERS, version=2),
    "bare.warc": b"".join(map(bare, NOISY)),
    "some-bare.warc.gz": members([bare(data) if number % 3 else data for number, data in enumerate(NOISY)]),
    "bare.warc.zst": b"".join(zst(bare(data)) for data in NOISY),
    "bare-stream.warc.gz": gzip.compress(b"".join([INFO, *map(bare, NOISY)])),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_gives_all_pages_from_any_place_in_any_order(name: str, tmp_path: Path) -> None:
    path = written(tmp_path / name, CONTAINERS[name])
    (file,) = found_in(path)
    assert isinstance(file, InputFile)
    refs = [ref for ref in plan(file) if isinstance(ref, PageRef)]
    pages = [read(ref, 10_000_000) for ref in refs]
    assert ([page.url for page in pages], see(path).reasons) == (urls(*range(14)), [])
    for place, ref in enumerate(refs):
        assert list(plan(file, ref.end)) == refs[place + 1 :]
    assert [read(ref, 10_000_000).body for ref in reversed(refs)] == [page.body for page in reversed(pages)]
    if in_place(refs[0]):
        assert [read_raw(tmp_path, str(path), ref.offset).body for ref in refs[::4]] == [page.body for page in pages[::4]]


@pytest.mark.parametrize("name", ["frames.warc.zst", "two.wacz", "crawl.arc", "bare.warc"])
def test_a_container_that_is_cut_off_gives_what_is_before_and_one_reject(name: str, tmp_path: Path) -> None:
    content = CONTAINERS[name]
    seen = see(written(tmp_path / name, content[: len(content) * 3 // 4]))
    if name == "two.wacz":  # the table of contents stands at the end
        assert (seen.urls, seen.reasons) == ([], ["warc_corrupt"])
    else:
        assert 0 < len(seen.urls) < 14 and seen.urls == urls(*range(len(seen.urls)))
        assert seen.reasons == ["warc_truncated"]


def test_damage_in_a_container_costs_the_record_it_covers(tmp_path: Path) -> None:
    frames = [bytearray(zst(data)) for data in numbered(6)]
    frames[3][4:9] = b"\xff" * 5
    garbage = [*map(bare, numbered(6)[:3]), b"garbage\n" * 40, *map(bare, numbered(6)[3:])]
    assert see(written(tmp_path / "a.warc.zst", b"".join(map(bytes, frames)))).urls == urls(0, 1, 2, 4, 5)
    seen = see(written(tmp_path / "b.warc", b"".join(garbage)))
    assert (seen.urls, seen.reasons) == (urls(*range(6)), ["warc_corrupt"])


def test_what_has_no_place_in_a_wacz_is_one_reject_each(tmp_path: Path) -> None:
    deflated = wacz(members(numbered(4)), packing=zipfile.ZIP_DEFLATED)
    assert see(written(tmp_path / "a.wacz", deflated)).reasons == ["warc_packed_twice"]
    one_member = wacz(gzip.compress(b"".join(numbered(4))), members(numbered(2)))
    seen = see(written(tmp_path / "b.wacz", one_member))
    assert (seen.urls, seen.reasons) == (urls(0, 1), ["warc_packed_twice"])
    assert see(written(tmp_path / "c.wacz", wacz())).reasons == ["warc_corrupt"]
    assert see(written(tmp_path / "d.wacz", b"PK\x03\x04 no zip")).reasons == ["warc_corrupt"]


def test_what_is_no_page_in_an_arc_is_counted(tmp_path: Path) -> None:
    captures = [
        ("dns:example.org", b"20240506 192.0.2.1"), ("https://example.org/a b", answer(PAGE)), ("https://example.org/raw", PAGE),
        ("https://example.org/moved", b"HTTP/1.0 302 Found\nLocation: /\n\n"),
        ("https://example.org/x.png", b"HTTP/1.0 200 OK\nContent-Type: image/png\n\n\x89PNG"),
    ]  # fmt: skip
    seen = see(written(tmp_path / "a.arc", arc(*captures)))
    assert seen.urls == ["https://example.org/a b", "https://example.org/raw"]
    assert [page.body for page in seen.pages] == [PAGE, PAGE]
    assert seen.passed_over == {"warc_record": 1, "not_html": 2, "redirect": 1} and seen.reasons == []


def test_an_arc_goes_on_behind_damage_and_behind_an_opening_of_the_wrong_length(tmp_path: Path) -> None:
    names = b"URL IP-address Archive-date Content-type Archive-length\n"
    whole = arc(*ANSWERS[:4]).replace(b"text/plain 4\n1 0\n", b"text/plain 76\n1 0 org\n" + names)
    assert see(written(tmp_path / "a.arc", whole)).urls == urls(0, 1, 2, 3)
    damaged = whole.replace(b"https://example.org/2 192", b"\xff\xff\xff 192")
    seen = see(written(tmp_path / "b.arc", damaged))
    assert (seen.urls, seen.reasons) == (urls(0, 1, 3), ["warc_corrupt"])
    assert see(written(tmp_path / "c.arc", b"no archive at all\n" * 9)).reasons == ["warc_corrupt"]
