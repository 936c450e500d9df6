"""Wherever in a run the disk refuses, the command says so with exit code 16, and the same command finishes later."""

import errno
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.faults.failing_disk import FailingDisk
from tests.flows.bad_inputs import article, dated
from warehouse.ask import ask


@pytest.mark.parametrize(
    ("under", "number"),
    [("raw/uncommitted.json", 1), ("raw/staging", 1), ("data_docs", 2), ("loader/warehouse.duckdb", 8)],
    ids=["journal", "staging", "Data Docs", "warehouse, also where the failure is recorded"],
)
def test_a_refusing_disk_is_exit_code_16(broadsheet: Run, tmp_path: Path, home: Path, under: str, number: int):
    (tmp_path / "one.html").write_text(article("The only story of the day", head=dated("2026-01-02T03:04:05Z")))
    disk = FailingDisk.built(tmp_path)
    # one worker: of a second, which has nothing to do, Python tells a Traceback where the run ends before it has begun
    refusing = disk.failing_at(number, home / under, times=0, error=errno.EIO) | {"BROADSHEET_WORKERS": "1"}
    failed = broadsheet("ingest", tmp_path / "one.html", "--home", home, env=refusing)
    assert disk.failures(), "nothing was written there"
    assert (failed.returncode, "Traceback" in failed.stderr) == (16, False), failed.stderr
    assert "run" in failed.stderr.splitlines()[-1]
    again = broadsheet("ingest", tmp_path / "one.html", "--home", home)
    assert again.returncode == 0, again.stderr
    assert ask(home, "SELECT count(*) FROM core.articles").rows == [(1,)]
