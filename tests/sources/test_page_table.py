"""Tables of pages, under the column names that crawlers and data sets use."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tasks.sources.catalogue import plan, read
from tasks.sources.page import InputFile, PageRef
from tests.sources.reading import found_in, see, written

HTML = "<html><body><p>Eine Seite für die Tabelle.</p></body></html>"


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.mark.parametrize("row", [
    {"url": "https://example.org/a", "html": HTML, "observed_at": "2024-05-06T07:08:09Z"},
    {"URL": "https://example.org/a", "Raw_HTML": HTML, "fetch_time": 1714979289},
    {"link": "https://example.org/a", "content": HTML, "crawl_date": "20240506070809"},
    {"uri": "https://example.org/a", "body": HTML, "timestamp": 1714979289000, "text": "not this"},
])  # fmt: skip
def test_common_column_names_are_understood(row: dict[str, object], tmp_path: Path) -> None:
    page = see(written(tmp_path / "a.jsonl", lines(row))).pages[0]
    assert (page.url, page.url_source, page.body.decode(), page.is_text) == ("https://example.org/a", "table", HTML, False)
    assert (page.observed_at, page.observed_source) == (datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC), "table")
    assert page.http_charset == "utf-8"


def test_a_row_of_text_is_a_page_of_text_with_the_files_time(tmp_path: Path) -> None:
    seen = see(written(tmp_path / "a.jsonl", lines({"text": "Nur Text."}, {"content": "Auch nur Text.", "date": "1999-01-01"})))
    assert [(page.is_text, page.url, page.observed_source) for page in seen.pages] == [(True, None, "mtime")] * 2


def test_broken_rows_are_rejects_and_the_others_load(tmp_path: Path) -> None:
    good = lines({"url": "https://example.org/a", "html": HTML})
    bad = [
        b'{"url": "https://exa\n', b"[1, 2]\n", b"\xff\xfe\xfd\n", lines({"url": "https://example.org/b"}, {"html": " "}),
        b"[" * 100_000 + b"\n",
    ]  # fmt: skip
    seen = see(written(tmp_path / "a.jsonl", good + b"".join(bad) + b"\n  \n" + good.rstrip()))
    assert seen.reasons == ["row_broken"] * 3 + ["no_payload"] * 2 + ["row_broken"]
    assert len(seen.pages) == 2


def test_lone_surrogates_and_nul_bytes_do_not_stop_a_row(tmp_path: Path) -> None:
    row = b'{"url": "https://example.org/\\ud800", "html": "<p>a\\ud800b\\u0000c \\ud83d\\ude00</p>"}\n'
    page = see(written(tmp_path / "a.jsonl", row)).pages[0]
    assert (page.body.decode(), page.url) == ("<p>a\ufffdb\x00c 😀</p>", "https://example.org/\ufffd")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.parquet"])
def test_planning_resumes_at_any_end_and_rows_read_in_any_order(name: str, tmp_path: Path) -> None:
    rows = [{"url": f"https://example.org/{number}", "html": f"{HTML}{number}" * number} for number in range(1, 60)]
    if name == "a.parquet":
        pl.DataFrame(rows).write_parquet(tmp_path / name, row_group_size=25)
    else:
        written(tmp_path / name, gzip.compress(lines(*rows)) if name.endswith("gz") else lines(*rows))
    (file,) = found_in(tmp_path / name)
    assert isinstance(file, InputFile)
    refs = [ref for ref in plan(file, 0) if isinstance(ref, PageRef)]
    assert [list(plan(file, ref.end)) for ref in refs[::20]] == [refs[1:], refs[21:], refs[41:]]
    backwards = [read(ref, 100_000).url for ref in reversed(refs)]
    assert backwards == [row["url"] for row in reversed(rows)]
    assert [read(ref, 100_000).body.decode() for ref in refs[::7]] == [row["html"] for row in rows[::7]]


def test_a_packed_table_that_is_cut_gives_the_rows_before(tmp_path: Path) -> None:
    packed = gzip.compress(lines(*({"html": f"{HTML}{number * 7919 % 1013}"} for number in range(5000))))
    seen = see(written(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2]))
    assert seen.reasons == ["packed_truncated"] and 1000 < len(seen.pages) < 4000


def test_parquet_brings_its_own_times_and_bytes(tmp_path: Path) -> None:
    moment = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
    row = {"url": "https://example.org/a", "html": HTML.encode("cp1252"), "charset": "windows-1252", "fetched_at": moment}
    pl.DataFrame([row]).write_parquet(tmp_path / "a.parquet")
    page = see(tmp_path / "a.parquet").pages[0]
    assert (page.observed_at, page.body, page.http_charset) == (moment, HTML.encode("cp1252"), "windows-1252")


def test_tables_that_hold_no_pages_are_one_reject(tmp_path: Path) -> None:
    pl.DataFrame({"price": [1, 2]}).write_parquet(tmp_path / "prices.parquet")
    written(tmp_path / "broken.parquet", b"PAR1" + b"\0" * 99)
    written(tmp_path / "empty.jsonl", b"")
    assert see(tmp_path).reasons == ["table_broken", "empty_file", "columns_missing"]


def test_a_row_larger_than_the_limit_is_a_reject(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", lines({"html": "<p>" + "x" * 5000}, {"html": "<p>" + "x" * 50_000}, {"html": HTML}))
    assert (see(path, max_bytes=2000).reasons, len(see(path, max_bytes=2000).pages)) == (["input_too_large"] * 2, 1)
