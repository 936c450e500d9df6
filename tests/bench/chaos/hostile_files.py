"""Hostile files by their content: packed, cut, spoilt or lying in every format that is read, and in some that are not."""

import gzip
import json
import random
import struct
from functools import cache
from pathlib import Path

import polars as pl

from tests.bench.chaos.hostile_names import Made
from tests.bench.chaos.stories import address, story, warc_gz, warc_record

MEGABYTE = 2**20
TYPES = ("text/htm", "html", "text/html;", ";charset=utf-8", "TEXT/HTML", "application/octet-stream", "text /html", "\x00", "", "*/*")
URLS = (
    "http://[::1/x", "http://[a]b]/", "http://a\u2100b/x", "http://[domain]/x", "", " ", "javascript:alert(1)//http://", "file:///etc/passwd",
    "http://x:99999999/", "http://\x1b[31m/", "http://a\r\nSet-Cookie: b/", "=cmd|' /C'!A0", "http://" + "a" * 70_000, "\ud83d", "//", "h",
)  # fmt: skip
ROWS = (
    "{ no", "[]", "null", "1e999", '"text"', '{"\\ud800": 1}', '{"html": 5}', '{"html": {"a": 1}}', '{"url": "x"}', "[" * 9000, "\x00",
    '{"html": "", "text": ""}', '{"a": ' * 3000,
)  # fmt: skip


def _lossy_story(dice: random.Random) -> str:
    """Something in it is lost, so that it gets a second look with the addresses of its batch."""
    return story(dice.randrange(10**9)).replace("the", "th\ufffd")


def _some(dice: random.Random, most: int = 6) -> list[int]:
    return [dice.randrange(10**9) for _ in range(dice.randint(2, most))]


def _records(dice: random.Random, **more: str) -> list[bytes]:
    return [warc_record(address(number), story(number).encode(), **more) for number in _some(dice)]


def empty(folder: Path, dice: random.Random) -> Made:
    suffixes = ("html", "html.gz", "jsonl", "jsonl.gz", "parquet", "warc", "warc.gz", "txt", "json", "warc.zst", "wacz", "png", "arc.gz")
    (folder / f"empty.{dice.choice(suffixes)}").write_bytes(b"")
    return Made(1)


def bomb(folder: Path, dice: random.Random) -> Made:
    (folder / "bomb.html.gz").write_bytes(_blanks(dice.choice((80, 120))))
    return Made(1)


@cache
def _blanks(megabytes: int) -> bytes:
    return gzip.compress(b" " * megabytes * MEGABYTE)


def cut_gzip(folder: Path, dice: random.Random) -> Made:
    packed = gzip.compress(story(dice.randrange(10**9)).encode())
    (folder / "page.html.gz").write_bytes(packed[: dice.randrange(3, len(packed) - 1)])
    return Made(1)


def spoilt_gzip(folder: Path, dice: random.Random) -> Made:
    packed = bytearray(gzip.compress(story(dice.randrange(10**9)).encode()))
    for _ in range(8):
        packed[dice.randrange(10, len(packed))] ^= 0x5A
    (folder / "page.html.gz").write_bytes(packed)
    return Made(1)


def not_what_it_says(folder: Path, dice: random.Random) -> Made:
    """Something else under the name of a page, a table or an archive."""
    suffixes = ("html", "htm.gz", "txt", "warc.zst", "jsonl.zst", "json", "json.gz", "wacz", "arc.gz", "parquet")
    openings = (b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\x7fELF", b"\x00", b"{", b"[" * 4000, b"PAR1")
    (folder / f"x.{dice.choice(suffixes)}").write_bytes(dice.choice(openings) + dice.randbytes(dice.choice((10, 5000))))
    return Made(1, is_exact=False)


def cut_warc(folder: Path, dice: random.Random) -> Made:
    """The last record ends before it should: it is one reject."""
    records = _records(dice)
    tail = warc_gz(records[-1:])
    (folder / "cut.warc.gz").write_bytes(warc_gz(records[:-1]) + tail[: len(tail) // 2])
    return Made(len(records))


def spoilt_warc(folder: Path, dice: random.Random) -> Made:
    whole = bytearray(warc_gz(_records(dice)) if dice.random() < 0.5 else b"".join(_records(dice)))
    start = dice.randrange(len(whole))
    whole[start : start + 80] = dice.randbytes(80)
    (folder / "spoilt.warc.gz").write_bytes(whole)
    return Made(1, is_exact=False)


def odd_types(folder: Path, dice: random.Random) -> Made:
    """Pages whose Content-Type is slightly or quite wrong: read, or told."""
    records = [record for kind in dice.sample(TYPES, 4) for record in _records(dice, content_type=kind)]
    (folder / "types.warc.gz").write_bytes(warc_gz(records))
    return Made(len(records))


def bare_newlines(folder: Path, dice: random.Random) -> Made:
    records = _records(dice, newline="\n")
    (folder / "lf.warc").write_bytes(b"".join(records))
    return Made(len(records))


def mixed_members(folder: Path, dice: random.Random) -> Made:
    records = _records(dice) + _records(dice)
    (folder / "mixed.warc.gz").write_bytes(gzip.compress(records[0]) + gzip.compress(b"".join(records[1:])))
    return Made(2, is_exact=False)


def no_captures(folder: Path, dice: random.Random) -> Made:
    """Records that are no pages, each passed over by its reason."""
    kinds = ("request", "metadata", "revisit", "warcinfo")
    records = [r.replace(b"WARC-Type: response", b"WARC-Type: " + dice.choice(kinds).encode()) for r in _records(dice)]
    redirects = [r.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 301 Moved") for r in _records(dice)]
    (folder / "none.warc.gz").write_bytes(warc_gz(records + redirects))
    return Made(len(records) + len(redirects))


def odd_rows(folder: Path, dice: random.Random) -> Made:
    """Lines that are no row, rows without a page, rows with columns that no table can name."""
    lines = [json.dumps({"url": address(n), "html": story(n)}) for n in _some(dice)] + dice.sample(ROWS, 5)
    dice.shuffle(lines)
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n")
    return Made(len(lines))


def odd_urls(folder: Path, dice: random.Random) -> Made:
    rows = [json.dumps({"url": url, "html": _lossy_story(dice)}) for url in dice.sample(URLS, 6)]
    (folder / "urls.jsonl").write_text("\n".join(rows) + "\n")
    return Made(len(rows))


def odd_urls_of_records(folder: Path, dice: random.Random) -> Made:
    urls = [url for url in dice.sample(URLS, 8) if "\n" not in url and "\ud83d" not in url]
    records = [warc_record(url, _lossy_story(dice).encode()) for url in urls]
    (folder / "urls.warc.gz").write_bytes(warc_gz(records))
    return Made(len(records))


def cut_table(folder: Path, dice: random.Random) -> Made:
    packed = gzip.compress("\n".join(json.dumps({"url": address(n), "html": story(n)}) for n in _some(dice)).encode())
    (folder / "rows.jsonl.gz").write_bytes(packed[: -dice.randint(1, len(packed) // 2)])
    return Made(1, is_exact=False)


def spoilt_parquet(folder: Path, dice: random.Random) -> Made:
    path = _parquet(folder, dice)
    content = bytearray(path.read_bytes())
    if dice.random() < 0.5:
        content = content[: dice.randrange(4, len(content))]
    else:
        start = dice.randrange(4, len(content))
        content[start : start + 30] = dice.randbytes(min(30, len(content) - start))
    path.write_bytes(content)
    return Made(1, is_exact=False)


def columns_of_one_name(folder: Path, dice: random.Random) -> Made:
    path = _parquet(folder, dice)
    path.write_bytes(path.read_bytes().replace(b"ur2", b"url"))
    return Made(1, is_exact=False)


def column_that_is_no_utf8(folder: Path, dice: random.Random) -> Made:
    path = _parquet(folder, dice)
    path.write_bytes(path.read_bytes().replace(b"ur2", b"u\xff2"))
    return Made(1, is_exact=False)


def huge_footer(folder: Path, dice: random.Random) -> Made:
    (folder / "rows.parquet").write_bytes(b"PAR1" + dice.randbytes(100) + struct.pack("<I", 2**31 - 1) + b"PAR1")
    return Made(1, is_exact=False)


def odd_sidecar(folder: Path, dice: random.Random) -> Made:
    """Lines about files elsewhere, about nothing, with addresses and times that are none."""
    (folder / "page.html").write_text(story(dice.randrange(10**9)))
    lines = [{"file": "page.html", "url": dice.choice(URLS), "observed_at": dice.choice(("bad", -1, None, "9999-99-99", []))}]
    lines += [{"file": name} for name in dice.sample(("../../../etc/passwd", "/etc/passwd", "\udcff.html", "", "\x1b.html", "."), 3)]
    (folder / "pages.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + "{ no\n")
    return Made(1, is_exact=False)


def _parquet(folder: Path, dice: random.Random) -> Path:
    numbers = _some(dice)
    urls = [address(n) for n in numbers]
    rows = {"url": urls, "ur2": urls, "html": [story(n) for n in numbers]}
    pl.DataFrame(rows).write_parquet(folder / "rows.parquet")
    return folder / "rows.parquet"


BY_CONTENT = (
    empty, bomb, cut_gzip, spoilt_gzip, not_what_it_says, cut_warc, spoilt_warc, odd_types, bare_newlines, mixed_members,
    no_captures, odd_rows, odd_urls, odd_urls_of_records, cut_table, spoilt_parquet, columns_of_one_name,
    column_that_is_no_utf8, huge_footer, odd_sidecar,
)  # fmt: skip
