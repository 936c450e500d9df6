"""Search in the published file alone, on a lake, and in a slice of one: what queries find, in whatever script, and that the index follows
what is loaded."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.lake.moved import indexed_lake, lake_of
from tests.warehouse.lettered import ARTICLES, add
from warehouse.connection import open_loader
from warehouse.lake.session import open_lake_state
from warehouse.lake.slicing import Slice, publish_slice
from warehouse.search import index
from warehouse.search.index import first_to_merge, update_index
from warehouse.snapshot import publish_snapshot

BARE = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True, config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
con.execute("SET enable_external_access = false")
for query in sys.argv[2:]:
    print(con.execute("SELECT string_agg(page_id[1], '' ORDER BY score DESC) FROM search_articles($1)", [query]).fetchall()[0][0] or "")
print(con.execute("SELECT count(*) FROM attention('elections')").fetchall()[0][0])
print(sorted(name.split(".")[0] for name in sys.modules if "broadsheet" in name or name in ("warehouse", "flows")))
"""

COPY = """
INSERT INTO core.copies BY NAME SELECT '{copy}' AS page_id, 'https://en.example/' AS origin_url, 'revision' AS relation,
    '{origin}' AS origin_page_id, 1.0 AS similarity, 1.0 AS origin_coverage, 1.0 AS confidence, ['same_address'] AS evidence,
    '{origin}' AS story_id, '0000000000000000' AS run_id
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("search")
    with open_loader(home) as con:
        publish_snapshot(con, home)  # for its macros
        for letter, article in ARTICLES.items():
            add(con, letter, *article)
        con.execute(COPY.format(copy="d" * 16, origin="c" * 16))
        return publish_snapshot(con, home)


@pytest.fixture(scope="module", params=["file", "lake", "indexed lake", "slice"])
def con(request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same articles wherever they may be searched."""
    file = published
    if request.param != "file":
        folder = tmp_path_factory.mktemp(request.param)
        lake = lake_of(request.getfixturevalue("postgres"), folder, published.parents[1])
        if request.param == "indexed lake":
            lake = indexed_lake(request.getfixturevalue("postgres"), folder, published.parents[1], list(ARTICLES.items())[::2])
        if request.param != "slice":
            with open_lake_state(lake, asked="search_articles") as con:
                yield con
            return
        publish_slice(lake, Slice(), file := folder / "slice.duckdb", as_of=None, is_replaced=False)
    with duckdb.connect(str(file), read_only=True) as con:
        yield con


def found(con: duckdb.DuckDBPyConnection, query: str | None, more: str = "") -> list[str]:
    """The letters of the articles, the best first."""
    rows = con.execute(f"SELECT page_id FROM search_articles($1{more})", [query]).fetchall()
    return [page_id[0] if page_id[0] != "0" else chr(int(page_id, 16)) for (page_id,) in rows]


@pytest.mark.parametrize(("queries", "expected"), [
    (("網絡攻擊", "网络攻击", "網(wǎng)絡(luò)攻擊", "网络攻击 "), "a"), (("了解 警察", "瞭解 警察"), "a"), (("計劃", "计划"), "a"),
    (("広島", "廣島", "广岛"), "f"), (("ﾆｭｰｽ", "ニュース"), "f"), (("나룻배",), "g"), (("ข้ามฟาก",), "h"), (("احمد", "أحمد"), "i"),
    (("election", "ELECTIONS", "elected"), "cd"), (("fahre", "FÄHREN", "Fähre"), "e"), (("Wahl",), "e"), (("новая", "НОВЫЙ"), "j"),
    (("ferry", "FERRIES"), "k"), (("party",), "k"), (("journal", "journaux"), "l"), (("chevaux", "cheval"), "l"), (("huis",), "m"),
    (("fern",), ""),
    (("水",), ""),
    (("警",), "a"),
])  # fmt: skip
def test_what_is_asked_is_found_in_any_script_and_form(con: duckdb.DuckDBPyConnection, queries: tuple[str, ...], expected: str):
    answers = [con.execute("SELECT page_id, score FROM search_articles($1)", [query]).fetchall() for query in queries]
    assert all(answer == answers[0] for answer in answers), "other ranks or scores in another form"
    assert "".join(sorted(found(con, queries[0]))) == expected


@pytest.mark.parametrize(("query", "expected"), [
    ('"white house"', "c"), ('"white houseboat"', "d"), ('"網絡攻擊"', "a"), ('"攻击网络"', "b"), ("white house", "cd"),
    ("网络 -警察", "b"),
    ('white -"white house"', "d"), ("title:stone white", "d"), ("title:elections", ""), ("elect*", "cd"), ("stone OR 警察", "ad"),
    ("stone | 警察", "ad"), ("white AND (stone)", "d"), ('title:"no"', "c"), ("“white house”", "c"), ("don't", "c"),
    ("-title:安全 攻击", "a"),
    ('"house asked"', ""), ("Ｗｈｉｔｅ　ｓｔｏｎｅ", "d"), ("white stone OR elections", "cd"), ("NOT stone white", "c"),
])  # fmt: skip
def test_the_query_language(con: duckdb.DuckDBPyConnection, query: str, expected: str):
    assert "".join(sorted(found(con, query))) == expected


@pytest.mark.parametrize("query", [
    None, "", " ", '"', '""', '-"', "-white", "*", "-*", "title:", "OR", "| |", "AND OR -", "(((", "';", "' OR 1=1 --", "%", "\\",
    "\x1b[31m", "🦆",
    "title:title:", "x" * 5000, "網" * 500, " OR ".join('"a b"' for _ in range(80)), "$1", "\ufffd",
])  # fmt: skip
def test_a_query_that_says_nothing_finds_nothing_and_is_no_error(con: duckdb.DuckDBPyConnection, query: str | None):
    assert found(con, query) == []
    for macro in ("search_headlines", "top_terms"):
        assert con.execute(f"FROM {macro}($1)", [query]).fetchall() == []
    assert not any(count for (count,) in con.execute("SELECT matching_count FROM attention($1)", [query]).fetchall())


def test_answers_can_be_narrowed_by_host_language_and_time(con: duckdb.DuckDBPyConnection):
    assert found(con, "white", ", lang := 'en', since := '2026-03-02'") == found(
        con, "white", ", host := 'en.example', since := '2026-03-02'"
    )
    days = dict(con.execute("SELECT page_id[1], published_at::DATE::VARCHAR FROM search_articles('white')").fetchall())
    assert found(con, "white", f", until := '{days['d']}'") == [letter for letter in "cd" if days[letter] < days["d"]]
    assert found(con, "white", ", lang := 'zh'") == [] and len(found(con, "white", ", most := 1")) == 1


def test_a_snippet_shows_the_place_as_it_was_printed(con: duckdb.DuckDBPyConnection):
    shown = dict(con.execute("SELECT page_id[1], snippet FROM search_articles('调查 OR ELECTIONS OR أَحمد OR wahlen')").fetchall())
    assert "調查" in shown["a"] and "two elections" in shown["c"] and "Wahlen" in shown["e"] and "أحمد" in shown["0"]


def test_attention_is_a_share_of_all_that_was_published(con: duckdb.DuckDBPyConnection):
    months = con.execute("SELECT period, matching_count, article_count, share FROM attention('网络', per := 'month')").fetchall()
    assert months == [(datetime(2026, 3, 1), 2, 13, 2 / 13)]
    assert [row[1:3] for row in con.execute("FROM attention('white', per := 'month', lang := 'en')").fetchall()] == [(2, 3)]


def test_each_story_can_be_given_and_counted_once_at_its_origin(con: duckdb.DuckDBPyConnection):
    assert sorted(found(con, "white")) == ["c", "d"] and found(con, "white", ", stories := true") == ["c"]
    assert con.execute("SELECT DISTINCT story_id FROM search_articles('white')").fetchall() == [("c" * 16,)]
    counted = con.execute("FROM attention('white', per := 'month', lang := 'en', stories := true)").fetchall()
    assert [row[1:3] for row in counted] == [(1, 2)], "of c and k; d tells what c tells"


def test_the_published_file_is_enough(published: Path):
    asked = ["網(wǎng)絡(luò)攻擊", '"white house"', "ข้ามฟาก", "nothing of this"]
    done = subprocess.run([sys.executable, "-I", "-c", BARE, str(published), *asked], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.splitlines() == ["a", "c", "0", "", "9", "[]"]


def test_an_article_that_a_later_run_changed_or_took_away_is_found_by_what_it_says_now(home: Path):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        for letter in "abcd":
            add(con, letter, *ARTICLES[letter])
        publish_snapshot(con, home)
        con.execute("UPDATE core.articles SET body = 'Ferries.', body_folded = 'ferries.', run_id = repeat('1', 16) WHERE lang = 'en' "
                    "AND page_id = repeat('c', 16); DELETE FROM core.articles WHERE page_id = repeat('b', 16)")  # fmt: skip
        with duckdb.connect(str(publish_snapshot(con, home)), read_only=True) as reader:
            assert (found(reader, "elections"), found(reader, "ferries"), found(reader, "网络")) == (["d"], ["c"], ["a"])
            assert reader.execute("SELECT document_count FROM search.size").fetchall() == [(3,)]


def test_stretches_are_merged_and_answers_stay_the_same(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "STRETCH", 1)
    with open_loader(home) as con:
        publish_snapshot(con, home)
        for letter, article in ARTICLES.items():
            add(con, letter, *article)
            publish_snapshot(con, home)
        assert con.execute("SELECT count(*) FROM search.stretches").fetchall()[0][0] <= index.MOST_STRETCHES
        assert sorted(found(con, "white house")) == ["c", "d"] and sorted(found(con, "网络")) == ["a", "b"]
        counted = con.execute("SELECT term, count(*) FROM search.postings WHERE NOT in_title GROUP BY term ORDER BY term").fetchall()
        assert con.execute("SELECT term, sum(document_count) FROM search.terms GROUP BY term ORDER BY term").fetchall() == counted


def test_an_index_that_was_made_otherwise_is_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch):
    with open_loader(home) as con:
        publish_snapshot(con, home)
        add(con, "c", *ARTICLES["c"])
        first = publish_snapshot(con, home)
        assert publish_snapshot(con, home) == first and update_index(con) == 0
        monkeypatch.setattr(index, "made_by", lambda: "another tokenizer")
        monkeypatch.setattr("warehouse.definitions._of_files", lambda: "another tokenizer")
        with duckdb.connect(str(publish_snapshot(con, home)), read_only=True) as reader:
            assert found(reader, "elections") == ["c"]
            assert reader.execute("SELECT made_by, document_count FROM search.size").fetchall() == [("another tokenizer", 1)]


@pytest.mark.parametrize(("sizes", "first"), [
    ([], 0), ([9], 1), ([9, 1, 1, 1], 4), ([900, 40, 2, 1, 1], 2), ([900, 8, 2, 1, 1], 1), ([9, 8, 7, 6, 5], 0), ([900, 90, 50, 1, 1], 3),
])  # fmt: skip
def test_small_stretches_are_merged_and_large_ones_seldom(sizes: list[int], first: int):
    assert first_to_merge(sizes) == first
