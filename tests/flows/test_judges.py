"""The judges of tests/bench can fail: what is lost, wrong, dangling or vanished is told."""

import shutil
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.bench.chaos.accounts import unbalanced
from tests.bench.chaos.command import documented_codes
from tests.bench.chaos.equality import dangling, differences, left_behind, rows_of
from tests.bench.chaos.killing import VICTIMS, plan_kills

BALANCED = {"seen": 9, "loaded": 5, "known": 1, "rejected": {"deadline": 3}, "passed_over": {"not_html": 2}}


def test_a_warehouse_equals_itself_and_a_lost_or_wrong_row_is_told(samples_home: Path):
    wanted = rows_of(samples_home)
    assert differences(samples_home, wanted) == []
    for table, rows in wanted.items():
        if rows:
            one = Counter([next(iter(rows))])
            assert "0 rows lost, 1 that should not be" in differences(samples_home, wanted | {table: rows - one})[0]
            assert "1 rows lost, 0 that should not be" in differences(samples_home, wanted | {table: rows + one})[0]


def test_a_raw_pointer_that_leads_nowhere_is_told(samples_home: Path, home: Path):
    assert dangling(samples_home) == []
    shutil.copytree(samples_home, home)
    for archive in (home / "raw").glob("*.warc.gz"):
        archive.write_bytes(archive.read_bytes()[:4000])
    assert dangling(home)


def test_what_a_run_left_behind_is_told(home: Path):
    (home / "raw" / "staging").mkdir(parents=True)
    assert left_behind(home) == []
    (home / "raw" / "staging" / "0.warc.gz").touch()
    assert left_behind(home) == ["left behind: raw/staging/0.warc.gz"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [({}, []), ({"loaded": 4}, ["expected seen ="]), ({"passed_over": {}}, ["expected 11"]), ({"seen": 8, "loaded": 4}, ["expected 11"])],
)
def test_records_that_vanish_are_told(changed: dict[str, object], told: list[str]):
    problems = unbalanced(BALANCED | changed, records=11)
    assert [problem[: len(begins)] for problem, begins in zip(problems, told, strict=True)] == told


def test_a_summary_without_what_was_passed_over_is_told():
    assert "passed_over" in unbalanced({name: count for name, count in BALANCED.items() if name != "passed_over"})[0]


def test_kills_come_as_often_to_every_victim_and_the_same_for_the_same_seed():
    kills = plan_kills(signal.SIGTERM, 20, 7, 30.0, VICTIMS)
    assert Counter(kill.victim for kill in kills) == dict.fromkeys(VICTIMS, 4)
    assert kills == plan_kills(signal.SIGTERM, 20, 7, 30.0, VICTIMS)


def test_the_exit_codes_that_the_help_lists_are_read_off_it():
    assert documented_codes() >= {0, 2, 10, 11, 13, 14, 15, 16, 130}
