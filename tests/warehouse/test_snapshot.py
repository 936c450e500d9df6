import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.connection import LOADER_FILE, open_loader, open_snapshot
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Pages
from warehouse.upsert import load_batch

Make = Callable[..., dict]
COUNT = "SELECT count(*) FROM raw.pages"
# An analyst: opens the published file by its name, keeps it open, and counts again whenever a line comes in.
ANALYST = f"""
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("{COUNT}").fetchall()[0][0], flush=True)
for _ in sys.stdin:
    print(con.execute("{COUNT}").fetchall()[0][0], flush=True)
"""
COUNT_ONCE = f"import sys, duckdb; print(duckdb.connect(sys.argv[1], read_only=True).execute('{COUNT}').fetchall()[0][0])"
OPEN_LOADER_FILE = "import sys, duckdb; duckdb.connect(sys.argv[1])"


def count(home: Path) -> int:
    with open_snapshot(home) as snapshot:
        return int(snapshot.execute(COUNT).fetchall()[0][0])


def test_a_reader_keeps_its_snapshot_and_others_see_the_new_one(home: Path, make_batch: Make):
    with open_loader(home) as con:
        path = publish_snapshot(con, home)
        with subprocess.Popen(
            [sys.executable, "-c", ANALYST, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as analyst:
            assert analyst.stdout is not None
            assert analyst.stdin is not None
            assert analyst.stdout.readline() == "0\n"
            load_batch(con, {Pages: make_batch(pages=7)[Pages]})
            publish_snapshot(con, home)
            other = subprocess.run([sys.executable, "-c", COUNT_ONCE, str(path)], capture_output=True, text=True, check=True)
            analyst.stdin.write("again\n")
            analyst.stdin.flush()
            assert (analyst.stdout.readline(), other.stdout) == ("0\n", "7\n")


def test_a_process_that_asks_again_sees_the_new_snapshot(home: Path, make_batch: Make):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        with open_snapshot(home) as still_open:
            load_batch(con, {Pages: make_batch(pages=7)[Pages]})
            publish_snapshot(con, home)
            assert (still_open.execute(COUNT).fetchall(), count(home)) == ([(0,)], 7)


def test_publishing_does_not_let_a_second_loader_in(home: Path):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        command = [sys.executable, "-c", OPEN_LOADER_FILE, str(home / LOADER_FILE)]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Could not set lock on file" in second.stderr


def test_an_analyst_who_wrote_into_a_snapshot_does_not_spoil_the_next(home: Path, make_batch: Make):
    with open_loader(home) as con:
        path = publish_snapshot(con, home)
        careless = f"import duckdb, os; c = duckdb.connect({str(path)!r}); c.execute('CREATE TABLE mine (i INT)'); os._exit(0)"
        subprocess.run([sys.executable, "-c", careless], check=True)
        assert path.with_name("warehouse.duckdb.wal").exists()
        load_batch(con, {Pages: make_batch(pages=7)[Pages]})
        publish_snapshot(con, home)
    with duckdb.connect(str(path), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'mine'").fetchall() == [(0,)]
    assert count(home) == 7


def test_a_lost_loader_file_starts_from_the_snapshot(home: Path, make_batch: Make):
    with open_loader(home) as con:
        load_batch(con, {Pages: make_batch(pages=7)[Pages]})
        publish_snapshot(con, home)
    (home / LOADER_FILE).unlink()
    with open_loader(home) as con:
        assert con.execute(COUNT).fetchall() == [(7,)]


def test_comments_survive_publishing(home: Path):
    with open_loader(home) as con:
        publish_snapshot(con, home)
    with open_snapshot(home) as snapshot:
        silent = snapshot.execute("SELECT count(*) FROM duckdb_columns() WHERE database_name = 'warehouse' AND comment IS NULL")
        assert silent.fetchall() == [(0,)]
