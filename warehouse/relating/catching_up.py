"""What the index does not have yet, or has as it was before a reprocess; and the texts that are compared.

Up to some place, core.articles is as the index knows it: one sum over these rows tells, and then nothing of them is looked at one by one,
so that an addition costs what it adds.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
import polars as pl

from warehouse.handing_over import handed_over
from warehouse.transaction import transaction

TEXT = "coalesce(a.body_folded, lower(a.body))"  # rows of version 0.1.0 have no fold
UNKNOWN = -1  # place of no article
READ_AT_ONCE = 2_000  # texts, of some 5 kB each: rows lie in vectors of 2,048, and are unpacked so
# Of the articles up to a place: how many, and what they and their places say. The places, since a file that was compacted has others.
SUM = """
SELECT count(*) AS article_count, coalesce(max(rowid), -1) AS place, coalesce(bit_xor(hash(page_id, text_fingerprint, rowid)), 0) AS mark
FROM core.articles WHERE rowid <= {place}
"""
# What is told of an article besides its text, by which outlets are known.
FACTS = """
lower(trim(a.site_name)) AS brand, a.lang, coalesce(a.is_cloaked, false) AS is_cloaked, p.observed_at,
regexp_extract(p.url, '^[a-z]+://[^/?#]+') AS base
"""
FACT_NAMES = ("brand", "lang", "is_cloaked", "observed_at", "base")
# Where a reprocess has changed a text, or taken an article away, its traces go; where it changed anything else, it is decided anew.
CHANGED = """
CREATE OR REPLACE TEMP TABLE outdated AS
SELECT d.doc, d.page_id, a.place FROM (FROM relating.docs WHERE place > {place}) AS d
LEFT JOIN (SELECT page_id, text_fingerprint, rowid AS place FROM core.articles WHERE rowid > {place}) AS a USING (page_id)
WHERE a.page_id IS NULL OR d.text_mark != hash(a.text_fingerprint) OR d.place != a.place;
CREATE OR REPLACE TEMP TABLE moved AS
SELECT o.doc, o.place FROM outdated AS o JOIN relating.docs AS d USING (doc) JOIN core.articles AS a ON a.rowid = o.place
WHERE d.text_mark = hash(a.text_fingerprint);
DELETE FROM outdated WHERE doc IN (SELECT doc FROM moved);
CREATE OR REPLACE TEMP TABLE told_anew AS
SELECT DISTINCT page_id FROM ops.changes WHERE run_id NOT IN (SELECT run_id FROM relating.taken_over);
CREATE OR REPLACE TEMP TABLE beside AS
SELECT page_id FROM relating.docs WHERE doc IN (
    SELECT unnest([one, other]) FROM relating.matches WHERE one IN (SELECT doc FROM outdated) OR other IN (SELECT doc FROM outdated))
UNION SELECT page_id FROM outdated
UNION FROM told_anew
"""
FORGET = f"""
UPDATE relating.docs SET place = moved.place FROM moved WHERE moved.doc = docs.doc;
UPDATE relating.docs SET {", ".join(f"{name} = new.{name}" for name in FACT_NAMES)}
FROM (SELECT page_id, {FACTS} FROM told_anew JOIN core.articles AS a USING (page_id) JOIN raw.pages AS p USING (page_id)) AS new
WHERE new.page_id = docs.page_id;
INSERT INTO relating.undecided FROM beside;
DELETE FROM relating.prints WHERE doc IN (SELECT doc FROM outdated);
DELETE FROM relating.passages WHERE one IN (SELECT doc FROM outdated) OR other IN (SELECT doc FROM outdated);
DELETE FROM relating.matches WHERE one IN (SELECT doc FROM outdated) OR other IN (SELECT doc FROM outdated);
DELETE FROM relating.docs WHERE doc IN (SELECT doc FROM outdated);
DELETE FROM relating.seen;
INSERT INTO relating.taken_over SELECT DISTINCT run_id FROM ops.changes WHERE run_id NOT IN (FROM relating.taken_over)
"""
FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT a.page_id, a.rowid AS place,
    (row_number() OVER (ORDER BY a.rowid) + coalesce((SELECT max(doc) FROM relating.docs), 0))::UINTEGER AS doc
FROM core.articles AS a ANTI JOIN (FROM relating.docs WHERE place > {place}) AS d USING (page_id) WHERE a.rowid > {place}
"""
CHUNK = f"""
CREATE OR REPLACE TEMP TABLE chunk AS
SELECT f.doc, f.page_id, f.place, p.url, key_of_url(p.url) AS key, hash(a.text_fingerprint) AS text_mark, {FACTS}
FROM (FROM fresh WHERE doc BETWEEN {{first}} AND {{last}}) AS f JOIN core.articles AS a ON a.rowid = f.place
JOIN raw.pages AS p ON p.page_id = f.page_id WHERE a.rowid BETWEEN {{low}} AND {{high}}
"""


class Text(NamedTuple):
    """An article that the index does not have yet."""

    doc: int  # its number in the index: in the order of loading
    url: str
    key: str  # url_key
    folded: str


def number_fresh(con: duckdb.DuckDBPyConnection) -> range:
    """Number the articles that the index does not have, in the order in which they were loaded; the numbers.

    Articles that the warehouse does not have so any more leave the index before, and what stood beside them is undecided.
    """
    place = _known_place(con)
    con.execute(CHANGED.format(place=place))
    if con.execute("SELECT 1 FROM beside UNION ALL SELECT 1 FROM moved LIMIT 1").fetchall():
        with transaction(con):
            con.execute(FORGET)
        place = UNKNOWN
    con.execute(FRESH.format(place=place))
    first, last = con.execute("SELECT min(doc), max(doc) FROM fresh").fetchall()[0]
    return range(first, last + 1) if first is not None else range(0)


def all_seen(con: duckdb.DuckDBPyConnection) -> None:
    """Remember that the index has every article, where that is news."""
    last = con.execute("SELECT (SELECT max(rowid) FROM core.articles) IS NOT DISTINCT FROM (SELECT max(place) FROM relating.seen)")
    if last.fetchall()[0][0]:
        return
    with transaction(con):
        con.execute(f"DELETE FROM relating.seen; INSERT INTO relating.seen {SUM.format(place=2**62)}")


def _known_place(con: duckdb.DuckDBPyConnection) -> int:
    """Up to which place the warehouse is as the index knows it; UNKNOWN where it must be compared row by row."""
    for count, place, mark in con.execute("SELECT article_count, place, mark FROM relating.seen").fetchall():
        if con.execute(SUM.format(place=place)).fetchall() == [(count, place, mark)]:
            return int(place)
    return UNKNOWN


def fresh_texts(con: duckdb.DuckDBPyConnection, numbers: range) -> Iterator[Text]:
    """The articles of these numbers, in their order; until the next ones are asked for they are the temporary table `chunk`."""
    con.execute(_of_places(con, CHUNK, "fresh", numbers.start, numbers.stop - 1))
    for first in range(numbers.start, numbers.stop, READ_AT_ONCE):
        rows = (
            f"SELECT c.doc, c.url, c.key, {TEXT} FROM core.articles AS a JOIN chunk AS c ON c.place = a.rowid "
            "WHERE c.doc BETWEEN {first} AND {last} AND a.rowid BETWEEN {low} AND {high} ORDER BY c.doc"
        )
        for row in con.execute(_of_places(con, rows, "chunk", first, min(first + READ_AT_ONCE, numbers.stop) - 1)).fetchall():
            yield Text(*row)


def _of_places(con: duckdb.DuckDBPyConnection, query: str, table: str, first: int, last: int) -> str:
    """A query about the articles of these numbers, with the places between which they lie."""
    low, high = con.execute(f"SELECT min(place), max(place) FROM {table} WHERE doc BETWEEN {first} AND {last}").fetchall()[0]
    return query.format(first=first, last=last, low=low, high=high)


def texts_of(con: duckdb.DuckDBPyConnection, docs: Sequence[int]) -> dict[int, str]:
    """The folded texts of articles of the index, and of those that are entered now."""
    with handed_over(con, wanted_docs=pl.DataFrame({"doc": pl.Series(docs, dtype=pl.UInt32)})):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE wanted AS SELECT doc, place FROM wanted_docs "
            "JOIN (SELECT doc, place FROM relating.docs UNION ALL SELECT doc, place FROM chunk) AS known USING (doc)"
        )
    rows = con.execute(f"SELECT w.doc, {TEXT} FROM core.articles AS a JOIN wanted AS w ON w.place = a.rowid").fetchall()
    return dict(rows)
