"""What the index does not have yet, or has as it was before a reprocess; and the texts that are compared."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
import polars as pl

from warehouse.handing_over import handed_over
from warehouse.transaction import transaction

FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT a.page_id, a.rowid AS place,
    (row_number() OVER (ORDER BY a.rowid) + coalesce((SELECT max(doc) FROM relating.docs), 0))::UINTEGER AS doc
FROM core.articles AS a ANTI JOIN relating.docs USING (page_id)
"""
TEXT = "coalesce(a.body_folded, lower(a.body))"  # rows of version 0.1.0 have no fold
# What is asked of articles that are decided (MEMBERS in deciding.py): a title that was read otherwise makes no other copy.
DECIDES = """
(table_name = 'core.credits' OR table_name IN ('core.articles', 'raw.pages') AND field IN (
    '*', 'canonical_url', 'is_cloaked', 'lang', 'published_at', 'published_precision', 'site_name', 'text_fingerprint'))
"""
# Where a reprocess has changed a text, or taken an article away, its traces go; where it changed what decides, it is decided anew.
CHANGED = f"""
CREATE OR REPLACE TEMP TABLE outdated AS
SELECT d.doc, d.page_id FROM relating.docs AS d LEFT JOIN core.articles AS a USING (page_id)
WHERE a.page_id IS NULL OR d.text_mark != hash(a.text_fingerprint);
CREATE OR REPLACE TEMP TABLE beside AS
SELECT page_id FROM relating.docs WHERE doc IN (
    SELECT unnest([one, other]) FROM relating.matches WHERE one IN (SELECT doc FROM outdated) OR other IN (SELECT doc FROM outdated))
UNION SELECT page_id FROM outdated
UNION SELECT page_id FROM ops.changes WHERE run_id NOT IN (SELECT run_id FROM relating.taken_over) AND {DECIDES}
"""
FORGET = """
INSERT INTO relating.undecided FROM beside;
DELETE FROM relating.prints WHERE doc IN (SELECT doc FROM outdated);
DELETE FROM relating.passages WHERE one IN (SELECT doc FROM outdated) OR other IN (SELECT doc FROM outdated);
DELETE FROM relating.matches WHERE one IN (SELECT doc FROM outdated) OR other IN (SELECT doc FROM outdated);
DELETE FROM relating.docs WHERE doc IN (SELECT doc FROM outdated);
INSERT INTO relating.taken_over SELECT DISTINCT run_id FROM ops.changes WHERE run_id NOT IN (FROM relating.taken_over)
"""


class Text(NamedTuple):
    """An article that the index does not have yet."""

    doc: int  # its number in the index: in the order of loading
    page_id: str
    url: str
    key: str  # url_key
    folded: str


def forget_what_changed(con: duckdb.DuckDBPyConnection) -> None:
    """Take articles out of the index that the warehouse does not have so any more, and mark what stood beside them as undecided."""
    con.execute(CHANGED)
    if con.execute("SELECT 1 FROM beside LIMIT 1").fetchall():
        with transaction(con):
            con.execute(FORGET)


def number_fresh(con: duckdb.DuckDBPyConnection) -> range:
    """Number the articles that the index does not have, in the order in which they were loaded; the numbers."""
    con.execute(FRESH)
    first, last = con.execute("SELECT min(doc), max(doc) FROM fresh").fetchall()[0]
    return range(first, last + 1) if first is not None else range(0)


def fresh_texts(con: duckdb.DuckDBPyConnection, numbers: range) -> Iterator[Text]:
    """The articles of these numbers, in their order."""
    (low, high), first, last = con.execute(
        f"SELECT min(place), max(place) FROM fresh WHERE doc BETWEEN {numbers.start} AND {numbers.stop - 1}"
    ).fetchall()[0], numbers.start, numbers.stop - 1  # fmt: skip
    rows = con.execute(
        f"SELECT f.doc, f.page_id, p.url, key_of_url(p.url), {TEXT} FROM core.articles AS a JOIN fresh AS f ON f.place = a.rowid "
        f"JOIN raw.pages AS p ON p.page_id = f.page_id "
        f"WHERE f.doc BETWEEN {first} AND {last} AND a.rowid BETWEEN {low} AND {high} ORDER BY f.doc"
    )
    while some := rows.fetchmany(1000):
        yield from (Text(*row) for row in some)


def texts_of(con: duckdb.DuckDBPyConnection, docs: Sequence[int]) -> dict[int, str]:
    """The folded texts of articles of the index."""
    with handed_over(con, wanted_docs=pl.DataFrame({"doc": pl.Series(docs, dtype=pl.UInt32)})):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE wanted AS SELECT doc, a.rowid AS place FROM wanted_docs "
            "JOIN (SELECT doc, page_id FROM relating.docs UNION ALL SELECT doc, page_id FROM fresh) AS known USING (doc) "
            "JOIN core.articles AS a USING (page_id)"
        )
    rows = con.execute(f"SELECT w.doc, {TEXT} FROM core.articles AS a JOIN wanted AS w ON w.place = a.rowid").fetchall()
    return dict(rows)
