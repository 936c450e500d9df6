"""One run over every kind of source at once: each page tells where it came from, and where its bytes lie."""

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.conftest import Run
from tests.flows.bad_inputs import SENTENCE, article, warc_record
from tests.sources.archives import record
from warehouse.ask import ask

TEXT = "The ferry stays in port\nPublished 3 February 2026 at 04:05\n" + "\n".join(f"{n}. {SENTENCE * 3}" for n in range(6))
PROVENANCE = """
SELECT source_kind, source_uri, url, url_source, observed_source, charset_source, media_type, warc_uri, warc_offset, source_offset
FROM raw.pages JOIN core.articles USING (page_id)
"""


def write_sources(folder: Path) -> list[Path]:
    """A path of every kind, a page in each with an article of its own."""
    described, bare, deep = folder / "described", folder / "bare", folder / "bare" / "deep"
    for made in (described, deep):
        made.mkdir(parents=True)
    german = article("Beschrieben im Beiblatt", body="<p>Für die Fähre übernahm die Behörde später ähnliche Gebühren.</p>")
    (described / "a.html").write_bytes(german.replace("charset=utf-8", "").encode("cp1252"))
    line = {"file": "a.html", "url": "https://pier.example/sidecar", "observed_at": "2026-03-01T08:00:00Z", "charset": "windows-1252"}
    (described / "pages.jsonl").write_text(json.dumps(line) + "\n")
    (deep / "b.html").write_text(article("Names itself", head='<link rel=canonical href="https://pier.example/canonical">'))
    (bare / "c.htm").write_text(article("Names itself to others", head='<meta property="og:url" content="https://pier.example/og">'))
    (folder / "single.html").write_bytes(b"\xef\xbb\xbf" + article("Alone and nameless").encode())
    plain = gzip.decompress(warc_record("https://pier.example/plain", article("In a plain archive")))
    (folder / "plain.warc").write_bytes(plain)
    packed = [warc_record(f"https://pier.example/packed/{n}", article(f"In a packed archive, {n}")) for n in range(2)]
    (folder / "packed.warc.gz").write_bytes(b"".join(packed))
    wet = record(TEXT.replace("stays", "sails").encode(), "conversion", "text/plain", WARC_Target_URI="https://pier.example/wet")
    (folder / "crawl.warc.wet.gz").write_bytes(gzip.compress(wet))
    (folder / "note.txt").write_text(TEXT)
    row = {"url": "https://pier.example/jsonl", "html": article("In a line of JSON"), "observed_at": "2026-03-01T08:00:00Z"}
    (folder / "rows.jsonl").write_text(json.dumps(row) + "\n")
    frame = pl.DataFrame([row | {"url": "https://pier.example/parquet", "html": article("In a row of Parquet")}])
    frame.write_parquet(folder / "rows.parquet")
    (folder / "odd.dat").write_text(TEXT.replace("port", "harbour"))
    (folder / "odd.bin").write_bytes(b"\x01\x02\x03")
    return [path for path in sorted(folder.iterdir()) if path.name != "odd.dat"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mixed")


@pytest.fixture(scope="module")
def pages(broadsheet: Run, folder: Path) -> dict[str, dict[str, Any]]:
    """Captures by URL, after one run over all the paths and one that forces a kind."""
    done = broadsheet("ingest", *write_sources(folder), "--home", folder.parent / "home")
    assert done.returncode == 0, done.stderr
    forced = broadsheet("ingest", folder / "odd.dat", "--source", "text_extract", "--home", folder.parent / "home")
    assert forced.returncode == 0, forced.stderr
    return {row["url"]: row for row in ask(folder.parent / "home", PROVENANCE).records()}


@pytest.mark.parametrize(
    ("url", "kind", "uri", "url_source", "observed_source"),
    [
        ("https://pier.example/sidecar", "html_folder", "a.html", "sidecar", "sidecar"),
        ("https://pier.example/canonical", "html_folder", "deep/b.html", "canonical", "mtime"),
        ("https://pier.example/og", "html_folder", "c.htm", "og:url", "mtime"),
        ("file:single.html", "html_folder", "single.html", "file", "mtime"),
        ("https://pier.example/plain", "warc", "plain.warc", "warc", "warc"),
        ("https://pier.example/packed/1", "warc", "packed.warc.gz", "warc", "warc"),
        ("https://pier.example/wet", "text_extract", "crawl.warc.wet.gz", "warc", "warc"),
        ("file:note.txt", "text_extract", "note.txt", "file", "mtime"),
        ("https://pier.example/jsonl", "page_table", "rows.jsonl", "table", "table"),
        ("https://pier.example/parquet", "page_table", "rows.parquet", "table", "table"),
        ("file:odd.dat", "text_extract", "odd.dat", "file", "mtime"),
    ],
)
def test_a_page_tells_where_it_came_from(
    pages: dict[str, dict[str, Any]], folder: Path, url: str, kind: str, uri: str, url_source: str, observed_source: str
):
    row = pages[url.format(folder=folder)]
    came = tuple(row[name] for name in ("source_kind", "source_uri", "url_source", "observed_source"))
    assert came == (kind, uri, url_source, observed_source)


def test_nothing_was_read_twice_or_left_out(pages: dict[str, dict[str, Any]], folder: Path):
    assert len(pages) == 12
    counted = ask(folder.parent / "home", "SELECT seen_count, loaded_count FROM ops.runs ORDER BY started_at").rows
    assert counted == [(12, 11), (1, 1)]


@pytest.mark.parametrize(
    ("url", "source"),
    [("https://pier.example/sidecar", "sidecar"), ("https://pier.example/packed/0", "utf-8"), ("file:single.html", "bom"),
     ("https://pier.example/jsonl", "utf-8")],
)  # fmt: skip
def test_what_decided_the_charset_is_recorded(pages: dict[str, dict[str, Any]], folder: Path, url: str, source: str):
    assert pages[url.format(folder=folder)]["charset_source"] == source


def test_archives_of_the_user_stay_where_they_are_and_everything_else_is_copied(pages: dict[str, dict[str, Any]], folder: Path):
    in_place = {row["source_uri"]: row["warc_uri"] for row in pages.values() if not row["warc_uri"].startswith("raw/")}
    assert in_place == {name: str(folder / name) for name in ("plain.warc", "packed.warc.gz", "crawl.warc.wet.gz")}
    assert [row for row in pages.values() if row["warc_uri"] in in_place.values() and row["warc_offset"] != row["source_offset"]] == []
    assert pages["https://pier.example/packed/1"]["warc_offset"] > 0
    copied = [row for row in pages.values() if row["warc_uri"].startswith("raw/")]
    assert {row["warc_uri"] for row in copied} == {"raw/broadsheet-000001.warc.gz"}
    assert len({row["warc_offset"] for row in copied}) == len(copied) == 8
    assert not list((folder.parent / "home" / "raw" / "staging").glob("*"))


def test_a_file_that_no_source_knows_is_answered_for_where_it_is_named(pages: dict[str, dict[str, Any]], folder: Path):
    assert pages
    ((uri, reason, detail),) = ask(folder.parent / "home", "SELECT source_uri, reason, detail FROM ops.rejects").rows
    assert (uri, reason) == ("odd.bin", "unknown_kind")
    assert "--source KIND" in detail
