"""A home goes into a lake and a lake into a home: every row and every byte, once, whoever is killed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.commands import doctor, explain, lake_move, rejects, search, snapshots, sql
from tests.conftest import ROOT
from tests.lake.loading import load_all
from tests.lake.moved import new_lake
from tests.lake.postgres import PostgresServer
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.moving import MOVED
from warehouse.snapshot import publish_snapshot

SAMPLES = ROOT / "samples" / "html"
KILLED = """
import os, sys
from pathlib import Path
from flows.commands import doctor, explain, lake_move, rejects, search, snapshots, sql
from tasks.raw_store import taking_along
from warehouse.lake import moving
real, left = moving._insert, int(sys.argv[2])
def insert(*given):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), 9)
    return real(*given)
moving._insert = insert
lake_move.run(Path(sys.argv[1]), is_import=sys.argv[3] == "import", as_json=True)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with samples, and their bytes in its raw store."""
    folder = tmp_path_factory.mktemp("moving") / "home"
    load_all(SAMPLES, folder, folder)
    with open_loader(folder) as con:
        publish_snapshot(con, folder)
    return folder


@pytest.fixture
def lake(postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LakeAddress:
    """One that the variables name."""
    address = new_lake(postgres, tmp_path)
    monkeypatch.setenv("BROADSHEET_WAREHOUSE", address.catalog)
    monkeypatch.setenv("BROADSHEET_STORE", address.store)
    return address


def move(home: Path, capsys: pytest.CaptureFixture[str], *, is_import: bool) -> dict[str, int]:
    """Rows by table that were moved, and how many files."""
    lake_move.run(home, is_import=is_import, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["gone"], told["renamed"]) == ([], {})
    return {**told["rows"], "files": told["files"]}


def rows(place: Path | LakeAddress) -> dict[str, list[tuple[object, ...]]]:
    opened = open_lake(place, read_only=True) if isinstance(place, LakeAddress) else open_loader(place)
    with opened as con:
        return {
            table.TABLE: con.execute(f"SELECT {', '.join(table.column_names())} FROM {table.TABLE} ORDER BY ALL").fetchall()
            for table in MOVED
        }


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("raw/*.warc.gz")}


def killed(home: Path, inserts: int, what: str) -> None:
    """Move, and end as a kill does behind so many tables."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), str(inserts), what], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()


def test_there_and_back_every_row_and_every_byte(home: Path, lake: LakeAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    killed(home, 5, "import")
    assert not any(rows(lake).values())
    counts = move(home, capsys, is_import=True)
    assert (counts["raw.pages"], counts["files"]) == (len(rows(home)["raw.pages"]), 0) and counts["core.evidence"] > 0
    assert rows(lake) == rows(home) and files(Path(lake.store)) == files(home) != {}
    assert not any(move(home, capsys, is_import=True).values())
    back = tmp_path / "back"
    killed(back, 5, "export")
    assert not any(rows(back).values())
    move(back, capsys, is_import=False)
    assert rows(back) == rows(home) and files(back) == files(home)
    assert not any(move(back, capsys, is_import=False).values())
    assert (
        ask(back, "SELECT count(*) FROM search_articles('ferry')").rows == ask(home, "SELECT count(*) FROM search_articles('ferry')").rows
    )
    assert load_all(SAMPLES, back, back) == 0, "something to do was left"


def test_what_a_home_got_since_comes_with_the_next_import_and_another_homes_files_get_names_of_their_own(
    home: Path, lake: LakeAddress, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    move(home, capsys, is_import=True)
    other = tmp_path / "other"
    load_all(ROOT / "samples" / "text", other, other, run_id="b")
    lake_move.run(other, is_import=True, as_json=True)
    (uri,) = (told := json.loads(capsys.readouterr().out))["renamed"].values()
    assert told["files"] == 1 and (Path(lake.store) / uri).read_bytes() == next(iter(files(other).values()))
    assert {row[0] for row in rows(lake)["raw.pages"]} == {row[0] for each in (home, other) for row in rows(each)["raw.pages"]}
    assert load_all(ROOT / "samples" / "html", other, other, run_id="c") == 1
    lake_move.run(other, is_import=True, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["files"], told["rows"]["raw.pages"], told["rows"]["ops.batches"]) == (1, 0, 1)


@pytest.mark.usefixtures("lake")
def test_commands_say_of_a_lake_what_they_say_of_the_home_it_was(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    move(home, capsys, is_import=True)
    page = ask(home, "SELECT min(page_id) FROM core.articles WHERE lang = 'en'").rows[0][0]
    said = {}
    for place in ("lake", "home"):
        if place == "home":
            monkeypatch.delenv("BROADSHEET_WAREHOUSE")
            monkeypatch.delenv("BROADSHEET_STORE")
        sql.run("SELECT page_id, title FROM core.articles ORDER BY ALL", home, False, True, False, None)
        search.run("ferry", home, None, None, None, None, None, 20, False, False, True)
        explain.run(page, home, True, None, None)
        explain.run(page, home, False, tmp_path / f"{place}.html", None)
        rejects.run(home, None, 20, True)
        said[place] = capsys.readouterr().out.replace(f"{place}.html", "it.html")
        snapshots.run(home, True)
        assert json.loads(capsys.readouterr().out)[0]["is_current"]
        found = {result.what: result for result in doctor.look(home, deep=True)}
        assert [found[what].todo for what in ("raw store", "lake" if place == "lake" else "snapshot")] == [None, None]
        said[place] += found["rows"].found
    assert said["lake"] == said["home"]
    assert (tmp_path / "lake.html").read_text() == (tmp_path / "home.html").read_text()
