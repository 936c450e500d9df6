"""A file of the loader in which much is free is written anew, and nobody but the disk knows."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.staging import load_frames
from warehouse import compacting
from warehouse.connection import LOADER_FILE, Connection, open_loader
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Articles, Pages
from warehouse.tables.contract import sample

SAID = """
SELECT 'table', schema_name, table_name, comment, sql FROM duckdb_tables() WHERE database_name = 'warehouse'
UNION ALL SELECT 'view', schema_name, view_name, comment, sql FROM duckdb_views() WHERE database_name = 'warehouse'
UNION ALL SELECT 'column', schema_name, table_name || '.' || column_name, comment, data_type
    FROM duckdb_columns() WHERE database_name = 'warehouse'
UNION ALL SELECT 'constraint', schema_name, table_name, constraint_text, '' FROM duckdb_constraints() WHERE database_name = 'warehouse'
UNION ALL SELECT function_type, schema_name, function_name, comment, macro_definition FROM duckdb_functions()
    WHERE database_name = 'warehouse'
ORDER BY ALL
"""
FREE = "SELECT free_blocks / total_blocks, block_size FROM pragma_database_size() WHERE database_name = 'warehouse'"
PACKED = "SELECT DISTINCT compression FROM pragma_storage_info('core.articles') WHERE column_name = 'body' AND segment_type = 'VARCHAR'"
COMPACTS_FOR_EVER = """
import sys
from pathlib import Path
from warehouse import compacting
from warehouse.connection import LOADER_FILE, open_loader
compacting.MOST_FREE, compacting.LEAST_BYTES = -1, 0
home = Path(sys.argv[1])
with open_loader(home) as con:
    print("begun", flush=True)
    while True:
        con.execute("CHECKPOINT")
        assert compacting.compact_if_due(con, home / LOADER_FILE)
"""


def fill_and_free(con: Connection, home: Path) -> None:
    """Two hundred articles, and blocks that were given up beside them."""
    con.execute("CREATE TABLE core.passing AS SELECT md5(i::VARCHAR) AS noise FROM range(60_000) AS t(i); CHECKPOINT")
    pages = sample(Pages, 200)
    load_frames(con, {Pages: pages, Articles: sample(Articles, 200).with_columns(page_id=pages["page_id"])})
    publish_snapshot(con, home)
    con.execute("DROP TABLE core.passing; CHECKPOINT")


def test_what_is_free_goes_and_all_else_stays(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(compacting, "LEAST_BYTES", 0)
    with open_loader(home) as con:
        fill_and_free(con, home)
        rows = con.execute("FROM core.articles ORDER BY page_id").fetchall()
        before, said = con.execute(FREE).fetchall()[0][0], con.execute(SAID).fetchall()
        published = publish_snapshot(con, home, anew=True)
        assert before > compacting.MOST_FREE > con.execute(FREE).fetchall()[0][0]
        assert con.execute(SAID).fetchall() == said
        with pytest.raises(duckdb.ConstraintException):
            con.execute("INSERT INTO core.articles FROM core.articles LIMIT 1")
        assert con.execute(PACKED).fetchall() == [("ZSTD",)]
        assert publish_snapshot(con, home) == published, "a state that says the same is published once"
    with duckdb.connect(str(published), read_only=True) as reader:
        assert reader.execute("FROM core.articles ORDER BY page_id").fetchall() == rows
    assert sorted(path.name for path in (home / "loader").iterdir()) == ["warehouse.duckdb"]


def test_another_loader_is_kept_out_before_and_after(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(compacting, "LEAST_BYTES", 0)
    opens = [sys.executable, "-c", "import sys, duckdb; duckdb.connect(sys.argv[1])", str(home / LOADER_FILE)]
    with open_loader(home) as con:
        fill_and_free(con, home)
        assert compacting.compact_if_due(con, home / LOADER_FILE)
        refused = subprocess.run(opens, capture_output=True, text=True, check=False)
        assert "lock" in refused.stderr, refused.stderr
        con.execute("DELETE FROM core.articles")
    assert subprocess.run(opens, check=False).returncode == 0


def test_a_kill_at_any_moment_leaves_every_row(home: Path):
    with open_loader(home) as con:
        fill_and_free(con, home)
    for after in (0.05, 0.2, 0.35, 0.5, 0.8):
        killed = subprocess.Popen([sys.executable, "-c", COMPACTS_FOR_EVER, str(home)], stdout=subprocess.PIPE, text=True)
        assert killed.stdout is not None and killed.stdout.readline() == "begun\n"
        time.sleep(after)
        killed.send_signal(signal.SIGKILL)
        assert killed.wait(30) == -signal.SIGKILL
        killed.stdout.close()
        with open_loader(home) as con:
            assert con.execute("SELECT count(*), count(DISTINCT body) > 1 FROM core.articles").fetchall() == [(200, True)]
