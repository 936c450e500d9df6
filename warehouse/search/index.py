"""The search index, brought up to what core.articles holds: what is new is written as one more stretch, and nothing else.

An article is indexed anew where its row names another run than the index does: whoever changes a row enters his run (taking_over.py).
What stands in the index of one that changed or went is passed over by its number, and leaves with the next merge of its stretch.
"""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import duckdb

from warehouse.search.fold import fold_version, with_map
from warehouse.search.stretches import BESIDE, POSTINGS, SLICE, TOGETHER, runs_beside, write_runs, write_together
from warehouse.transaction import transaction

TABLES = Path(__file__).parent / "tables.sql"
MACROS = Path(__file__).parents[1] / "macros"
DECIDING = ("runs", "has_no_spaces", "tokens")  # macros by which texts become terms
STRETCH = 100_000  # articles that are indexed at a time: sixty million postings
MOST_STRETCHES = 4  # a query looks into each
FACTOR = 4  # a stretch is merged with what lies behind it until it is so many times larger
MOST_GONE = 0.2  # of the articles in the index that are passed over, before all of it is merged
FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT ((SELECT coalesce(max(last_doc), 0) FROM search.stretches) + row_number() OVER ())::UINTEGER AS doc, page_id
FROM (SELECT page_id FROM core.articles ANTI JOIN search.documents USING (page_id, run_id) LIMIT {most})
"""
DOCUMENTS = """
INSERT INTO search.documents
SELECT doc, fresh.page_id, a.run_id, p.host, a.lang, a.published_at, coalesce(l.token_count, 0)
FROM fresh JOIN core.articles AS a USING (page_id) JOIN raw.pages AS p USING (page_id) LEFT JOIN {beside}.lengths AS l USING (doc)
ORDER BY doc;
INSERT INTO search.stems FROM {beside}.stems ORDER BY ALL;
INSERT INTO search.endings FROM {beside}.endings;
"""
COUNT = """
INSERT INTO search.terms
SELECT term, term[1], count(*), {first} FROM search.postings_{first} WHERE NOT in_title GROUP BY term ORDER BY term;
INSERT INTO search.stretches
SELECT {first}, {last}, count(*) FROM search.postings_{first};
"""
FORGET = """
DELETE FROM search.terms WHERE first_doc >= {first};
DELETE FROM search.stretches WHERE first_doc >= {first};
"""
SIZE = """
UPDATE search.size SET document_count = now.document_count, average_token_count = now.average_token_count, endings = now.endings
FROM (
    SELECT count(*) AS document_count, coalesce(avg(token_count), 1) AS average_token_count,
        (
            SELECT coalesce(list({'lang': lang, 'ending': ending, 'becomes': becomes} ORDER BY lang, ending, becomes), [])
            FROM search.endings
        ) AS endings
    FROM search.documents
) AS now
WHERE size.document_count != now.document_count OR size.average_token_count != now.average_token_count OR size.endings != now.endings
"""


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The tables of the index, which the macros read: empty ones where there are none, or some of another making."""
    if con.execute("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'search' AND table_name = 'size'").fetchall() == [(1,)]:
        if con.execute("SELECT made_by FROM search.size").fetchall() == [(made_by(),)]:
            return
        there = "SELECT 'VIEW', view_name FROM duckdb_views() {where} UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() {where}"
        where = "WHERE schema_name = 'search' AND database_name = current_database()"
        for kind, name in con.execute(there.format(where=where)).fetchall():
            con.execute(f"DROP {kind} search.{name}")
    con.execute(with_map(TABLES.read_text("utf-8")))
    con.execute(f"INSERT INTO search.size VALUES (0, 1, '{made_by()}', [])")


def made_by() -> str:
    """What texts become terms by: where it changes, the whole index is made anew."""
    said = [
        fold_version(),
        version("PyStemmer"),
        TABLES.read_text("utf-8"),
        POSTINGS,
        SLICE,
        *((MACROS / f"{name}.sql").read_text("utf-8") for name in DECIDING),
    ]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


def update_index(con: duckdb.DuckDBPyConnection, *, is_merged: bool = True) -> int:
    """Bring the index up to core.articles, and return how many articles were indexed. About 1 ms of CPU each, within the memory that the
    loader has; where nothing is new nothing is written. Each stretch is a transaction: what a killed publish has indexed stays. Unless
    `is_merged`, stretches stay as they are, be they tables or not. Wants the tables and macros of create_marts."""
    con.execute(f"DROP TABLE IF EXISTS {TOGETHER}")  # of a merge that was killed
    gone = _forget(con)
    count = 0
    while fresh := _index_some(con):
        count += fresh
    if is_merged and (count or gone):
        _merge(con)
    con.execute(SIZE)
    return count


def _forget(con: duckdb.DuckDBPyConnection) -> int:
    """Take out the articles that have changed or gone; how many."""
    gone = "FROM search.documents ANTI JOIN core.articles USING (page_id, run_id)"
    if count := con.execute(f"SELECT count(*) {gone}").fetchall()[0][0]:
        con.execute(f"DELETE FROM search.documents WHERE doc IN (SELECT doc {gone})")
    return int(count)


def _index_some(con: duckdb.DuckDBPyConnection) -> int:
    """Index a stretch of what is new; how many articles."""
    con.execute(FRESH.format(most=STRETCH))
    count, first, last = con.execute("SELECT count(*), min(doc), max(doc) FROM fresh").fetchall()[0]
    if count:
        with runs_beside(con, count):
            write_together(con, write_runs(con, first, last))
            with transaction(con):
                con.execute(f"ALTER TABLE {TOGETHER} RENAME TO postings_{first}")
                con.execute(DOCUMENTS.format(beside=BESIDE))
                con.execute(COUNT.format(first=first, last=last))
                view_all(con)
    con.execute("DROP TABLE fresh")
    return int(count)


def _merge(con: duckdb.DuckDBPyConnection) -> None:
    """Merge the last stretches where there are too many, or all where much of the index is passed over."""
    stretches = con.execute("SELECT first_doc, last_doc, posting_count FROM search.stretches ORDER BY first_doc").fetchall()
    (documents,) = con.execute("SELECT count(*) FROM search.documents").fetchall()[0]
    numbers = sum(last - first + 1 for first, last, _ in stretches)
    at = 0 if numbers - documents > MOST_GONE * numbers else first_to_merge([size for *_, size in stretches])
    if at < len(stretches):
        names = [f"search.postings_{first}" for first, *_ in stretches[at:]]
        first, last = stretches[at][0], stretches[-1][1]
        write_together(con, names, without_gone=True)
        with transaction(con):
            con.execute(FORGET.format(first=first))
            con.execute("DROP VIEW search.postings; " + "; ".join(f"DROP TABLE {name}" for name in names))
            con.execute(f"ALTER TABLE {TOGETHER} RENAME TO postings_{first}")
            con.execute(COUNT.format(first=first, last=last))
            view_all(con)


def view_all(con: duckdb.DuckDBPyConnection) -> None:
    """Have search.postings show every stretch."""
    stretches = con.execute("SELECT first_doc FROM search.stretches ORDER BY first_doc").fetchall()
    names = [f"search.postings_{first}" for (first,) in stretches] or ["search.postings_0"]
    con.execute(f"CREATE OR REPLACE VIEW search.postings AS {' UNION ALL '.join(f'FROM {name}' for name in names)}")


def first_to_merge(sizes: Sequence[int]) -> int:
    """From which stretch on all are merged into one, of stretches in the order of their making; as many as there are for none.

    The two last where there are more than MOST_STRETCHES, and those before that are not FACTOR times as large as what becomes of it: so
    large ones are seldom written again.
    """
    if len(sizes) <= MOST_STRETCHES:
        return len(sizes)
    at, total = len(sizes) - 2, sum(sizes[-2:])
    while at > 0 and sizes[at - 1] < FACTOR * total:
        at -= 1
        total += sizes[at]
    return at
