"""docs/cookbook.md: every query of it has an answer, on the samples with a few rows of what these have none of."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.lake.moved import lake_of
from tests.lake.postgres import PostgresServer
from tests.warehouse.drawn_tables import insert, read_drawn
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.lake.address import LakeAddress
from warehouse.lake.session import close_sessions
from warehouse.snapshot import publish_snapshot

SECTIONS = re.split(r"^### ", (ROOT / "docs" / "cookbook.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
TITLES = [section.partition("\n")[0] for section in SECTIONS]
QUERIES = [
    pytest.param(query, id=f"{title}-{number}")
    for title, section in zip(TITLES, SECTIONS, strict=True)
    for number, query in enumerate(re.findall(r"```sql\n(.+?)```", section, re.DOTALL), 1)
]
SEARCH = re.compile(r"\b(search_articles|search_headlines|attention|top_terms)\(")
LIMIT = re.compile(r"\bLIMIT \d+;?\s*$")
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


@pytest.fixture(scope="module")
def cookbook_lake(postgres: PostgresServer, cookbook_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LakeAddress]:
    """The same rows in a lake."""
    yield lake_of(postgres, tmp_path_factory.mktemp("cookbook-lake"), cookbook_home)
    close_sessions()


def test_it_answers_the_twenty_five_questions():
    assert sorted(int(number) for title in TITLES for number in re.findall(r"^(\d+)\.", title)) == list(range(1, 26))


def test_every_section_has_its_query():
    assert [title for title, section in zip(TITLES, SECTIONS, strict=True) if "```sql" not in section] == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_cookbook_has_an_answer(cookbook_home: Path, query: str):
    assert ask(cookbook_home, query).rows


def shown(row: tuple[object, ...]) -> str:
    """A row; sums of fractions depend in their last digits on the order of rows."""
    return repr([f"{value:.9g}" if isinstance(value, float) else value for value in row])


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_cookbook_has_the_same_answer_on_a_lake(cookbook_home: Path, cookbook_lake: LakeAddress, query: str):
    everything = LIMIT.sub("", query)  # of rows that are equal in what they are ordered by, any may be cut off
    on_lake, on_file = (sorted(map(shown, ask(place, everything).rows)) for place in (cookbook_lake, cookbook_home))
    assert on_lake == on_file or "ops.snapshot" in query


def test_an_outlet_is_known_by_a_file_alone(cookbook_home: Path):
    hosts = "SELECT host, outlet, country FROM mart.hosts WHERE outlet_id = 'tidewater'"
    assert ask(cookbook_home, hosts).rows == [("www.tidewatercourier.example", "Tidewater Courier", "US")]
    assert ask(cookbook_home, "SELECT count(*) FROM ops.fetches WHERE outlet_id = 'tidewater'").rows == [(0,)]
