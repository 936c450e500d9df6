"""Tables as data sets have them, folders that move, names that are no UTF-8: through the real command."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run
from warehouse.ask import ask

LINE = "The library committee agreed on Monday to keep the mill branch running in season number {}, and said why."
BODY = "\n".join(LINE.format(number) for number in range(1, 7))
ROW = {
    "url": "https://skerry.example/branch", "maintext": BODY, "title": "Mill branch stays open", "authors": ["Ann Lee"],
    "date_publish": "2024-05-04",
}  # fmt: skip
ARTICLES = "SELECT title, published_source, body FROM core.articles ORDER BY title, body"


def page(name: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    body = f"<body><main><article><h1>{name}</h1>{paragraphs}</article></main></body>"
    return f"<!DOCTYPE html><html lang='en'><head><title>{name}</title></head>{body}</html>".encode()


@pytest.fixture(scope="module")
def table(broadsheet: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the two rows of one table; the time of the second cannot be read."""
    folder = tmp_path_factory.mktemp("table")
    unread = {"title": "Ferry slip closes", "maintext": BODY[:-9], "fetched_at": "05/04/2024"}
    rows = [ROW | {"date_download": "2024-09-15 12:00:00 UTC"}, ROW | unread]
    (folder / "rows.json").write_text(json.dumps(rows), "utf-8")
    done = broadsheet("ingest", folder / "rows.json", "--home", folder / "home")
    assert done.returncode == 0, done.stderr
    assert "expect_column_values_to_be_in_set(is_time_read)" in done.stdout
    return folder / "home"


def test_a_text_beside_its_columns_is_an_article(table: Path):
    told = [row[:2] for row in ask(table, ARTICLES).rows]
    assert told == [("Ferry slip closes", "column:date_publish"), ("Mill branch stays open", "column:date_publish")]
    assert ask(table, "SELECT DISTINCT name FROM core.credits WHERE role = 'author'").rows == [("Ann Lee",)]


def test_a_time_that_cannot_be_read_is_evidence_and_a_warning(table: Path):
    told = "SELECT source, candidates[1].source, candidates[1].value FROM core.evidence WHERE field = 'observed_at'"
    assert ask(table, told).rows == [("mtime", "column:fetched_at", "05/04/2024")]
    unmet = "SELECT unexpected_count FROM ops.checks WHERE expectation LIKE '%is_time_read%'"
    assert ask(table, unmet).rows == [(1,)]


def test_a_rebuild_from_the_raw_store_has_what_the_columns_told(broadsheet: Run, table: Path):
    again = table.parent / "again"
    assert broadsheet("ingest", table / "raw", "--home", again).returncode == 0
    assert ask(again, ARTICLES).rows == ask(table, ARTICLES).rows


def test_a_folder_that_moves_makes_no_second_rows(broadsheet: Run, tmp_path: Path):
    (tmp_path / "first" / "deep").mkdir(parents=True)
    (tmp_path / "first" / "deep" / "a.html").write_bytes(page("Mill branch stays open"))
    (tmp_path / "first" / "b.html").write_bytes(page("Ferry slip is let"))
    home = tmp_path / "home"
    assert broadsheet("ingest", tmp_path / "first", "--home", home).returncode == 0
    shutil.move(tmp_path / "first", tmp_path / "second")
    counts = [json.loads(broadsheet("ingest", tmp_path / given, "--home", home, "--json").stdout) for given in ("second", "second/b.html")]
    assert [(count["loaded"], count["known"]) for count in counts] == [(0, 2), (0, 1)]
    assert ask(home, "SELECT url FROM raw.pages ORDER BY url").rows == [("file:b.html",), ("file:deep/a.html",)]


def test_names_that_are_no_utf_8_never_stop_a_load(broadsheet: Run, tmp_path: Path):
    folder, named = tmp_path / "in" / os.fsdecode(b"f\xfe"), tmp_path / os.fsdecode(b"named\xff.html")
    folder.mkdir(parents=True)
    named.write_bytes(page("Ferry slip is let"))
    (folder / os.fsdecode(b"\xff.html")).write_bytes(page("Mill branch stays open"))
    (folder / os.fsdecode(b"\xff.jsonl")).write_text(json.dumps(ROW) + '\n{"\\ud800": 1}\n', "utf-8")
    (folder / os.fsdecode(b"\xfd.html.gz")).write_bytes(b"\x1f\x8b")
    record = page("Ferry slip in an archive")
    head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://skerry.example/w\r\nContent-Type: text/html\r\n"
    head += f"Content-Length: {len(record)}"
    (folder / os.fsdecode(b"\xfc.warc")).write_bytes(head.encode() + b"\r\n\r\n" + record + b"\r\n\r\n")
    home = tmp_path / "home"
    done = broadsheet("ingest", tmp_path / "in", named, "--home", home)
    assert done.returncode == 0, done.stderr
    counts = "SELECT loaded_count, rejected_count FROM ops.runs"
    assert ask(home, counts).rows == [(4, 2)]
    assert broadsheet("explain", "https://skerry.example/w", "--home", home).returncode == 0
    assert "nothing new" in broadsheet("ingest", tmp_path / "in", named, "--home", home).stdout.lower()
