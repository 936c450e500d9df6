"""The search index that a lake keeps in its store: who searches reads it, and indexes what came since; nothing that it names is removed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lake.moved import lake_of
from tests.lake.postgres import PostgresServer
from tests.warehouse.lettered import ARTICLES, add
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.errors import QueryInvalid
from warehouse.lake import kept_index, searching
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.indexing import index_lake
from warehouse.lake.moving import into_lake, open_both
from warehouse.lake.session import close_sessions
from warehouse.lake.upkeep import keep_up
from warehouse.snapshot import publish_snapshot

ELECTIONS = "SELECT page_id[1] FROM search_articles('elections') ORDER BY page_id"
Add = Callable[[str], None]


@pytest.fixture
def growing(postgres: PostgresServer, tmp_path: Path) -> tuple[LakeAddress, Add]:
    """A lake with the article `c`, and a way to bring it others."""
    home = tmp_path / "home"

    def bring(letter: str) -> None:
        with open_loader(home) as con:
            add(con, letter, *ARTICLES[letter])
        with open_both(home, lake, wait_seconds=0, into_lake=True) as con:
            into_lake(con, lake, {})

    with open_loader(home) as con:
        publish_snapshot(con, home)  # for its macros
        add(con, "c", *ARTICLES["c"])
    lake = lake_of(postgres, tmp_path / "lake", home)
    return lake, bring


def test_only_what_no_index_has_is_indexed_for_a_search(growing: tuple[LakeAddress, Add], monkeypatch: pytest.MonkeyPatch):
    lake, bring = growing
    monkeypatch.setattr(searching, "MOST_SEARCHED", 0)
    with pytest.raises(QueryInvalid, match="broadsheet lake index"):
        ask(lake, ELECTIONS)
    assert index_lake(lake).new_count == 1
    before = ask(lake, "SELECT snapshot_id FROM ops.snapshot").rows[0][0]
    assert ask(lake, ELECTIONS).rows == [("c",)]
    bring("d")
    with pytest.raises(QueryInvalid, match="1, which would be indexed"):
        ask(lake, ELECTIONS)
    monkeypatch.setattr(searching, "MOST_SEARCHED", 1)
    assert ask(lake, ELECTIONS).rows == [("c",), ("d",)]
    monkeypatch.setattr(searching, "MOST_SEARCHED", 0)
    assert (index_lake(lake).new_count, index_lake(lake).new_count) == (1, 0)
    close_sessions()
    assert ask(lake, ELECTIONS).rows == [("c",), ("d",)]
    assert ask(lake, ELECTIONS, as_of=before).rows == [("c",)], "an older state is searched with the index of a newer one"
    assert ask(lake, "SELECT document_count FROM search.size, search.wanted('a')", as_of=before).rows == [(1,)]


def test_a_stretch_keeps_its_file_and_what_no_index_names_is_removed(growing: tuple[LakeAddress, Add]):
    lake, bring = growing
    index_lake(lake)
    first = {path.name for path in Path(lake.search).glob("*.postings_*.parquet")}
    bring("d")
    index_lake(lake)
    postings = {path.name for path in Path(lake.search).glob("*.postings_*.parquet")}
    assert first < postings and len(postings) == 2
    with open_lake(lake) as con:
        left = {Path(name).name for name in keep_up(con, lake, days=7, orphan_days=0).left}
        kept = kept_index.kept_index(con, lake)
    assert kept is not None and left and not left & {Path(file).name for file in kept.files} and "kept.json" not in left
    assert all(path.name in left or f"search/{path.name}" in kept.files for path in Path(lake.search).glob("*.parquet"))


def test_an_index_of_another_making_is_made_anew(growing: tuple[LakeAddress, Add], monkeypatch: pytest.MonkeyPatch):
    lake, _ = growing
    with monkeypatch.context() as other:
        other.setattr(kept_index, "made_by", lambda: "another tokenizer")
        assert index_lake(lake).new_count == 1
    assert index_lake(lake).new_count == 1 and index_lake(lake).new_count == 0
    assert ask(lake, ELECTIONS).rows == [("c",)]
