"""Everything downstream of the raw bytes can be rebuilt from them."""

import hashlib
import json
import shutil
from base64 import b32encode
from pathlib import Path
from typing import Any

import pytest

from tasks.raw_store.reading import read_raw
from tests.conftest import ROOT, Run
from warehouse.ask import ask

ARTICLES = """
SELECT p.url, p.digest, p.url_source, p.observed_at, p.observed_source, p.charset, a.* EXCLUDE (run_id),
       (SELECT list((role, name) ORDER BY role, position) FROM core.credits AS c WHERE c.page_id = a.page_id) AS credits,
       (SELECT list((url, caption) ORDER BY position) FROM core.images AS i WHERE i.page_id = a.page_id) AS images
FROM raw.pages AS p JOIN core.articles AS a USING (page_id)
"""
REJECTED = "SELECT r.page_id, r.reason FROM ops.rejects AS r JOIN raw.pages USING (page_id)"


@pytest.fixture(scope="module")
def rebuilt(broadsheet: Run, samples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second home, made of nothing but the first one's raw store."""
    home = tmp_path_factory.mktemp("rebuilt") / "home"
    done = broadsheet("ingest", samples_home / "raw", "--home", home)
    assert done.returncode == 0, done.stderr
    return home


def in_raw_store(home: Path, query: str) -> dict[str, dict[str, Any]]:
    """Rows by page, of captures whose bytes the home's own raw store holds."""
    kept = {page_id for (page_id,) in ask(home, "SELECT page_id FROM raw.pages WHERE warc_uri LIKE 'raw/%'").rows}
    return {row["page_id"]: row for row in ask(home, query).records() if row["page_id"] in kept}


def test_every_capture_can_be_read_back_byte_for_byte(samples_home: Path):
    stated = "CASE WHEN url_source IN ('sidecar', 'warc', 'table') THEN url END"  # any other is found on the page again
    rows = ask(samples_home, f"SELECT {stated}, digest, byte_count, observed_at, warc_uri, warc_offset FROM raw.pages").rows
    assert len(rows) == 26
    for url, digest, byte_count, observed_at, warc_uri, warc_offset in rows:
        page = read_raw(samples_home, warc_uri, warc_offset)
        came = "sha1:" + b32encode(hashlib.sha1(page.body, usedforsecurity=False).digest()).decode()
        assert (came, len(page.body), page.url, page.observed_at) == (digest, byte_count, url, observed_at)


def test_the_raw_store_alone_gives_the_same_articles(samples_home: Path, rebuilt: Path):
    before = in_raw_store(samples_home, ARTICLES)
    after = {row["page_id"]: row for row in ask(rebuilt, ARTICLES).records()}
    assert after.keys() == before.keys()
    different = {
        (row["url"], name): (row[name], after[page_id][name])
        for page_id, row in before.items()
        for name in row.keys() - {"url_source", "observed_source"}
        if row[name] != after[page_id][name]
    }
    assert different == {}


def test_the_raw_store_alone_gives_the_same_refusals(samples_home: Path, rebuilt: Path):
    before = in_raw_store(samples_home, REJECTED)
    assert {row["page_id"]: row for row in ask(rebuilt, REJECTED).records()} == before
    assert len(before) == 4


def pointers(home: Path) -> set[str]:
    return {uri for (uri,) in ask(home, "SELECT DISTINCT warc_uri FROM raw.pages").rows}


def doctor(broadsheet: Run, home: Path) -> dict[str, dict[str, Any]]:
    told = broadsheet("doctor", "--deep", "--json", "--home", home).stdout
    return {row["what"]: row for row in json.loads(told)}


def test_a_rebuilt_warehouse_takes_the_place_of_the_old_one(broadsheet_without_server: Run, samples_home: Path, rebuilt: Path, home: Path):
    assert pointers(rebuilt) == {f"raw/{path.name}" for path in (samples_home / "raw").glob("*.warc.gz")}
    shutil.copytree(rebuilt, home)  # at another place, and without the home that it was built from
    looked = doctor(broadsheet_without_server, home)
    assert [row for row in looked.values() if row["todo"]] == []
    assert "whole" in looked["raw store"]["found"]


def test_a_lost_raw_store_is_mended_by_an_ingest_of_a_copy(broadsheet: Run, samples_home: Path, home: Path, tmp_path: Path):
    shutil.copytree(samples_home, home)
    before = ask(home, "SELECT * FROM raw.pages ORDER BY page_id").rows
    (tmp_path / "backup").mkdir()
    (home / "raw").rename(tmp_path / "backup" / "raw")
    assert "missing" in doctor(broadsheet, home)["raw store"]["found"]
    assert broadsheet("ingest", tmp_path / "backup", "--home", home).returncode == 0
    assert ask(home, "SELECT * FROM raw.pages ORDER BY page_id").rows == before
    assert doctor(broadsheet, home)["raw store"]["todo"] is None


def test_a_crawl_that_was_moved_is_named_and_an_ingest_of_it_mends_the_pointers(broadsheet: Run, home: Path, tmp_path: Path):
    crawl, moved = tmp_path / "crawl.warc.gz", tmp_path / "elsewhere" / "crawl.warc.gz"
    shutil.copy(ROOT / "samples" / "crawl.warc.gz", crawl)
    assert broadsheet("ingest", crawl, "--home", home).returncode == 0
    before = ask(home, "SELECT * EXCLUDE (warc_uri) FROM raw.pages ORDER BY page_id").rows
    moved.parent.mkdir()
    crawl.rename(moved)
    looked = doctor(broadsheet, home)["your WARCs"]
    assert str(crawl) in looked["found"]
    assert "broadsheet ingest" in looked["todo"]
    assert broadsheet("ingest", moved, "--home", home).returncode == 0
    assert pointers(home) == {str(moved)}
    assert ask(home, "SELECT * EXCLUDE (warc_uri) FROM raw.pages ORDER BY page_id").rows == before
    assert doctor(broadsheet, home)["your WARCs"]["todo"] is None
