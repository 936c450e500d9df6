"""Marts: each file is a view with a comment on every column, and answers on a few rows what a careful reader would."""

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.errors import ContractBroken
from warehouse.lineage import reads_of
from warehouse.marts import FOLDER, create_marts, everything, macros, marts
from warehouse.migrate import migrate

RUN = "f" * 16
PAGE = """
INSERT INTO raw.pages BY NAME SELECT '{id}' AS page_id, 'https://{host}/{id}' AS url, 'sidecar' AS url_source, '{host}' AS host,
    now() AS observed_at, 'sidecar' AS observed_source, 'sha1:' || repeat('A', 32) AS digest,
    1 AS byte_count, 'html_folder' AS source_kind, '{id}' AS source_uri,
    0 AS source_offset, 'w' AS warc_uri, 0 AS warc_offset, '{run}' AS run_id;
INSERT INTO core.articles BY NAME SELECT '{id}' AS page_id, 't' AS title, 'b' AS body, [] AS tags, 1 AS char_count, 1 AS paragraph_count,
    '{id}' AS text_fingerprint, [] AS quality_flags, '{run}' AS run_id, {cloaked} AS is_cloaked, {repairs} AS repair_count;
"""
RAN = """
INSERT INTO ops.runs BY NAME SELECT '{run}' AS run_id, 'ingest_pages' AS flow, 'completed' AS state, '2026-11-02 08:00:00Z' AS started_at,
    {ended} AS ended_at, [] AS paths, '{{}}' AS parameters, 0 AS seen_count, 0 AS loaded_count, 0 AS known_count, 0 AS rejected_count,
    '1' AS version
"""
REPAIR = """
INSERT INTO core.repairs BY NAME SELECT '{id}' AS page_id, {number} AS repair_number, 'body' AS field, 0 AS start_offset, 1 AS end_offset,
    0 AS restored_start, 1 AS restored_end, 'x' AS before, 'y' AS after, '{method}' AS method, {evidence} AS evidence,
    '{proof}' AS round_trip, 1.0 AS confidence, [] AS candidates, '{status}' AS status, '{run}' AS run_id
"""
LATE = """-- mart.late
-- Grain    one row
-- Reads    nothing
-- Answers  Nothing?
-- Columns
--   b  B.
SELECT 1 AS a
"""


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        migrate(connection)
        create_marts(connection)
        yield connection


def page(con: duckdb.DuckDBPyConnection, letter: str, host: str, *repairs: tuple[str, str | None, str, str], cloaked: str = "true") -> None:
    """A page with (method, evidence, proof, status) of its repairs."""
    con.execute(PAGE.format(id=letter * 16, host=host, cloaked=cloaked, repairs=len(repairs), run=RUN))
    for number, (method, evidence, proof, status) in enumerate(repairs, 1):
        quoted = f"'{evidence}'" if evidence else "NULL"
        con.execute(REPAIR.format(id=letter * 16, number=number, method=method, evidence=quoted, proof=proof, status=status, run=RUN))


def test_damage_is_counted_by_host_and_its_dictionary_confirmed_by_other_pages(con: duckdb.DuckDBPyConnection):
    shared = ("gloss+script", "網(wǎng) 絡(luò)", "proved", "restored")
    page(con, "a", "m.example", shared, ("bytes", "model", "not proved", "lost"))
    page(con, "b", "m.example", shared, ("gloss", "報(bào)", "proved", "restored"))
    page(con, "c", "m.example", ("gloss", "請(qǐng)", "proved", "restored"), ("keywords", "5", "not proved", "flagged"))
    page(con, "d", "n.example", cloaked="false")
    page(con, "e", "o.example", cloaked="NULL")
    rows = con.execute("SELECT * FROM mart.damage_by_host ORDER BY host").fetchall()
    columns = [name for name, *_ in con.description or ()]
    mirror, sound = (dict(zip(columns, row, strict=True)) for row in rows)
    assert mirror == {
        "host": "m.example", "page_count": 3, "cloaked_page_count": 3, "cloaked_share": 1.0, "damaged_page_count": 3, "repair_count": 5,
        "gloss_count": 6, "repairs_by_method": {"gloss": 4, "script": 2, "bytes": 1}, "proved_share": 0.8, "lost_count": 1,
        "flagged_count": 1, "dictionary_size": 4, "confirmed_count": 2, "agreeing_page_count": 2,
    }  # fmt: skip
    assert (sound["page_count"], sound["cloaked_share"], sound["repair_count"], sound["proved_share"]) == (1, 0.0, 0, None)


@pytest.mark.parametrize("mart", marts(), ids=lambda mart: mart.name)
def test_a_mart_is_one_plain_select(mart):
    statement = "\n".join(line for line in mart.query.splitlines() if not line.startswith("--"))
    assert statement.startswith(("SELECT", "WITH"))
    assert ";" not in statement
    assert not {"CREATE", "*,", "SELECT *", "{{"} & set(statement.split())


@pytest.mark.parametrize("mart", everything(), ids=lambda mart: mart.name)
def test_a_mart_or_macro_says_what_it_reads(mart):
    assert set(mart.reads) - {"nothing"} == reads_of(mart)


@pytest.mark.parametrize("macro", macros(), ids=lambda macro: macro.name)
def test_a_macro_answers_its_example_and_names_its_parameters(con: duckdb.DuckDBPyConnection, macro):
    assert [each.partition(":=")[0].strip() for each in macro.signature.split(",") if each] == list(macro.parameters)
    con.execute(macro.example).fetchall()


def test_a_macro_has_a_comment(con: duckdb.DuckDBPyConnection):
    told = con.execute("SELECT comment FROM duckdb_functions() WHERE NOT internal AND function_name = 'articles_as_of'").fetchall()
    assert told == [("core.articles_as_of: one captured page that carries an article. Which articles did the warehouse hold at a past "
                     "moment? A text that a later extractor has changed is as it is now: ops.changes.",)]  # fmt: skip


def test_articles_are_asked_as_of_a_past_moment(con: duckdb.DuckDBPyConnection):
    page(con, "a", "m.example")
    con.execute(RAN.format(run=RUN, ended="'2026-11-02 09:00:00Z'"))
    asked = "SELECT count(*) FROM core.articles_as_of('2026-11-02 {}')"
    assert [con.execute(asked.format(clock)).fetchall() for clock in ("08:59:59Z", "09:00:00Z")] == [[(0,)], [(1,)]]


def test_a_macro_whose_file_is_gone_is_dropped(con: duckdb.DuckDBPyConnection):
    con.execute("CREATE MACRO yesterday() AS TABLE SELECT 1 AS one; CREATE MACRO core.before(a) AS a")
    create_marts(con)
    left = con.execute("SELECT function_name FROM duckdb_functions() WHERE function_name IN ('yesterday', 'before')").fetchall()
    assert left == []


def test_every_column_of_a_mart_has_a_comment(con: duckdb.DuckDBPyConnection):
    silent = con.execute("SELECT column_name FROM duckdb_columns() WHERE schema_name = 'mart' AND comment IS NULL").fetchall()
    assert silent == []
    assert {name for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart'").fetchall()} == {
        path.stem for path in FOLDER.glob("*.sql")
    }


def test_a_view_whose_file_is_gone_is_dropped(con: duckdb.DuckDBPyConnection):
    con.execute("CREATE VIEW mart.yesterday AS SELECT 1 AS one")
    create_marts(con)
    assert con.execute("SELECT count(*) FROM duckdb_views() WHERE view_name = 'yesterday'").fetchall() == [(0,)]


def test_a_mart_that_describes_other_columns_than_it_gives_is_refused(con: duckdb.DuckDBPyConnection, monkeypatch, tmp_path):
    (tmp_path / "late.sql").write_text(LATE)
    monkeypatch.setattr("warehouse.marts.FOLDER", tmp_path)
    everything.cache_clear()
    try:
        with pytest.raises(ContractBroken, match=r"mart\.late.* describes, b; came a"):
            create_marts(con)
    finally:
        everything.cache_clear()
    assert con.execute("SELECT count(*) FROM mart.damage_by_host").fetchall() == [(0,)]
