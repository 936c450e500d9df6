"""A home folder lies where it lies: moved, it is the same warehouse, with its bytes and with a proposal that waits."""

from pathlib import Path

from tests.conftest import Run
from tests.flows.older_extractor import FACTS, WORSE, tamper
from warehouse.ask import ask


def test_a_home_that_is_moved_is_whole_and_its_proposal_can_be_taken_over(
    broadsheet: Run, three_articles: Path, loaded: Path, tmp_path: Path
):
    right = ask(loaded, FACTS).rows
    page = tamper(loaded, WORSE)
    assert broadsheet("reprocess", "--outdated", "--home", loaded).returncode == 0

    (tmp_path / "elsewhere").mkdir()
    moved = loaded.rename(tmp_path / "elsewhere" / "another name")
    assert broadsheet("doctor", "--home", moved, "--deep").returncode == 0
    done = broadsheet("reprocess", "--accept", "--home", moved)
    assert done.returncode == 0, done.stderr
    assert ask(moved, FACTS).rows == right
    drawn = tmp_path / "page.html"
    assert broadsheet("explain", page, "--html", drawn, "--home", moved).returncode == 0
    assert "The ferry to the outer islands" in drawn.read_text()
    assert "Nothing new" in broadsheet("ingest", three_articles / "pages", "--home", moved).stdout
