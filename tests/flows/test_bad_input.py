"""Bad input never stops a run and is never lost: one ingest over everything that can go wrong."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.flows.bad_inputs import article, dated, packed_bomb, write_all
from warehouse.ask import ask


@pytest.fixture(scope="module")
def ingested(broadsheet: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder after an ingest of all the bad inputs."""
    folder = tmp_path_factory.mktemp("bad")
    write_all(folder / "in")
    done = broadsheet("ingest", folder / "in", "--home", folder / "home")
    assert done.returncode == 0, done.stderr
    return folder / "home"


def reasons(home: Path, uri: str) -> list[str]:
    rows = ask(home, "SELECT coalesce(expectation, reason) FROM ops.rejects WHERE source_uri = $uri ORDER BY source_offset", {"uri": uri})
    return [row[0] for row in rows.rows]


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("empty.html", ["empty_file"]),
        ("binary.html", ["not_text"]),
        ("cut.html.gz", ["packed_truncated"]),
        ("bomb.html.gz", ["packed_bomb"]),
        ("large.html", ["page_too_large"]),
        ("deep.html", ["too_deep"]),
        ("long-title.html", ["expect_column_value_lengths_to_be_between(title)"]),
        ("table.jsonl", ["row_broken", "no_payload"]),
        ("corrupt.warc.gz", ["warc_corrupt"]),
        ("cut-off.warc.gz", ["warc_truncated"]),
    ],
)
def test_bad_input_is_a_reject_with_its_reason(ingested: Path, uri: str, expected: list[str]):
    assert reasons(ingested, uri) == expected


@pytest.mark.parametrize(
    ("uri", "titles"),
    [
        ("good.html", ["The ferry stays in port"]),
        ("nul.html", ["A page with NUL bytes"]),
        ("table.jsonl", ["Half a pair: \ufffd here"]),
        ("corrupt.warc.gz", ["Record number 0 of the crawl", "Record number 2 of the crawl"]),
        ("cut-off.warc.gz", ["Record number 3 of the crawl"]),
    ],
)
def test_what_stands_beside_bad_input_is_loaded(ingested: Path, uri: str, titles: list[str]):
    query = "SELECT title FROM core.articles JOIN raw.pages USING (page_id) WHERE source_uri = $uri ORDER BY source_offset"
    assert [row[0] for row in ask(ingested, query, {"uri": uri}).rows] == titles


@pytest.mark.parametrize("uri", ["year-1.html", "year-9999.html"])
def test_an_impossible_date_is_refused_and_the_article_kept(ingested: Path, uri: str):
    query = "SELECT published_at, quality_flags FROM core.articles JOIN raw.pages USING (page_id) WHERE source_uri = $uri"
    [(published_at, flags)] = ask(ingested, query, {"uri": uri}).rows
    assert published_at is None
    assert "impossible_date" in flags


def test_every_page_is_accounted_for(ingested: Path):
    seen, loaded, rejected = ask(ingested, "SELECT seen_count, loaded_count, rejected_count FROM ops.runs").rows[0]
    assert seen == loaded + rejected
    assert ask(ingested, "SELECT count(*) FROM core.articles").rows == [(loaded,)]
    assert ask(ingested, "SELECT count(*) FROM ops.rejects").rows == [(rejected,)]


def test_a_rejected_page_that_could_be_read_keeps_its_capture(ingested: Path):
    kept = ask(ingested, "SELECT p.byte_count FROM ops.rejects AS r JOIN raw.pages AS p USING (page_id) WHERE r.reason = 'page_too_large'")
    assert kept.rows[0][0] > 60_000_000


def test_a_missing_path_stops_before_any_work(broadsheet: Run, home: Path, tmp_path: Path):
    done = broadsheet("ingest", tmp_path / "not there", "--home", home)
    assert done.returncode == 10
    assert "not there" in done.stderr


def test_a_run_that_loaded_nothing_because_all_was_rejected_says_so(broadsheet: Run, home: Path, tmp_path: Path):
    (tmp_path / "bomb.html.gz").write_bytes(packed_bomb(100))
    done = broadsheet("ingest", tmp_path / "bomb.html.gz", "--home", home)
    assert done.returncode == 15
    assert "packed_bomb" in done.stdout


def test_a_page_that_takes_too_long_is_given_up_and_its_worker_goes_on(broadsheet: Run, home: Path, tmp_path: Path):
    pages = tmp_path / "in"
    pages.mkdir()
    slow = article("A long night", head=dated("2026-01-02T03:04:05Z"), body=f"<p>word <b>word</b> {'word ' * 18}</p>" * 60_000)
    (pages / "a-slow.html").write_text(slow)
    (pages / "b-quick.html").write_text(article("A short morning", head=dated("2026-01-02T03:04:05Z")))
    done = broadsheet("ingest", pages, "--home", home, "--workers", 1, env={"BROADSHEET_SECONDS_PER_PAGE": "0.5"})
    assert done.returncode == 0, done.stderr
    assert reasons(home, "a-slow.html") == ["deadline"]
    assert ask(home, "SELECT title FROM core.articles").rows == [("A short morning",)]
