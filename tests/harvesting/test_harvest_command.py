"""`broadsheet harvest` as a user runs it: pages become rows, front pages a time series, and what is known changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.harvesting.loopback_site import Site
from tests.harvesting.three_outlets import as_options, front, serving, write_sources
from warehouse.ask import ask

STORIES = 6
TABLES = ("raw.pages", "core.articles", "core.listing_items", "core.credits", "core.evidence", "core.outlets", "ops.rejects")
SERIES = """
SELECT l.headline, l.position, l.rank FROM ops.fetches AS f JOIN raw.pages AS p ON p.url = f.url AND p.digest = f.digest
JOIN core.listing_items AS l USING (page_id) WHERE f.kind = 'front' AND l.kind = 'hot' ORDER BY f.requested_at, l.position
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(STORIES) as site:
        yield site


def counts(home: Path) -> dict[str, int]:
    return {table: ask(home, f"SELECT count(*) FROM {table}").rows[0][0] for table in TABLES}


@pytest.mark.slow
def test_pages_become_rows_and_front_pages_a_time_series(broadsheet: Run, site: Site, tmp_path: Path):
    sources, home = write_sources(site, tmp_path), tmp_path / "home"
    given = ("harvest", str(sources), "--home", str(home), *as_options(), "--workers", "1")
    first = broadsheet(*given, "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["pages"]["loaded"] == 3 * STORIES + 2  # with the one that was busy and the one that has moved
    before = counts(home)
    site.pages["gazette.test", "/"] = front([5, 4, 3, 2, 1, 0])
    again = broadsheet(*given, "--again")
    assert again.returncode == 0, again.stderr
    changed = counts(home)
    gained = {table: changed[table] - before[table] for table in TABLES if changed[table] != before[table]}
    assert gained.keys() == {"raw.pages", "core.listing_items", "core.evidence", "ops.rejects"}  # of the front page, no article
    assert (gained["raw.pages"], gained["ops.rejects"]) == (1, 1)
    headlines = [headline for headline, _position, _rank in ask(home, SERIES).rows]
    assert len(headlines) == 2 * STORIES and headlines[STORIES:] == headlines[:STORIES][::-1]


def test_a_dry_run_tells_what_is_due_and_asks_nothing(broadsheet_without_server: Run, site: Site, tmp_path: Path):
    done = broadsheet_without_server("harvest", str(write_sources(site, tmp_path)), "--home", str(tmp_path / "home"), "--dry-run")
    assert (done.returncode, site.hits, (tmp_path / "home").exists()) == (0, [], False), done.stderr
    assert "3 URLs are due" in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--only", "tribune"], "there are harbour, courier, gazette"), (["--allow-host", "a=b"], "expected NAME=ADDRESS")],
)
def test_a_wrong_option_is_refused_before_anything_is_started(
    broadsheet_without_server: Run, site: Site, tmp_path: Path, options: list[str], said: str
):
    done = broadsheet_without_server("harvest", str(write_sources(site, tmp_path)), "--home", str(tmp_path / "home"), *options)
    assert done.returncode == 2 and said in done.stderr
