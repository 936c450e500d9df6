"""A store in a bucket: an S3 on loopback takes what workers write, and the lake has it."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from flows.commands import doctor, lake_move
from tasks.loading.lake_upkeep import maintain
from tasks.staging.store_files import bucket_files, put
from tests.flows.bad_inputs import article
from tests.lake.loading import load_all
from tests.lake.postgres import PostgresServer
from warehouse.ask import ask
from warehouse.errors import QueryInvalid, SettingsInvalid
from warehouse.lake import searching
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.create import create_lake
from warehouse.lake.indexing import index_lake
from warehouse.lake.session import close_sessions
from warehouse.lake.slicing import Slice, publish_slice


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A bucket's address; the variables that every client of S3 reads say where it is."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        bucket_files(may_make_buckets=True).create_dir("lake")
        yield "s3://lake"
    server.stop()


@pytest.fixture
def bucket_lake(s3: str, postgres: PostgresServer) -> LakeAddress:
    """A lake of one's own in it."""
    address = LakeAddress.of(postgres.database(), f"{s3}/{secrets.token_hex(4)}")
    create_lake(address)
    return address


def test_pages_are_loaded_into_a_bucket_and_read_from_it(bucket_lake: LakeAddress, tmp_path: Path, home: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(article("The ferry stays in port"))
    assert load_all(tmp_path / "in", home, bucket_lake) == 1
    with open_lake(bucket_lake, read_only=True) as con:
        ((title,),) = con.execute("SELECT title FROM core.articles").fetchall()
        ((uri, at),) = con.execute("SELECT warc_uri, warc_offset FROM raw.pages").fetchall()
        (files,) = con.execute(f"SELECT count(*) FROM glob('{bucket_lake.store}/tables/core/*/*.parquet')").fetchall()[0]
    with bucket_files().open_input_file(f"{bucket_lake.store.removeprefix('s3://')}/{uri}") as stream:
        stream.seek(at)
        assert stream.read(2) == b"\x1f\x8b"  # a gzip member begins where raw.pages says
    assert (title, files > 1) == ("The ferry stays in port", True)


def test_what_nothing_names_is_removed_from_the_bucket_by_maintenance(bucket_lake: LakeAddress, tmp_path: Path, home: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(article("The ferry stays in port"))
    load_all(tmp_path / "in", home, bucket_lake)
    names = ("raw/broadsheet-0-1.warc.gz", "tables/raw/pages/0.parquet", "staged/0.ops.checks.parquet")
    left = {f"{bucket_lake.store}/{name}" for name in names}
    for name in left:
        put(name, [b"left by who was killed"])
    done = maintain(bucket_lake, 7, 0.0, orphan_days=0)
    with open_lake(bucket_lake) as con:
        there = {name for (name,) in con.execute(f"SELECT file FROM glob('{bucket_lake.store}/**')").fetchall()}
        ((uri,),) = con.execute("SELECT warc_uri FROM raw.pages").fetchall()
        assert con.execute("SELECT count(*) FROM core.articles").fetchall() == [(1,)]
    assert f"{bucket_lake.store}/{uri}" in there and not there & left
    assert not [name for name in there if "/staged/" in name]
    assert done.orphans == 1


def test_a_bucket_that_refuses_the_keys_is_told(bucket_lake: LakeAddress, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(os.environ, "AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(SettingsInvalid, match="AWS_ACCESS_KEY_ID"), open_lake(bucket_lake):
        pass


def test_a_bucket_is_searched_sliced_and_taken_home(bucket_lake: LakeAddress, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(article("The ferry stays in port"))
    load_all(tmp_path / "in", home, bucket_lake)
    asked = "SELECT title FROM search_articles('ferry')"
    assert ask(bucket_lake, asked).rows == [("The ferry stays in port",)]
    assert (index_lake(bucket_lake).new_count, index_lake(bucket_lake).new_count) == (1, 0)
    monkeypatch.setattr(searching, "MOST_SEARCHED", 0)
    close_sessions()
    assert ask(bucket_lake, asked).rows == [("The ferry stays in port",)], "with the index that the bucket keeps"
    with pytest.raises(QueryInvalid):
        ask(bucket_lake, f"FROM '{bucket_lake.store}/lake.json'")
    publish_slice(bucket_lake, Slice(), tmp_path / "slice.duckdb", as_of=None, is_replaced=False)
    monkeypatch.setenv("BROADSHEET_WAREHOUSE", bucket_lake.catalog)
    monkeypatch.setenv("BROADSHEET_STORE", bucket_lake.store)
    lake_move.run(tmp_path / "back", is_import=False, as_json=True)
    assert ask(tmp_path / "back", asked).rows == ask(bucket_lake, asked).rows
    monkeypatch.delenv("BROADSHEET_WAREHOUSE")
    monkeypatch.delenv("BROADSHEET_STORE")
    (store,) = (found for found in doctor.look(tmp_path / "back", deep=True) if found.what == "raw store")
    assert (store.todo, "1 captures read" in store.found) == (None, True)
