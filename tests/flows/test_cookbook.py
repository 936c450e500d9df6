"""docs/cookbook.md: every query of it has an answer, on the samples with a few rows of what these have none of."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.warehouse.drawn_tables import insert, read_drawn
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

SECTIONS = re.split(r"^### ", (ROOT / "docs" / "cookbook.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
TITLES = [section.partition("\n")[0] for section in SECTIONS]
QUERIES = [
    pytest.param(query, id=f"{title}-{number}")
    for title, section in zip(TITLES, SECTIONS, strict=True)
    for number, query in enumerate(re.findall(r"```sql\n(.+?)```", section, re.DOTALL), 1)
]
SEARCH = re.compile(r"\b(search_articles|search_headlines|attention|top_terms)\(")
OUTLETS = """
contact = "https://research.example/our-crawler"

[outlets.tidewater]
name = "Tidewater Courier"
hosts = ["tidewatercourier.example"]
country = "US"
language = "en"
kind = "newspaper"
"""


@pytest.fixture(scope="module")
def cookbook_home(broadsheet: Run, samples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, an outlet that only the team's file knows of, and the rows that are drawn in cookbook_rows.txt."""
    folder = tmp_path_factory.mktemp("cookbook")
    home = Path(shutil.copytree(samples_home, folder / "home", symlinks=True))
    (folder / "outlets.toml").write_text(OUTLETS)
    done = broadsheet("harvest", folder / "outlets.toml", "--home", home)
    assert done.returncode == 0, done.stderr
    with open_loader(home) as con:
        for table in read_drawn((Path(__file__).parent / "cookbook_rows.txt").read_text("utf-8")):
            insert(con, table)
        publish_snapshot(con, home)
    return home


def test_it_answers_the_twenty_five_questions():
    assert sorted(int(number) for title in TITLES for number in re.findall(r"^(\d+)\.", title)) == list(range(1, 26))


def test_every_section_has_its_query():
    assert [title for title, section in zip(TITLES, SECTIONS, strict=True) if "```sql" not in section] == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_cookbook_has_an_answer(cookbook_home: Path, query: str):
    assert ask(cookbook_home, query).rows


def test_an_outlet_is_known_by_a_file_alone(cookbook_home: Path):
    hosts = "SELECT host, outlet, country FROM mart.hosts WHERE outlet_id = 'tidewater'"
    assert ask(cookbook_home, hosts).rows == [("www.tidewatercourier.example", "Tidewater Courier", "US")]
    assert ask(cookbook_home, "SELECT count(*) FROM ops.fetches WHERE outlet_id = 'tidewater'").rows == [(0,)]
