import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import LOADER_FILE, SNAPSHOT_FILE, open_loader, open_snapshot
from warehouse.errors import StorageFailed, WarehouseBusy, WarehouseUnusable
from warehouse.snapshot import publish_snapshot

TRY_TO_LOAD = """
import sys
from pathlib import Path
from warehouse.connection import open_loader
from warehouse.errors import WarehouseBusy
try:
    with open_loader(Path(sys.argv[1]), float(sys.argv[2]), on_wait=lambda holder: print("waits for", holder, flush=True)):
        print("loads")
except WarehouseBusy as busy:
    print(busy)
"""


def start_second_loader(home: Path, seconds: float) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", TRY_TO_LOAD, str(home), str(seconds)], stdout=subprocess.PIPE, text=True)


def test_a_second_loader_waits_and_then_says_who_holds_the_warehouse(home: Path):
    with open_loader(home):
        told, _ = start_second_loader(home, 0.5).communicate(timeout=60)
    assert f"waits for process {os.getpid()}" in told
    assert f"process {os.getpid()}" in told.splitlines()[1]
    assert "waited 0.5 s" in told


def test_a_second_loader_loads_when_the_first_is_done(home: Path):
    with open_loader(home):
        second = start_second_loader(home, 60)
        assert second.stdout is not None
        assert second.stdout.readline().startswith("waits for")
    told, _ = second.communicate(timeout=60)
    assert told == "loads\n"


def test_a_second_loader_in_the_same_process_is_kept_out_too(home: Path):
    with open_loader(home), pytest.raises(WarehouseBusy, match="another run in this process"), open_loader(home):
        pass
    with open_loader(home):
        pass


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 999], ids=["empty", "garbage"])
def test_a_corrupt_warehouse_says_how_to_restore_it(home: Path, damage: bytes):
    with open_loader(home) as con:
        publish_snapshot(con, home)
    (home / LOADER_FILE).write_bytes(damage)
    with pytest.raises(WarehouseUnusable, match="Move the folder loader/"), open_loader(home):
        pass
    (home / "loader").rename(home / "damaged")
    with open_loader(home) as con:  # as the message says
        assert con.execute("SELECT count(*) FROM raw.pages").fetchall() == [(0,)]


def test_a_log_that_cannot_be_replayed_says_how_to_restore_the_warehouse(home: Path):
    with open_loader(home):
        pass
    with duckdb.connect(str(home / LOADER_FILE)) as con:
        con.execute("PRAGMA disable_checkpoint_on_shutdown; CREATE TABLE t AS SELECT range AS i FROM range(9999)")
    log = home / (LOADER_FILE + ".wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = b"\xff" * 64
    log.write_bytes(content)
    with pytest.raises(WarehouseUnusable, match="Move the folder loader/") as refusal, open_loader(home):
        pass
    assert "\n" not in str(refusal.value)


def test_a_home_that_is_a_file_is_said_to_be_one(home: Path):
    home.write_text("not a folder")
    with pytest.raises(StorageFailed, match="Expected a home folder to write to"), open_loader(home):
        pass


def test_a_warehouse_with_a_flipped_block_is_found_out(home: Path):
    with open_loader(home) as con:
        publish_snapshot(con, home)
    content = bytearray((home / LOADER_FILE).read_bytes())
    for block in range(12_288, len(content), 65_536):
        content[block + 12 : block + 112] = bytes(100)
    (home / LOADER_FILE).write_bytes(content)
    with pytest.raises(WarehouseUnusable, match="checksum"), open_loader(home):
        pass


def test_no_snapshot_yet_says_what_to_run(home: Path):
    with pytest.raises(WarehouseUnusable, match="Run `broadsheet ingest PATH` first"), open_snapshot(home):
        pass


def test_a_corrupt_snapshot_is_said_to_be_one(home: Path):
    home.mkdir()
    (home / SNAPSHOT_FILE).write_bytes(b"no database")
    with pytest.raises(WarehouseUnusable, match="readable snapshot"), open_snapshot(home):
        pass


@pytest.mark.parametrize("statement", [
    "CREATE TABLE core.mine (i INTEGER)", "DELETE FROM raw.pages", "SELECT * FROM read_text('/etc/hostname')",
    "COPY raw.pages TO '/tmp/pages.csv'", "ATTACH '/tmp/other.duckdb'",
    "SET enable_external_access = true", "INSTALL httpfs", "LOAD httpfs",
])  # fmt: skip
def test_the_snapshot_takes_no_statement_that_writes_or_reaches_out(home: Path, statement: str):
    with open_loader(home) as con:
        publish_snapshot(con, home)
    with open_snapshot(home) as snapshot, pytest.raises(duckdb.Error):
        snapshot.execute(statement)


def test_no_bar_is_drawn_between_the_rows_of_an_answer(home: Path, capfd: pytest.CaptureFixture[str]):
    with open_loader(home) as con:
        con.execute("SET progress_bar_time = 1")  # ms; 2 s are what a long query takes
        con.execute("SELECT count(DISTINCT hash(range)) FROM range(3_000_000)").fetchall()
        publish_snapshot(con, home)
    with open_snapshot(home) as snapshot:
        assert snapshot.execute("SELECT current_setting('enable_progress_bar_print')").fetchall() == [(False,)]
    assert capfd.readouterr().out == ""
