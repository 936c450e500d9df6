"""Who is at a lake is told by locks that live as long as their process: maintenance is alone, and runs that were killed are told."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from flows.looking import look_at_lake
from tasks.loading.lake_loader import open_lake_loader
from tasks.loading.lake_upkeep import maintain
from tests.conftest import ROOT
from tests.lake.postgres import PostgresServer
from tests.lake.test_committers import brought, two_at_once
from warehouse.errors import WarehouseBusy
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.commit import commit_batch
from warehouse.lake.presence import present
from warehouse.lake.turn import in_turn
from warehouse.tables import Runs
from warehouse.tables.contract import sample

HOLDER = """
import sys
from tasks.loading.lake_loader import open_lake_loader
from warehouse.lake.address import LakeAddress
with open_lake_loader(LakeAddress.of(*sys.argv[1:3]), "c" * 16, 10.0) as loader:
    print("there", flush=True)
    sys.stdin.read()
"""


def running(loader: object, run_id: str) -> None:
    """A row of ops.runs that says that the run runs."""
    row = sample(Runs, 1).row(0, named=True)
    loader.record_run(row | {"run_id": run_id, "state": "running"})  # type: ignore[attr-defined]


def states(lake: LakeAddress) -> dict[str, str]:
    with open_lake(lake, read_only=True) as con:
        return dict(con.execute("SELECT run_id, state FROM ops.runs").fetchall())


def test_maintenance_waits_for_a_loader_of_another_process_until_that_is_killed(lake: LakeAddress):
    command = [sys.executable, "-c", HOLDER, lake.catalog, lake.store]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "there\n"
        told: list[str] = []
        with pytest.raises(WarehouseBusy, match=r"127\.0\.0\.1"):
            maintain(lake, 7, 0.6, told.append)
        holder.kill()
    assert told and maintain(lake, 7, 10.0).expired == 0


def test_loaders_wait_for_maintenance_and_not_for_each_other(lake: LakeAddress):
    with ExitStack() as opened:
        opened.enter_context(present(lake, None))
        with pytest.raises(WarehouseBusy, match="no maintenance"):
            opened.enter_context(open_lake_loader(lake, "a" * 16, 0.0))
    with open_lake_loader(lake, "a" * 16, 0.0), open_lake_loader(lake, "b" * 16, 0.0):
        pass


def test_a_run_that_was_killed_is_told_so_and_one_that_lives_is_not(lake: LakeAddress):
    with open_lake_loader(lake, "a" * 16, 0.0) as killed:
        running(killed, "a" * 16)
    with open_lake_loader(lake, "b" * 16, 0.0) as lives, open_lake_loader(lake, "c" * 16, 0.0) as next_one:
        running(lives, "b" * 16)
        next_one.tidy_up()
    assert states(lake) == {"a" * 16: "interrupted", "b" * 16: "running"}


def test_a_run_that_finds_nothing_new_tells_of_one_that_was_killed(lake: LakeAddress, tmp_path: Path):
    (tmp_path / "in").mkdir()
    with open_lake_loader(lake, "a" * 16, 0.0) as killed:
        running(killed, "a" * 16)
    with open_lake_loader(lake, "b" * 16, 0.0) as lives:
        running(lives, "b" * 16)
        assert not look_at_lake(lake, [tmp_path / "in"], None).pending
        assert states(lake) == {"a" * 16: "interrupted", "b" * 16: "running"}


def test_a_loader_takes_its_lock_again_where_postgres_was_started_anew(postgres: PostgresServer, lake: LakeAddress):
    with open_lake_loader(lake, "a" * 16, 5.0) as loader:
        postgres.stop()
        postgres.start()
        running(loader, "a" * 16)
        with pytest.raises(WarehouseBusy):
            maintain(lake, 7, 0.0)


def test_maintenance_removes_what_nothing_names_and_leaves_every_row_and_the_sentinel(lake: LakeAddress):
    with open_lake(lake) as con:
        for run in "12":  # the second one knows all pages: its files are nobody's
            in_turn(con, lake, lambda n, run=run: commit_batch(con, brought(lake, run), n))
        before = con.execute("SELECT (FROM raw.pages SELECT count(*)), (FROM core.evidence SELECT count(*))").fetchall()
    Path(lake.raw).mkdir(exist_ok=True)
    (Path(lake.raw) / "broadsheet-0-1.warc.gz").write_bytes(b"left by who was killed")
    done = maintain(lake, 1, 0.0, orphan_days=0)
    with open_lake(lake) as con:
        assert con.execute("SELECT (FROM raw.pages SELECT count(*)), (FROM core.evidence SELECT count(*))").fetchall() == before
    assert (done.orphans, [Path(name).name for name in done.left if "/raw/" in name]) == (3, ["broadsheet-0-1.warc.gz"])
    assert not list(Path(lake.raw).iterdir()) and not list(Path(lake.staged).iterdir())
    assert two_at_once(lake) == 0


def test_a_lake_speaks_of_itself(lake: LakeAddress, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    from flows.commands.lake_status import run

    monkeypatch.setenv("BROADSHEET_WAREHOUSE", lake.catalog)
    monkeypatch.setenv("BROADSHEET_STORE", lake.store)
    with open_lake_loader(lake, "a" * 16, 0.0) as loader:
        running(loader, "a" * 16)
        running(loader, "b" * 16)
        assert run(as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["runs_alive"], told["runs_killed"], told["pages"]) == (["a" * 16], ["b" * 16], 0)
