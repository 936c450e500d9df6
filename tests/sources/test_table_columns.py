"""What a table says beside its pages: candidates, addresses and times under many names, in objects and in structs."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.raw_store.staging import StagingWriter, stage_page
from tasks.sources.page import Page
from tests.sources.reading import see, written

HTML = "<html><body><p>A page for the table.</p></body></html>"
SEEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def page_of(folder: Path, **row: Any) -> Page:
    """The one page of a table with this one row."""
    (page,) = see(written(folder / "rows.jsonl", json.dumps(row).encode())).pages
    return page


def told(page: Page) -> dict[str, tuple[str, ...]]:
    return {f"{column.field} {column.name}": column.values for column in page.columns}


def test_columns_beside_the_page_travel_with_it_under_their_own_names(tmp_path: Path) -> None:
    page = page_of(
        tmp_path, maintext="A text.", Headline="The branch stays", byline="Ann Lee", publishedAt=1714979289, date="2024-05-04",
        category="Harbour", language="en", outlet="Skerry Post", tags=["ferry", "harbour"], id=7, image_url="https://skerry.example/i.jpg",
    )  # fmt: skip
    assert told(page) == {
        "title Headline": ("The branch stays",), "authors byline": ("Ann Lee",), "published_at publishedAt": ("2024-05-06T07:08:09+00:00",),
        "published_at date": ("2024-05-04",), "section category": ("Harbour",),
        "lang language": ("en",), "site_name outlet": ("Skerry Post",),
        "tags tags": ("ferry", "harbour"),
    }  # fmt: skip


@pytest.mark.parametrize("written", [["Ann Lee", "Bo Tan"], "['Ann Lee', 'Bo Tan']", '["Ann Lee", "Bo Tan"]',
                                     [{"name": "Ann Lee"}, {"name": "Bo Tan", "id": 3}]])  # fmt: skip
def test_authors_are_a_list_however_it_is_written(written: object, tmp_path: Path) -> None:
    assert told(page_of(tmp_path, text="A text.", authors=written)) == {"authors authors": ("Ann Lee", "Bo Tan")}


@pytest.mark.parametrize("row", [
    {"source": "skerry.example", "category": 3, "title": "", "authors": [], "tags": "[]", "published": None},
    {"source": "https://skerry.example/news/lamps", "category": [], "authors": [[["deep"]]], "title": {}, "language": False},
])  # fmt: skip
def test_what_cannot_be_meant_for_a_field_is_no_candidate(row: dict[str, object], tmp_path: Path) -> None:
    assert told(page_of(tmp_path, text="A text.", **row)) == {}


@pytest.mark.parametrize("row", [
    {"requested_url": "https://skerry.example/a"}, {"responded_url": "https://skerry.example/a", "requested_url": "http://skerry.example/?a"},
    {"metadata": {"url": "https://skerry.example/a"}}, {"meta": '{"url": "https://skerry.example/a"}'},
    {"warc_headers": {"WARC-Target-URI": "https://skerry.example/a"}}, {"url": "a-17", "link": "https://skerry.example/a"},
    {"source": "https://skerry.example/a", "author": {"url": "https://skerry.example/ann"}},
])  # fmt: skip
def test_the_address_is_found_under_any_name_and_inside_of_metadata(row: dict[str, object], tmp_path: Path) -> None:
    assert page_of(tmp_path, text="A text.", **row).url == "https://skerry.example/a"


def test_structs_of_parquet_and_bytes_are_read(tmp_path: Path) -> None:
    headers = {"WARC-Target-URI": "https://skerry.example/a", "WARC-Date": "2024-05-06T07:08:09Z"}
    pl.DataFrame([{"warc_headers": headers, "html": HTML.encode(), "unread": 1}]).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame([{"metadata": {"html": HTML, "title": "The branch stays"}}]).write_parquet(tmp_path / "b.parquet")
    first, second = see(tmp_path).pages
    assert (first.url, first.observed_at, first.body) == ("https://skerry.example/a", SEEN, HTML.encode())
    assert (second.body, told(second)) == (HTML.encode(), {"title metadata.title": ("The branch stays",)})


def test_a_time_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    page = page_of(tmp_path, html=HTML, fetched_at="05/04/2024", timestamp="soon")
    assert (page.observed_source, page.unread_times) == ("mtime", (("fetched_at", "05/04/2024"), ("timestamp", "soon")))
    assert page_of(tmp_path, html=HTML, fetched_at="soon", timestamp=SEEN.isoformat()).unread_times == ()


@pytest.mark.parametrize("column", ["html", "text", "content"])
def test_a_table_of_file_names_is_called_a_sidecar(column: str, tmp_path: Path) -> None:
    written(tmp_path / "saved" / "page1.html", HTML.encode())
    written(tmp_path / "rows.jsonl", json.dumps({column: "saved/page1.html", "url": "https://skerry.example/a"}).encode())
    seen = see(tmp_path / "rows.jsonl")
    assert (seen.reasons, seen.pages) == (["names_a_file"], []) and "pages.jsonl" in seen.details[0]


def test_two_columns_of_one_name_are_one_reject_that_names_them(tmp_path: Path) -> None:
    table = pa.table([pa.array(["a", "b"]), pa.array(["c", "d"]), pa.array([HTML, HTML])], names=["url", "url", "html"])
    pq.write_table(table, tmp_path / "a.parquet")
    seen = see(tmp_path)
    assert seen.reasons == ["table_broken"] and "came url more than once" in seen.details[0]


def test_columns_are_kept_in_the_raw_store(tmp_path: Path) -> None:
    page = page_of(tmp_path, text="A text.", title="渡船" * 240, authors=["Ünal Åse"] * 60, tags=["码头" * 200] * 60)
    with StagingWriter(tmp_path, "staged") as writer:
        stage_page(writer, page, "file:rows.jsonl", "file")
    (again,) = see(tmp_path / "raw" / "staging" / "staged.warc.gz").pages
    assert again.columns == page.columns and len(told(page)) == 3
