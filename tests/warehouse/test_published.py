"""Published states: named, kept, asked by name and moment, and led to by a link."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.staging import COUNT, count, load_frames
from warehouse.connection import open_loader, open_snapshot
from warehouse.errors import SnapshotUnknown
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Pages

Make = Callable[..., dict]


def test_where_nothing_was_committed_nothing_is_written(home: Path, make_batch: Make):
    with open_loader(home) as con:
        load_frames(con, {Pages: make_batch(pages=7)[Pages]})
        first = publish_snapshot(con, home)
        before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
        assert publish_snapshot(con, home) == first
    with open_loader(home) as con:
        assert publish_snapshot(con, home) == first
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_a_process_that_holds_a_state_and_connects_again_by_the_name_gets_the_new_one(home: Path, make_batch: Make):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        name = str(home / "warehouse.duckdb")
        with duckdb.connect(name, read_only=True) as held:
            assert held.execute(COUNT).fetchall() == [(0,)]
            load_frames(con, {Pages: make_batch(pages=7)[Pages]})
            publish_snapshot(con, home)
            with duckdb.connect(name, read_only=True) as again:
                assert (held.execute(COUNT).fetchall(), again.execute(COUNT).fetchall()) == ([(0,)], [(7,)])


def test_older_states_are_asked_by_id_and_moment_and_the_newest_three_stay(home: Path, make_batch: Make):
    with open_loader(home) as con:
        old = [publish_snapshot(con, home, anew=True) for _ in range(3)][-1]
        load_frames(con, {Pages: make_batch(pages=7)[Pages]})
        new = publish_snapshot(con, home)
    with open_snapshot(home, as_of=old.stem) as snapshot:
        assert snapshot.execute("SELECT snapshot_id, page_count FROM ops.snapshot").fetchall() == [(old.stem, 0)]
        moment = snapshot.execute("SELECT published_at::VARCHAR FROM ops.snapshot").fetchall()[0][0]
    with open_snapshot(home, as_of=moment) as snapshot:
        assert snapshot.execute(COUNT).fetchall() == [(0,)]
    assert len(list((home / "snapshots").iterdir())) == 3
    with pytest.raises(SnapshotUnknown, match=new.stem), open_snapshot(home, as_of="2001-01-01"):
        pass


def test_a_home_from_before_there_were_states_gets_a_link_in_place_of_its_file(home: Path, make_batch: Make):
    with open_loader(home) as con:
        load_frames(con, {Pages: make_batch(pages=7)[Pages]})
        state = publish_snapshot(con, home)
        (home / "warehouse.duckdb").unlink()
        state.rename(home / "warehouse.duckdb")
        assert count(home) == 7
        publish_snapshot(con, home, anew=True)
    assert (home / "warehouse.duckdb").is_symlink()
    assert count(home) == 7
