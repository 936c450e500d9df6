"""A table of a page is five files: they are added to a copy of the rooms, and a page goes through it from bytes to `explain`."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.flows.bad_inputs import article
from warehouse.migrate import migrations

ROOMS = ("flows", "tasks", "expectations", "warehouse")
URL = "https://pier.example/ferry"
MIGRATION = f"warehouse/migrations/{migrations()[-1].number + 1:04d}_tags.sql"
CHECKSUMS = "warehouse/migrations/checksums.txt"
FILES = {
    "warehouse/tables/tags.py": '''
import dataframely as dy

from warehouse.tables.contract import HEX16, Contract
from warehouse.tables.pages import Pages


class Tags(Contract):
    """core.tags: one keyword of one page."""

    TABLE = "core.tags"
    GRAIN = "one keyword of one page"
    PARENT = Pages
    HAS_KEY_INDEX = False

    page_id = dy.String(primary_key=True, regex=HEX16, description="The page that gives it; raw.pages.")
    position = dy.Int32(primary_key=True, min=1, description="Place among the keywords of the page, 1-based.")
    tag = dy.String(min_length=1, description="The keyword.")
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
''',
    "tasks/shaping/tags.py": '''
import polars as pl

from tasks.shaping.records import records_frame
from warehouse.tables.contract import conform
from warehouse.tables.tags import Tags


def shape_tags(batch):
    given = [
        {"page_id": capture.page_id, "position": position, "tag": tag}
        for capture, _, article in batch.articles()
        for position, tag in enumerate(article.tags, 1)
    ]
    return records_frame(given, Tags, without=("run_id",)).with_columns(run_id=pl.lit(batch.batch.run_id)).pipe(conform, Tags)
''',
    "expectations/tags.py": '''
import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToNotMatchRegex(column="tag", regex="^home$", severity="critical", notes="Every page of a site has it."),
]
''',
}  # fmt: skip
PRINT_DDL = "from warehouse.ddl import ddl; from warehouse.tables.tags import Tags; print('-- tags', ddl(Tags), sep='\\n')"
LOSE_THE_PAGE = """
import json, sys
from pathlib import Path
from warehouse.connection import open_loader
from warehouse.queries import integrity
with open_loader(Path(sys.argv[1])) as con:
    con.execute("DELETE FROM raw.pages")
    print(json.dumps({row["promise"]: row["broken_count"] for row in integrity(con)}))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms with core.tags: contract, migration and its checksum, shaper, suite, and nothing else."""
    copy = tmp_path_factory.mktemp("checkout")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, text in FILES.items():
        (copy / name).write_text(text.lstrip())
    (copy / MIGRATION).write_text(python(copy, PRINT_DDL))
    with (copy / CHECKSUMS).open("a") as sums:
        sums.write(f"{hashlib.sha256((copy / MIGRATION).read_bytes()).hexdigest()}  {Path(MIGRATION).name}\n")
    return copy


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tags")


@pytest.fixture(scope="module")
def loaded(checkout: Path, broadsheet: Run, folder: Path) -> Callable[..., str]:
    """`broadsheet ARGS` of the copy, on a home in `folder` with one page; gives what it prints."""
    head = f'<link rel=canonical href="{URL}"><meta name=keywords content="ferries, home, harbour">'
    (folder / "ferry.html").write_text(article("The ferry stays in port", head=head))

    def run(*arguments: object) -> str:
        done = broadsheet(*arguments, "--home", folder / "home", env={"PYTHONPATH": str(checkout)})
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("ingest", folder / "ferry.html")
    return run


def python(checkout: Path, code: str, *arguments: object) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    return subprocess.run(command, env=environment, cwd=checkout, capture_output=True, text=True, check=True).stdout


def test_a_table_of_a_page_is_five_files(checkout: Path):
    files = [path.relative_to(checkout) for path in checkout.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    touched = {str(path) for path in files if not (ROOT / path).is_file() or (ROOT / path).read_bytes() != (checkout / path).read_bytes()}
    assert touched == {*FILES, MIGRATION, CHECKSUMS}
    assert len(touched) == 5


def test_its_rows_are_shaped_judged_loaded_and_explained(loaded: Callable[..., str]):
    (capture,) = json.loads(loaded("explain", URL, "--json"))
    assert capture["tags"] == [{"position": 1, "tag": "ferries"}, {"position": 3, "tag": "harbour"}]
    (reject,) = capture["rejects"]
    assert (reject["table_name"], json.loads(reject["row_json"])["tag"]) == ("core.tags", "home")
    assert "tags = 2 rows\n    position 1, tag ferries\n    position 3, tag harbour\n" in loaded("explain", URL)


def test_rows_of_it_without_their_page_are_found(checkout: Path, loaded: Callable[..., str], folder: Path):
    assert "core.tags" in loaded("sql", "SELECT table_name FROM ops.checks")
    shutil.copytree(folder / "home", folder / "broken")
    broken = json.loads(python(checkout, LOSE_THE_PAGE, folder / "broken"))
    assert broken["every row of core.tags has its row of raw.pages"] == 2
    assert broken["no key of core.tags stands twice"] == 0
