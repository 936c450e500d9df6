"""A home folder lies where it lies: moved, it is the same warehouse, with its bytes and with a proposal that waits."""

from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

OLDER = "UPDATE core.evidence SET extractor = 'broadsheet/0.0.1+00000000 trafilatura/1.0.0'; UPDATE core.articles SET title = 'Older'"


def test_a_home_that_is_moved_is_whole_and_its_proposal_can_be_taken_over(broadsheet: Run, home: Path, tmp_path: Path):
    (tmp_path / "one.html").write_text(article("The ferry stays in port"))
    assert broadsheet("ingest", tmp_path / "one.html", "--home", home).returncode == 0
    with open_loader(home) as connection:
        connection.execute(OLDER)
        publish_snapshot(connection, home)
    assert broadsheet("reprocess", "--outdated", "--home", home).returncode == 0

    (tmp_path / "elsewhere").mkdir()
    moved = home.rename(tmp_path / "elsewhere" / "another name")
    assert broadsheet("doctor", "--home", moved, "--deep").returncode == 0
    done = broadsheet("reprocess", "--accept", "--home", moved)
    assert done.returncode == 0, done.stderr
    ((title, page),) = ask(moved, "SELECT title, page_id FROM core.articles").rows
    assert title == "The ferry stays in port"
    drawn = tmp_path / "page.html"
    assert broadsheet("explain", page, "--html", drawn, "--home", moved).returncode == 0
    assert "The ferry to the outer islands" in drawn.read_text()
    again = broadsheet("ingest", tmp_path / "one.html", "--home", moved)
    assert "Nothing new" in again.stdout
