"""What readers of a lake see: one state at a time, of today or of before, and nothing that they could do harm with."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.explorer.hostile import batch, published
from tests.lake.crowd import INCONSISTENT, Crowd
from tests.lake.moved import lake_of
from tests.lake.postgres import PostgresServer
from warehouse.ask import ask, drawn
from warehouse.errors import CatalogUnreachable, QueryInvalid, SnapshotUnknown
from warehouse.lake import searching
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, open_lake
from warehouse.lake.session import close_sessions, open_lake_state
from warehouse.queries import explain_page, integrity, published_states
from warehouse.state import open_state, states

COUNT = "SELECT count(*) FROM raw.pages"
PAGES = 3
OF_A_READER = INCONSISTENT.replace("history.", f"{LAKE}.history.")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moved") / "home"
    published(folder, batch(PAGES))
    return folder


@pytest.fixture(scope="module")
def moved(postgres: PostgresServer, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LakeAddress]:
    """A lake with three pages, which nobody writes into."""
    yield lake_of(postgres, tmp_path_factory.mktemp("lake"), home)
    close_sessions()


def add_pages(lake: LakeAddress) -> None:
    """Three more, as a loader would commit them."""
    with open_lake(lake) as con:
        con.execute("INSERT INTO raw.pages SELECT * REPLACE (reverse(page_id) AS page_id) FROM raw.pages")


def test_who_reads_sees_one_state_and_who_asks_again_the_newest(lake: LakeAddress, moved: LakeAddress):
    with open_lake(moved, read_only=True) as one, open_lake(lake) as other:
        rows = one.execute("FROM raw.pages").fetchall()
        other.execute("BEGIN")
        other.executemany(f"INSERT INTO raw.pages VALUES ({', '.join('?' * len(rows[0]))})", rows)
        other.execute("COMMIT")
    with open_state(lake) as con:
        before = ask(lake, "SELECT snapshot_id FROM ops.snapshot").rows[0][0]
        add_pages(lake)
        assert con.execute(COUNT).fetchall() == [(PAGES,)]
        assert con.execute("SELECT page_count FROM ops.snapshot").fetchall() == [(PAGES,)]
    assert ask(lake, COUNT).rows == [(2 * PAGES,)]
    assert ask(lake, COUNT, as_of=before).rows == [(PAGES,)]
    found = {state["snapshot_id"]: state for state in published_states(lake)}
    assert (found[before]["page_count"], found[before]["is_current"]) == (PAGES, False)
    assert ask(lake, COUNT, as_of=found[before]["published_at"].isoformat()).rows == [(PAGES,)]
    assert [state.snapshot_id for state in states(lake)] == list(found)[::-1] or len(found) < len(states(lake))


@pytest.mark.parametrize("as_of", ["4711", "1999-01-01", "yesterday"])
def test_a_state_that_is_not_there_is_told(moved: LakeAddress, as_of: str):
    with pytest.raises(SnapshotUnknown, match="Expected the number of a snapshot"):
        ask(moved, COUNT, as_of=as_of)


@pytest.mark.parametrize("query", [
    "COPY (SELECT 1) TO '{store}/mine.csv'", f"INSERT INTO {LAKE}.raw.pages FROM {LAKE}.raw.pages", f"DETACH {LAKE}", "SET threads = 1",
    f"CALL ducklake_cleanup_old_files('{LAKE}', cleanup_all => true)", f"FROM ducklake_cleanup_old_files('{LAKE}', cleanup_all => true)",
    f"FROM postgres_query('__ducklake_metadata_{LAKE}', 'SELECT 1 AS one')", "FROM postgres_scan('host=127.0.0.1', 'public', 'any')",
    "FROM read_text('{store}/lake.json')", "FROM glob('/*')", "FROM query('SELECT 1')", "FROM duckdb_databases()", "FROM duckdb_databases",
    "SELECT path FROM pragma_database_list", "FROM duckdb_secrets()", "CREATE TABLE core.mine AS SELECT 1", "ATTACH ':memory:' AS other",
    "FROM '{store}/lake.json'", "FROM duckdb_settings()", "SELECT getenv('HOME')", "FROM pg_catalog.pg_database, duckdb_databases() AS d",
])  # fmt: skip
def test_a_reader_cannot_write_nor_ask_others(moved: LakeAddress, query: str):
    before = sorted(Path(moved.store).rglob("*"))
    for asked in (ask, lambda place, said: drawn(place, said, 80)):
        with pytest.raises(QueryInvalid):
            asked(moved, query.format(store=moved.store))
    assert sorted(Path(moved.store).rglob("*")) == before and ask(moved, COUNT).rows == [(PAGES,)]


@pytest.mark.parametrize("query", [
    "FROM core.articles", "WITH a AS (FROM raw.pages) SELECT count(*) FROM a", "DESCRIBE core.articles", "SUMMARIZE raw.pages",
    "SHOW TABLES", "FROM search_articles('a')", "FROM attention('a')", "FROM dictionary", "FROM core.articles_as_of('2026-11-01')",
    "FROM mart.hosts",
    "FROM duckdb_columns() WHERE schema_name = 'core'", "SELECT fold('Ä'), unnest(range(3))", "FROM ops.snapshot",
])  # fmt: skip
def test_a_reader_may_ask_what_reads(moved: LakeAddress, query: str):
    assert ask(moved, query).columns


def test_what_reads_the_index_is_there_for_who_says_so_and_never_finds_nothing_in_silence(moved: LakeAddress):
    close_sessions()
    with open_lake_state(moved) as con, pytest.raises(duckdb.CatalogException, match="search_articles"):
        con.execute("FROM search_articles('a')")
    with open_lake_state(moved, asked="FROM search_articles('a')") as con:
        assert con.execute("SELECT document_count FROM search.size").fetchall() == [(PAGES,)]


def test_a_lake_that_is_too_large_to_be_searched_says_what_to_do(moved: LakeAddress, monkeypatch: pytest.MonkeyPatch):
    close_sessions()
    monkeypatch.setattr(searching, "MOST_SEARCHED", PAGES - 1)
    with pytest.raises(QueryInvalid, match="broadsheet publish --from-lake"):
        ask(moved, "FROM search_articles('a')")
    assert ask(moved, COUNT).rows == [(PAGES,)]


def test_what_an_older_state_did_not_have_is_empty_there(lake: LakeAddress):
    with open_lake(lake) as con:
        con.execute("ALTER TABLE core.articles DROP COLUMN seo_title; DROP TABLE core.images; ALTER TABLE raw.pages ADD COLUMN later INT")
    assert ask(lake, "SELECT seo_title FROM core.articles UNION ALL SELECT caption FROM core.images").rows == []
    assert ask(lake, "FROM mart.articles").rows == [] and "later" not in ask(lake, "FROM raw.pages").columns


def test_a_page_is_explained_as_in_its_file(home: Path, moved: LakeAddress):
    page = ask(home, "SELECT min(page_id) FROM core.articles").rows[0][0]
    assert explain_page(moved, page) == explain_page(home, page)
    assert ask(moved, "FROM explain_article($page)", {"page": page}).rows == ask(home, "FROM explain_article($page)", {"page": page}).rows


def test_the_dictionary_and_the_comments_are_those_of_the_file(home: Path, moved: LakeAddress):
    for query in ("FROM dictionary ORDER BY ALL", "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() "
                  "WHERE schema_name IN ('raw', 'core', 'mart', 'ops') AND database_name = current_database() ORDER BY ALL"):  # fmt: skip
        assert ask(moved, query).rows == ask(home, query).rows


def test_keys_that_come_twice_are_told(lake: LakeAddress, moved: LakeAddress):
    with open_state(moved) as con:
        assert not any(row["broken_count"] for row in integrity(con) if "stands twice" in row["promise"])
    with open_lake(lake) as con:
        for number in (1, 2):
            con.execute(f"INSERT INTO ops.migrations VALUES (0, 'twice', now(), '{number}')")
    with open_state(lake) as con:
        assert [row["promise"] for row in integrity(con) if row["broken_count"]] == ["no key of ops.migrations stands twice"]


def test_a_role_that_may_only_select_is_enough(postgres: PostgresServer, moved: LakeAddress):
    granted = "GRANT USAGE ON SCHEMA lake TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA lake TO reader"
    postgres.ask(moved.catalog, f"CREATE ROLE reader LOGIN; {granted}")
    reader = LakeAddress.of(moved.catalog.replace("lake@", "reader@"), moved.store)
    assert ask(reader, COUNT).rows == [(PAGES,)] and len(ask(reader, "FROM search_articles('a')").columns) == 9


def test_a_catalog_that_is_down_is_told_and_answers_again(postgres: PostgresServer, moved: LakeAddress):
    ask(moved, COUNT)
    postgres.stop()
    try:
        with pytest.raises(CatalogUnreachable):
            ask(moved, COUNT)
    finally:
        postgres.start()
    assert ask(moved, COUNT).rows == [(PAGES,)]


def test_readers_see_whole_batches_while_committers_run_and_are_killed(lake: LakeAddress):
    crowd, seen = Crowd(lake, 12), set()
    crowd.start(2)
    for _ in range(3):
        crowd.kill_one(0.3)
        with open_state(lake) as con:
            first, again = (con.execute(f"SELECT *, ({COUNT}) FROM ({OF_A_READER})").fetchall()[0] for _ in range(2))
            assert first == again and not any(first[:-1])
            seen.add(first[-1])
    crowd.join()
    assert ask(lake, COUNT).rows == [(12 * 20 + 8,)] and seen
