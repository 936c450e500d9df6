"""A proposal is taken over where it is whole and of this warehouse, and by one command at a time; else it is said what to do."""

import json
import shutil
from pathlib import Path

from flows.taking_over import alone
from tests.conftest import Run
from tests.flows.older_extractor import FACTS, WORSE, tamper
from warehouse.ask import ask


def test_without_a_proposal_there_is_nothing_to_take_over(broadsheet: Run, loaded: Path):
    done = broadsheet("reprocess", "--accept", "--home", loaded)
    assert (done.returncode, "broadsheet reprocess --outdated" in done.stderr) == (2, True), done.stderr


def test_a_home_without_a_warehouse_says_so(broadsheet: Run, home: Path):
    for arguments in (["reprocess"], ["reprocess", "--accept"], ["rejects", "replay"]):
        done = broadsheet(*arguments, "--home", home)
        assert (done.returncode, "Expected a snapshot" in done.stderr) == (14, True), done.stderr
    assert not home.exists()


def test_a_proposal_that_lost_a_file_or_met_another_warehouse_is_not_taken_over(broadsheet: Run, loaded: Path, tmp_path: Path):
    backup = shutil.copytree(loaded, tmp_path / "backup")
    tamper(loaded, WORSE)
    assert broadsheet("reprocess", "--outdated", "--home", loaded).returncode == 0
    worse, proposal = ask(loaded, FACTS).rows, loaded / "reprocess"
    lost = next(proposal.glob("*.core.articles.parquet"))
    kept = lost.rename(tmp_path / lost.name)
    done = broadsheet("reprocess", "--accept", "--home", loaded)
    assert (done.returncode, lost.name in done.stderr) == (2, True), done.stderr
    kept.rename(lost)

    waiting = shutil.copytree(proposal, tmp_path / "waiting")
    assert broadsheet("reprocess", "--accept", "--home", loaded).returncode == 0
    shutil.copytree(waiting, proposal)
    assert broadsheet("reprocess", "--accept", "--home", loaded).returncode == 0, "twice is once"
    proposed_later = json.loads((waiting / "proposal.json").read_text()) | {"taken_over": ["aaaaaaaaaaaaaaaa"]}
    (waiting / "proposal.json").write_text(json.dumps(proposed_later))
    shutil.copytree(waiting, backup / "reprocess")
    done = broadsheet("reprocess", "--accept", "--home", backup)
    assert (done.returncode, "Was a backup put back?" in done.stderr) == (2, True), done.stderr
    assert worse != ask(backup, FACTS).rows


def test_a_second_reprocess_at_once_is_told_that_there_is_another(broadsheet: Run, loaded: Path):
    with alone(loaded):
        done = broadsheet("reprocess", "--accept", "--home", loaded)
    assert (done.returncode, "another reprocess is under way" in done.stderr) == (13, True), done.stderr
