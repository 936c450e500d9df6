"""broadsheet search: what a terminal shows of what was found, whatever a page says."""

import json
from pathlib import Path

import click

from flows.commands.search import marked
from tests.conftest import Run
from tests.flows.bad_inputs import article


def test_a_search_shows_title_date_host_and_the_place(broadsheet: Run, home: Path, tmp_path: Path):
    page = tmp_path / "ferry.html"
    page.write_text(article("The ferry stays in port"))
    assert broadsheet("ingest", page, "--home", home).returncode == 0
    done = broadsheet("search", "FERRIES", "--home", home)
    assert done.returncode == 0 and "The ferry stays in port" in done.stdout and "\x1b" not in done.stdout
    found = json.loads(broadsheet("search", 'title:"ferry stays"', "--home", home, "--json").stdout)
    assert [row["title"] for row in found] == ["The ferry stays in port"] and "ferry" in found[0]["snippet"].lower()
    nothing = broadsheet("search", '"unbalanced', "--home", home)
    assert nothing.returncode == 0 and "Fewer words" in nothing.stdout
    wrong = broadsheet("search", "ferry", "--home", home, "--since", "soon")
    assert wrong.returncode == 2 and "soon" in wrong.stderr
    assert broadsheet("search", "ferry", "--home", home, "--headlines").returncode == 0


def test_a_home_without_a_snapshot_says_what_to_do(broadsheet: Run, home: Path):
    done = broadsheet("search", "ferry", "--home", home)
    assert done.returncode == 14 and "broadsheet ingest" in done.stderr


def test_what_was_asked_is_bold_and_the_rest_harmless():
    bold = click.style("FÄHREN", bold=True)
    assert marked("Die FÄHREN\x1b[2J\u202e", ["fahren"]) == f"Die {bold}\\x1b[2J\\u202e"
    assert marked("網絡", ["网络"]) == click.style("網絡", bold=True) and marked("ab", []) == "ab"
