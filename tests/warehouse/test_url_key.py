"""url_key and story_key: one text for the addresses of one story."""

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.marts import create_marts
from warehouse.migrate import migrate

FERRY = "post.example/2026/ferry"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        migrate(connection)
        create_marts(connection)
        yield connection


def key(con: duckdb.DuckDBPyConnection, url: str | None) -> str | None:
    return con.execute("SELECT url_key($url)", {"url": url}).fetchall()[0][0]


@pytest.mark.parametrize("url", [
    "https://post.example/2026/ferry", "http://www.post.example/2026/ferry/", "https://post.example/2026/ferry//",
    "HTTPS://Post.Example:443/2026/ferry", "http://post.example:80/2026/ferry", "https://m.post.example/2026/ferry",
    "https://amp.post.example/2026/ferry", "https://post.example/2026/ferry/amp/", "https://post.example/2026/ferry.amp",
    "https://post.example/amp/2026/ferry", "https://post.example/2026/ferry?amp=1", "https://post-example.cdn.ampproject.org/c/s/post.example/2026/ferry",
    "https://post.example/2026/ferry#top", "https://post.example/2026/ferry?utm_source=feed&amp;fbclid=a", "https://post.example/2026/f%65rry",
    "https://post.example/2026/ferry/index.html", "https://post.example/2026/ferry?from=timeline&share_token=x&spm=1.2",
])  # fmt: skip
def test_ways_to_one_story_have_one_key(con: duckdb.DuckDBPyConnection, url: str):
    assert key(con, url) == FERRY


@pytest.mark.parametrize(("url", "expected"), [
    ("https://post.example/view?no=7&id=5", "post.example/view?id=5&no=7"), ("https://post.example/view?id=5", "post.example/view?id=5"),
    ("https://post.example/a.amp.html", "post.example/a.html"), ("https://post.example/camp", "post.example/camp"),
    ("https://sport.post.example/2026/ferry", "sport.post.example/2026/ferry"), ("https://post.example/Ferry", "post.example/Ferry"),
    ("https://post.example/", "post.example"), ("https://post.example/index.shtml", "post.example"),
    ("https://post.example/a/indexes", "post.example/a/indexes"), ("https://post.example/a?fromage=1", "post.example/a?fromage=1"),
    ("https://post.example:8443/a", "post.example:8443/a"), ("file:a/b.txt", "file:a/b.txt"),
    ("https://post.example/%E6%96%B0", "post.example/新"), ("https://post.example/100%", "post.example/100%"), ("", ""), (None, None),
])  # fmt: skip
def test_what_is_another_address_has_another_key(con: duckdb.DuckDBPyConnection, url: str | None, expected: str | None):
    assert key(con, url) == expected


def test_views_that_call_macros_answer_in_an_attached_file(tmp_path):
    with duckdb.connect(str(tmp_path / "news.duckdb")) as con:
        migrate(con)
        create_marts(con)
    with duckdb.connect(":memory:") as con:
        con.execute(f"ATTACH '{tmp_path / 'news.duckdb'}' AS news (READ_ONLY)")
        assert con.execute("FROM news.mart.articles").fetchall() == []
