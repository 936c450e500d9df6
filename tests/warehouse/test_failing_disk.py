"""A disk that refuses one write, or every one from then on: exit code 16 with what to do, and the same command again does it all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.failing_disk import FailingDisk
from warehouse.connection import open_loader, open_snapshot

ROOT = Path(__file__).parents[2]
# A run in small: loads batches that are not there yet, publishes twice, and ends as the command line does.
LOADS = """
import sys
from pathlib import Path
from warehouse.connection import open_loader
from warehouse.errors import BroadsheetError
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Articles, Batches, Pages
from warehouse.tables.contract import sample
from tests.warehouse.staging import load_frames
home = Path(sys.argv[1])
try:
    with open_loader(home) as con:
        for seed in range(4):
            pages = sample(Pages, 20, seed=seed)
            articles = sample(Articles, 20, seed=seed).with_columns(page_id=pages["page_id"])
            load_frames(con, {Pages: pages, Articles: articles, Batches: sample(Batches, 1, seed=seed)})
            if seed % 2:
                publish_snapshot(con, home)
except BroadsheetError as error:
    print(f"broadsheet: {error}", file=sys.stderr)
    sys.exit(error.exit_code)
"""
# Of about 120 calls, those at which it had gone wrong: the loader's file begun; its log begun, written, flushed and truncated;
# the snapshot's checkpoint; its copy. The last two: once, and for good.
FAULTS = [
    (2, 0, errno.ENOSPC), (5, 1, errno.ENOSPC), (9, 1, errno.ENOSPC), (22, 0, errno.EIO), (33, 1, errno.ENOSPC), (37, 1, errno.EIO),
    (64, 0, errno.EIO), (81, 1, errno.ENOSPC), (110, 0, errno.ENOSPC),
]  # fmt: skip


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> FailingDisk:
    return FailingDisk.built(tmp_path_factory.mktemp("failing-disk"))


def load(home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    given = os.environ | environment | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", LOADS, str(home)], env=given, capture_output=True, text=True, timeout=200, check=False)


@pytest.mark.parametrize(("number", "times", "error"), FAULTS)
def test_a_refusing_disk_is_exit_code_16_and_the_same_command_finishes(disk: FailingDisk, home: Path, number: int, times: int, error: int):
    failed = load(home, **disk.failing_at(number, home, times=times, error=error))
    assert disk.failures(), f"a run makes fewer than {number} calls: choose another number"
    assert (failed.returncode, "Traceback" in failed.stderr) == (16, False), f"{disk.failures()[0]}\n{failed.stderr}"
    assert "again" in failed.stderr.splitlines()[-1]
    again = load(home)
    assert again.returncode == 0, f"{disk.failures()[0]}\n{again.stderr}"
    with open_loader(home) as con, open_snapshot(home) as snapshot:
        counts = "SELECT (SELECT count(*) FROM raw.pages), (SELECT count(*) FROM core.articles), (SELECT count(*) FROM ops.batches)"
        assert con.execute(counts).fetchall() == snapshot.execute(counts).fetchall() == [(80, 80, 4)]
