"""The command line on a loaded warehouse, as an analyst and an operator use it."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run
from warehouse.ask import ask

TITLE = "Night buses return to the hill towns after nine years"


def test_sql_draws_a_table(broadsheet: Run, samples_home: Path):
    done = broadsheet("sql", f"SELECT title, lang FROM core.articles WHERE title = '{TITLE}'", "--home", samples_home)
    assert done.returncode == 0
    assert TITLE in done.stdout
    assert "varchar" in done.stdout


def test_sql_writes_csv_with_lists_as_json(broadsheet: Run, samples_home: Path):
    query = "SELECT 'a \"b\"\nc' AS text, [1, 2] AS numbers, NULL AS nothing, TIMESTAMPTZ '2026-01-02 03:04:05+00' AS moment"
    done = broadsheet("sql", query, "--csv", "--home", samples_home)
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows == [["text", "numbers", "nothing", "moment"], ['a "b"\nc', "[1, 2]", "", "2026-01-02 03:04:05+00:00"]]


def test_sql_gives_json_of_all_rows(broadsheet: Run, samples_home: Path):
    done = broadsheet("sql", "SELECT page_id, tags, published_at FROM core.articles", "--json", "--home", samples_home)
    rows = json.loads(done.stdout)
    assert len(rows) == ask(samples_home, "SELECT count(*) FROM core.articles").rows[0][0]
    assert {type(row["tags"]) for row in rows} == {list}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DELETE FROM core.articles", "read-only"),
        ("SELECT 1; DROP TABLE ops.runs", "2 statements"),
        ("COPY core.articles TO 'articles.csv'", "disabled by configuration"),
        ("FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("FROM 'https://news.example/rows.csv'", "disabled by configuration"),
        ("INSTALL httpfs", "disabled by configuration"),
        ("SET enable_external_access = true", "locked"),
        ("SELEC title", "syntax error"),
        ("FROM core.article", 'Did you mean "articles"'),
    ],
)
def test_sql_refuses_what_does_not_only_read_the_warehouse(broadsheet: Run, samples_home: Path, query: str, said: str):
    done = broadsheet("sql", query, "--home", samples_home, cwd=samples_home.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "query that reads the warehouse" in done.stderr
    assert said in done.stderr
    assert not (samples_home.parent / "articles.csv").exists()


def test_explain_finds_a_page_by_its_url_its_id_and_its_file(broadsheet: Run, samples_home: Path):
    found = "SELECT page_id, url, source_uri FROM raw.pages WHERE source_uri = 'html/zh-harbour/sampan.html'"
    said = {broadsheet("explain", name, "--home", samples_home).stdout for name in ask(samples_home, found).rows[0]}
    assert len(said) == 1
    (text,) = said
    for words in ("title = 最後一位舢舨造船師傅收徒", "published_at = ", "charset      big5", "won ", "authors = 鄧樂謙"):
        assert words in text


def test_explain_tells_every_candidate_as_json(broadsheet: Run, samples_home: Path):
    name = "html/en-tidewater/ferry-slip-pilings-inspection.html"
    (capture,) = json.loads(broadsheet("explain", name, "--json", "--home", samples_home).stdout)
    fields = {finding["field"]: finding for finding in capture["evidence"]}
    assert {"url", "page_kind", "title", "authors", "published_at", "modified_at", "lang", "body"} <= set(fields)
    assert [c["verdict"] for c in fields["title"]["candidates"]].count("won") == 1
    assert capture["rejects"] == []


@pytest.mark.parametrize(
    ("page", "reason"),
    [("https://www.larkfieldpost.example/", "not_article:front_page"), ("html/damaged/picture.html", "not_text")],
)
def test_explain_says_why_a_page_was_refused(broadsheet: Run, samples_home: Path, page: str, reason: str):
    done = broadsheet("explain", page, "--home", samples_home)
    assert done.returncode == 0
    assert f"REJECTED     {reason}: " in done.stdout


def test_explain_of_a_page_that_is_not_there_says_how_to_find_one(broadsheet: Run, samples_home: Path):
    done = broadsheet("explain", "https://nowhere.example/", "--home", samples_home)
    assert (done.returncode, done.stdout) == (2, "")
    assert "https://nowhere.example/" in done.stderr
    assert "broadsheet sql" in done.stderr


def test_rejects_counts_by_reason_and_lists_the_newest(broadsheet: Run, samples_home: Path):
    done = broadsheet("rejects", "--reason", "not_article", "--limit", 2, "--json", "--home", samples_home)
    told = json.loads(done.stdout)
    assert sum(row["reject_count"] for row in told["by_reason"]) == 6
    assert len(told["rejects"]) == 2
    assert all(row["reason"].startswith("not_article:") and row["detail"] for row in told["rejects"])


def test_rejects_as_text_names_the_file_and_what_was_expected(broadsheet: Run, samples_home: Path):
    text = broadsheet("rejects", "--home", samples_home).stdout
    assert "packed_truncated  html/damaged/cut-off.html.gz" in text
    assert "the file ends inside its data" in text
    nothing = broadsheet("rejects", "--reason", "deadline", "--home", samples_home)
    assert (nothing.returncode, nothing.stdout) == (0, "Nothing was rejected for a reason that begins with 'deadline'.\n")
