"""What a full disk or a SIGKILL leaves behind: all of a batch, or nothing of it."""

import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_loader, open_snapshot
from warehouse.queries import integrity
from warehouse.snapshot import publish_snapshot
from warehouse.tables import CONTRACTS

# Loads batches of 50 pages for ever, each with its entry in ops.batches; prints one line per commit.
LOADS_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
import polars as pl
from warehouse.connection import open_loader
from warehouse.tables import Articles, Batches, Evidence, Pages, Rejects
from warehouse.tables.contract import sample
from tests.warehouse.staging import load_frames
with open_loader(Path(sys.argv[1])) as con:
    for number in count():
        pages = sample(Pages, 50, seed=number)
        of_pages = {t: sample(t, 50, seed=number).with_columns(page_id=pages["page_id"]) for t in (Articles, Evidence)}
        load_frames(con, {Pages: pages, **of_pages, Batches: sample(Batches, 1, seed=number)})
        print(number, flush=True)
"""

CREATES_AND_DIES = """
import os, sys, duckdb
from warehouse.ddl import ddl
from warehouse.tables import CONTRACTS
con = duckdb.connect(sys.argv[1])
con.execute("CREATE SCHEMA raw; CREATE SCHEMA core; CREATE SCHEMA ops" + ";".join(["", *map(ddl, CONTRACTS)]))
os._exit(9)
"""

COMMENTS_AND_DIES = """
import os, sys, duckdb
con = duckdb.connect(sys.argv[1])
con.execute("CREATE TABLE t (x VARCHAR CHECK (length(x) > 0)); COMMENT ON COLUMN t.x IS 'commented'")
os._exit(9)
"""

# Fills the disk, as far as this process can tell, while a batch of 3 MB is being loaded.
LOADS_ONTO_A_FULL_DISK = """
import resource, sys
from pathlib import Path
import polars as pl
from warehouse.connection import open_loader
from warehouse.errors import StorageFailed
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Articles, Pages
from warehouse.tables.contract import sample
from tests.warehouse.staging import staged
from warehouse.upsert import load_batch
home, what = Path(sys.argv[1]), sys.argv[2]
pages = sample(Pages, 3000, seed=99)
articles = sample(Articles, 3000, seed=99).with_columns(page_id=pages["page_id"], body=pl.col("page_id").map_elements(
    lambda key: "".join(chr(0x4E00 + hash((key, i)) % 20000) for i in range(500)), return_dtype=pl.String))
batch = staged(home.parent, {Pages: pages, Articles: articles})
with open_loader(home) as con:
    limit = (home / "loader" / "warehouse.duckdb").stat().st_size + (300_000 if what == "load" else -1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        load_batch(con, batch) if what == "load" else publish_snapshot(con, home, anew=True)
    except StorageFailed as failure:
        print(failure)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(con.execute("SELECT count(*) FROM core.articles").fetchall()[0][0], "articles")
"""


def run(script: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-W", "error", "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def test_a_loader_that_is_killed_leaves_whole_batches(home: Path):
    for _ in range(3):
        loader = run(LOADS_FOR_EVER, home)
        assert loader.stdout is not None
        committed = [loader.stdout.readline() for _ in range(5)]
        loader.send_signal(signal.SIGKILL)
        loader.wait(60)
        loader.stdout.close()
    with open_loader(home) as con:
        counts = con.execute(
            "SELECT (SELECT count(*) FROM raw.pages), (SELECT count(*) FROM core.articles), (SELECT count(*) FROM ops.batches)"
        ).fetchall()[0]
        broken = [row["promise"] for row in integrity(con) if row["broken_count"] and "capture" in row["promise"]]
    pages, articles, batches = counts
    assert (pages, articles) == (50 * batches, 50 * batches)
    assert batches >= len(committed)
    assert not broken


def test_tables_created_just_before_a_crash_are_there_after_it(tmp_path: Path):
    run(CREATES_AND_DIES, tmp_path / "created.duckdb").communicate(timeout=60)
    with duckdb.connect(str(tmp_path / "created.duckdb")) as con:
        assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(len(CONTRACTS),)]


def test_duckdb_still_cannot_replay_a_comment_beside_a_bare_function(tmp_path: Path):
    """The day this fails, delete BUILT_IN from warehouse/ddl.py: in a new migration, that is."""
    run(COMMENTS_AND_DIES, tmp_path / "created.duckdb").communicate(timeout=60)
    with pytest.raises(duckdb.InternalException, match="replaying WAL"):
        duckdb.connect(str(tmp_path / "created.duckdb"))


def test_a_full_disk_while_loading_leaves_the_warehouse_as_it_was(home: Path):
    told, _ = run(LOADS_ONTO_A_FULL_DISK, home, "load").communicate(timeout=120)
    assert "Free space or repair the disk" in told
    assert told.endswith("\n0 articles\n")
    with open_loader(home) as con:
        assert con.execute("SELECT count(*) FROM raw.pages").fetchall() == [(0,)]


def test_a_full_disk_while_publishing_leaves_the_old_snapshot(home: Path):
    with open_loader(home) as con:
        old = publish_snapshot(con, home).read_bytes()
    told, _ = run(LOADS_ONTO_A_FULL_DISK, home, "publish").communicate(timeout=120)
    assert "Free space or repair the disk" in told
    assert (home / "warehouse.duckdb").read_bytes() == old
    assert sorted(path.name for path in home.iterdir()) == ["loader", "snapshots", "warehouse.duckdb"]
    with open_snapshot(home) as snapshot:
        assert snapshot.execute("SELECT count(*) FROM raw.pages").fetchall() == [(0,)]
