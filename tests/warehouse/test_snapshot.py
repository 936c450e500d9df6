import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.processes import is_running
from tests.warehouse.staging import COUNT, count, load_frames
from warehouse.connection import LOADER_FILE, open_loader, open_snapshot
from warehouse.durable import is_copy
from warehouse.errors import SnapshotLocked
from warehouse.ledger import is_published
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Pages

Make = Callable[..., dict]
# An analyst: opens the published file by its name, keeps it open, and counts again whenever a line comes in.
ANALYST = f"""
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("{COUNT}").fetchall()[0][0], flush=True)
for _ in sys.stdin:
    print(con.execute("{COUNT}").fetchall()[0][0], flush=True)
"""
COUNT_ONCE = f"import sys, duckdb; print(duckdb.connect(sys.argv[1], read_only=True).execute('{COUNT}').fetchall()[0][0])"
HOLDS = "import sys, duckdb; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
PUBLISHES_FOR_EVER = """
import sys
from pathlib import Path
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot
with open_loader(Path(sys.argv[1])) as con:
    while True:
        publish_snapshot(con, Path(sys.argv[1]), anew=True)
"""
OPEN_LOADER_FILE = "import sys, duckdb; duckdb.connect(sys.argv[1])"


def test_a_reader_keeps_its_snapshot_and_others_see_the_new_one(home: Path, make_batch: Make):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        path = home / "warehouse.duckdb"
        with subprocess.Popen(
            [sys.executable, "-c", ANALYST, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as analyst:
            assert analyst.stdout is not None
            assert analyst.stdin is not None
            assert analyst.stdout.readline() == "0\n"
            load_frames(con, {Pages: make_batch(pages=7)[Pages]})
            publish_snapshot(con, home)
            other = subprocess.run([sys.executable, "-c", COUNT_ONCE, str(path)], capture_output=True, text=True, check=True)
            analyst.stdin.write("again\n")
            analyst.stdin.flush()
            assert (analyst.stdout.readline(), other.stdout) == ("0\n", "7\n")


@pytest.mark.parametrize("most_read_again", [0, 2**30])
def test_what_makes_a_state_ready_is_published_with_it(home: Path, make_batch: Make, monkeypatch: pytest.MonkeyPatch, most_read_again: int):
    monkeypatch.setattr("warehouse.snapshot.MOST_READ_AGAIN", most_read_again)
    with open_loader(home) as con:
        load_frames(con, make_batch(pages=7))
        published = publish_snapshot(con, home)
        assert is_copy(home / LOADER_FILE, published)
        indexed, articles, state = con.execute(
            "SELECT (SELECT count(*) FROM search.documents), (SELECT count(*) FROM core.articles), (SELECT snapshot_id FROM ops.snapshot)"
        ).fetchall()[0]
    assert indexed == articles > 0
    with open_snapshot(home) as reader:
        assert reader.execute("SELECT count(*) FROM search.documents").fetchall() == [(indexed,)]
        assert reader.execute("SELECT snapshot_id FROM ops.snapshot").fetchall() == [(state,)]
    assert published.stem == state


def test_a_process_that_asks_again_sees_the_new_snapshot(home: Path, make_batch: Make):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        with open_snapshot(home) as still_open:
            load_frames(con, {Pages: make_batch(pages=7)[Pages]})
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
        assert path.with_name(f"{path.name}.wal").exists()
        load_frames(con, {Pages: make_batch(pages=7)[Pages]})
        publish_snapshot(con, home)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'mine'").fetchall() == [(0,)]
    assert count(home) == 7


def test_a_lost_loader_file_starts_from_the_snapshot(home: Path, make_batch: Make):
    with open_loader(home) as con:
        load_frames(con, {Pages: make_batch(pages=7)[Pages]})
        publish_snapshot(con, home)
    (home / LOADER_FILE).unlink()
    with open_loader(home) as con:
        assert con.execute(COUNT).fetchall() == [(7,)]


def test_comments_survive_publishing(home: Path):
    with open_loader(home) as con:
        publish_snapshot(con, home)
    with open_snapshot(home) as snapshot:
        silent = snapshot.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE database_name = 'warehouse' AND schema_name != 'search' AND comment IS NULL"
        )
        assert silent.fetchall() == [(0,)]


def test_a_snapshot_may_not_be_written_and_a_loader_file_begun_from_it_may(home: Path, make_batch: Make):
    with open_loader(home) as con:
        path = publish_snapshot(con, home)
    assert path.stat().st_mode & 0o777 & ~0o444 == 0
    (home / LOADER_FILE).unlink()
    with open_loader(home) as con:
        load_frames(con, {Pages: make_batch(pages=7)[Pages]})
    assert (home / LOADER_FILE).stat().st_mode & 0o200


def test_who_opens_the_snapshot_for_writing_is_named_and_the_next_publish_frees_the_others(home: Path):
    with open_loader(home) as con:
        path = publish_snapshot(con, home)
        path.chmod(0o644)  # for who is not root, whom no permission stops
        with subprocess.Popen([sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as analyst:
            assert analyst.stdout is not None
            analyst.stdout.readline()
            with pytest.raises(SnapshotLocked, match=rf"process {analyst.pid} .*-readonly") as locked:
                count(home)
            assert not is_published(con, home)
            publish_snapshot(con, home, anew=True)
            assert (count(home), locked.value.exit_code) == (0, 17)
            analyst.communicate()


@pytest.fixture
def held_copier(home: Path) -> Iterator[int]:
    """The process of a copy that was stopped half way, and whose parent was killed then."""
    with open_loader(home) as con:
        con.execute("CREATE TABLE bulk AS SELECT uuid() AS u FROM range(1_500_000)")  # some pieces of 8 MiB
    publisher = subprocess.Popen([sys.executable, "-c", PUBLISHES_FOR_EVER, str(home)])
    children = Path(f"/proc/{publisher.pid}/task/{publisher.pid}/children")
    while not any(home.glob("snapshots/.*.copying")) or not (copiers := children.read_text().split()):
        assert publisher.poll() is None
    copier = int(copiers[-1])
    os.kill(copier, signal.SIGSTOP)
    publisher.kill()
    publisher.wait()
    yield copier
    with contextlib.suppress(ProcessLookupError):
        os.kill(copier, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the copying process in /proc")
def test_a_copier_that_wakes_after_its_run_was_killed_writes_nothing_into_what_was_published(home: Path, held_copier: int):
    with open_loader(home) as con:
        con.execute("DROP TABLE bulk")
        path = publish_snapshot(con, home)
        whole = path.read_bytes()
        with contextlib.suppress(ProcessLookupError):
            os.kill(held_copier, signal.SIGCONT)
        while is_running(held_copier):
            time.sleep(0.01)
        assert path.read_bytes() == whole
        assert is_published(con, home)
        publish_snapshot(con, home, anew=True)
    assert sorted(left.name for left in home.iterdir()) == ["loader", "snapshots", "warehouse.duckdb"]
    assert not list((home / "snapshots").glob(".*"))


def test_a_copy_under_way_is_not_swept_away(home: Path):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        under_way, killed = home / "snapshots/.a.duckdb.1.copying", home / "snapshots/.a.duckdb.2.copying"
        killed.write_bytes(b"half")
        with under_way.open("xb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            publish_snapshot(con, home, anew=True)
            assert (under_way.exists(), killed.exists()) == (True, False)
