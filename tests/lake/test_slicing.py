"""A slice of a lake is a file like any that is published, for a bare DuckDB; it is there whole or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT
from tests.lake.moved import insert_into_lake, new_lake
from tests.lake.postgres import PostgresServer
from tests.warehouse.drawn_tables import read_drawn
from warehouse.errors import SettingsInvalid
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.slicing import Slice, publish_slice
from warehouse.queries import integrity

DRAWN = """
== raw.pages
page_id | url                     | host         | observed_at      | run_id
a       | https://post.example/1  | post.example | 2026-03-01 08:00 | e
b       | https://m.post.example/ | m.post.example | 2026-03-02 08:00 | e
c       | https://other.example/  | other.example | 2026-03-03 08:00 | f

== core.articles
page_id | lang | title     | title_folded | body | body_folded | run_id
a       | en   | The ferry | the ferry    | Boat | boat        | e
b       | en   | The ferry | the ferry    | Boat | boat        | e
c       | en   | The ferry | the ferry    | Boat | boat        | f

== ops.runs
run_id | started_at       | state
e      | 2026-03-02 09:00 | completed
f      | 2026-03-03 09:00 | completed

== core.copies
page_id | origin_url             | relation   | origin_page_id | story_id | run_id
b       | https://post.example/1 | mirror     | a              | a        | e
c       | https://post.example/1 | syndication | a              | a        | f

== core.stories
story_id | origin_page_id | page_count | host_count | run_id
a        | a              | 3          | 3          | f
"""
BARE = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True, config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
con.execute("SET enable_external_access = false")
for query in ("SELECT count(*) FROM search_articles('ferries')", "SELECT count(*) FROM mart.articles",
              "SELECT count(*) > 600 FROM dictionary",
              "SELECT right(snapshot_id, 3), page_count FROM ops.snapshot"):
    print(*con.execute(query).fetchall()[0])
"""
KILLED = """
import os, sys
from pathlib import Path
from warehouse.lake import slicing
from warehouse.lake.address import LakeAddress
slicing.make_ready = lambda *_, **__: os.kill(os.getpid(), 9)
slicing.publish_slice(LakeAddress.of(sys.argv[1], sys.argv[2]), slicing.Slice(), Path(sys.argv[3]), as_of=None, is_replaced=False)
"""


@pytest.fixture(scope="module")
def lake(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LakeAddress]:
    address = new_lake(postgres, tmp_path_factory.mktemp("slicing"))
    with open_lake(address) as con:
        con.execute("BEGIN")
        for table in read_drawn(DRAWN):
            insert_into_lake(con, table)
        con.execute("COMMIT")
    yield address


def count_by_table(file: Path) -> dict[str, int]:
    with duckdb.connect(str(file), read_only=True) as con:
        assert [row for row in integrity(con) if row["broken_count"] and "batch" not in row["promise"]] == []
        tables = ("raw.pages", "core.articles", "core.copies", "core.stories", "ops.runs")
        return {table: con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables}


def test_all_of_it_as_a_bare_duckdb_reads_it(lake: LakeAddress, tmp_path: Path):
    told = publish_slice(lake, Slice(), tmp_path / "all.duckdb", as_of=None, is_replaced=False)
    done = subprocess.run([sys.executable, "-I", "-c", BARE, tmp_path / "all.duckdb"], capture_output=True, text=True, check=True, cwd="/")
    version = str(told["snapshot_id"]).rpartition("-v")[2]
    assert done.stdout.splitlines() == ["3", "1", "True", f"-v{version} 3"], "three articles tell one story"
    assert list(count_by_table(tmp_path / "all.duckdb").values()) == [3, 3, 2, 1, 2]
    assert [path.name for path in tmp_path.iterdir()] == ["all.duckdb"]


@pytest.mark.parametrize(("chosen", "counts"), [
    (Slice(host="post.example"), [2, 2, 1, 0, 1]), (Slice(host="other.example"), [1, 1, 1, 0, 1]),
    (Slice(since=datetime(2026, 3, 2, 8, tzinfo=UTC)), [2, 2, 2, 0, 2]),
    (Slice(until=datetime(2026, 3, 2, 8, tzinfo=UTC)), [1, 1, 0, 0, 1]),
    (Slice(host="example", since=datetime(2026, 3, 1, tzinfo=UTC)), [3, 3, 2, 1, 2]),
])  # fmt: skip
def test_pages_are_chosen_by_host_and_time_and_what_hangs_on_them_keeps_its_promises(
    lake: LakeAddress, tmp_path: Path, chosen: Slice, counts: list[int]
):
    publish_slice(lake, chosen, tmp_path / "some.duckdb", as_of=None, is_replaced=False)
    assert list(count_by_table(tmp_path / "some.duckdb").values()) == counts


def test_a_file_that_is_there_is_replaced_where_one_says_so_and_is_a_database(lake: LakeAddress, tmp_path: Path):
    file = tmp_path / "there.duckdb"
    file.write_text("a letter to grandmother")
    for is_replaced in (False, True):
        with pytest.raises(SettingsInvalid, match="is there"):
            publish_slice(lake, Slice(), file, as_of=None, is_replaced=is_replaced)
    assert file.read_text() == "a letter to grandmother"
    file.unlink()
    publish_slice(lake, Slice(), file, as_of=None, is_replaced=False)
    publish_slice(lake, Slice(host="other.example"), file, as_of=None, is_replaced=True)
    assert count_by_table(file)["raw.pages"] == 1


def test_who_is_killed_leaves_nothing_of_that_name_and_the_next_one_sweeps(lake: LakeAddress, tmp_path: Path):
    file = tmp_path / "killed.duckdb"
    done = subprocess.run([sys.executable, "-c", KILLED, lake.catalog, lake.store, file], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -9 and not file.exists() and len(list(tmp_path.iterdir())) == 1, done.stderr.decode()
    publish_slice(lake, Slice(), file, as_of=None, is_replaced=False)
    assert list(tmp_path.iterdir()) == [file]
