"""What the index does not have yet, or has as it was before a reprocess; and the texts that are compared.

Up to some place, core.articles is as the index knows it: one sum over these rows tells, and then nothing of them is looked at one by one,
so that an addition costs what it adds.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import duckdb
import polars as pl

from warehouse.handing_over import handed_over
from warehouse.prepared import is_any_prepared, prepared_rows
from warehouse.relating.texts_file import TextSpan
from warehouse.transaction import transaction

FOLDED, UNFOLDED = "a.body_folded", "coalesce(a.body_folded, lower(a.body))"  # the second where rows of version 0.1.0 have no fold
UNKNOWN = -1  # place of no article
READ_AT_ONCE = 200  # texts, of some 5 kB each
PREPARED = "doc, has_prints, has_lost, packed, hashes, places, is_dense"
# Of the articles up to a place: how many, and what they and their places say. The places, since a file that was compacted has others.
SUM = """
SELECT count(*) AS article_count, coalesce(max(rowid), -1) AS place, coalesce(bit_xor(hash(page_id, text_fingerprint, rowid)), 0) AS mark
FROM core.articles WHERE rowid <= {place}
"""
# What is told of an article besides its text, and may be told anew.
FACTS = "lower(trim(a.site_name)) AS brand, a.lang, coalesce(a.is_cloaked, false) AS is_cloaked, p.canonical_url"
FACT_NAMES = ("brand", "lang", "is_cloaked", "canonical_url")
# What is asked of articles that are decided (MEMBERS in deciding.py): a title that was read otherwise makes no other copy.
DECIDES = """
(table_name = 'core.credits' OR table_name IN ('core.articles', 'raw.pages') AND field IN (
    '*', 'canonical_url', 'is_cloaked', 'lang', 'published_at', 'published_precision', 'site_name', 'text_fingerprint'))
"""
# Where a reprocess has changed a text, or taken an article away, its traces go; where it changed what decides, it is decided anew.
CHANGED = f"""
CREATE OR REPLACE TEMP TABLE outdated AS
SELECT d.doc, d.page_id, a.place FROM (FROM relating.docs WHERE place > {{place}}) AS d
LEFT JOIN (SELECT page_id, text_fingerprint, rowid AS place FROM core.articles WHERE rowid > {{place}}) AS a USING (page_id)
WHERE a.page_id IS NULL OR d.text_mark != hash(a.text_fingerprint) OR d.place != a.place;
CREATE OR REPLACE TEMP TABLE moved AS
SELECT o.doc, o.place FROM outdated AS o JOIN relating.docs AS d USING (doc) JOIN core.articles AS a ON a.rowid = o.place
WHERE d.text_mark = hash(a.text_fingerprint);
DELETE FROM outdated WHERE doc IN (SELECT doc FROM moved);
CREATE OR REPLACE TEMP TABLE told_anew AS
SELECT DISTINCT page_id FROM ops.changes WHERE run_id NOT IN (SELECT run_id FROM relating.taken_over) AND {DECIDES};
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
SELECT f.doc, f.page_id, f.place, p.rowid AS page_place FROM (
    SELECT a.page_id, a.rowid AS place,
        (row_number() OVER (ORDER BY a.rowid) + coalesce((SELECT max(doc) FROM relating.docs), 0))::UINTEGER AS doc
    FROM core.articles AS a ANTI JOIN (FROM relating.docs WHERE place > {place}) AS d USING (page_id) WHERE a.rowid > {place}) AS f
JOIN raw.pages AS p USING (page_id) ORDER BY f.doc
"""
CHUNK = f"""
CREATE OR REPLACE TEMP TABLE chunk AS
SELECT f.doc, f.page_id, f.place, p.url, p.observed_at, key_of_url(p.url) AS key, hash(a.text_fingerprint) AS text_mark, {FACTS}
FROM (FROM fresh WHERE {{which}}) AS f
JOIN (FROM articles_at WHERE place BETWEEN {{low}} AND {{high}}) AS a USING (place)
JOIN (FROM pages_at WHERE place BETWEEN {{first}} AND {{last}}) AS p ON p.place = f.page_place
"""


class Fresh(NamedTuple):
    """An article that the index does not have yet."""

    doc: int  # its number in the index: in the order of loading
    url: str
    key: str  # url_key
    text: str | tuple[Any, ...]  # folded; or what tasks/relation/prints.py has made of it, where that is prepared


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


def places_of(con: duckdb.DuckDBPyConnection, numbers: range) -> tuple[int, int, int, int]:
    """Between which places the articles of these numbers lie in core.articles, and between which their pages in raw.pages."""
    which = f"doc BETWEEN {numbers.start} AND {numbers.stop - 1}"
    found = con.execute(f"SELECT min(place), max(place), min(page_place), max(page_place) FROM fresh WHERE {which}").fetchall()[0]
    low, high, first, last = map(int, found)
    return low, high, first, last


def fresh_texts(con: duckdb.DuckDBPyConnection, numbers: range) -> Iterator[Fresh]:
    """The articles of these numbers, in their order; until the next ones are asked for they are the temporary table `chunk`. Nothing else
    may be asked of the connection meanwhile: texts come as they are read, since some thousand of them would take what memory there is."""
    which = f"doc BETWEEN {numbers.start} AND {numbers.stop - 1}"
    low, high, first, last = places_of(con, numbers)
    con.execute(CHUNK.format(which=which, low=low, high=high, first=first, last=last))
    # Articles of a batch lie together, as its file has them.
    known = con.execute(f"SELECT c.place, c.doc, c.url, c.key, {_file(con)} ORDER BY c.doc").fetchall()
    for file, rows in groupby(known, key=lambda row: row[-1]):
        some = {place: Fresh(doc, url, key, "") for place, doc, url, key, _ in rows}
        yield from (_read(con, some) if file is None else _prepared(con, file, some))


def _file(con: duckdb.DuckDBPyConnection) -> str:
    if not is_any_prepared(con):
        return "NULL FROM chunk AS c"
    return "k.file FROM chunk AS c LEFT JOIN temp.prepared AS k USING (page_id)"


def _read(con: duckdb.DuckDBPyConnection, fresh: Mapping[int, Fresh]) -> Iterator[Fresh]:
    """With their texts, of the warehouse. `fresh`: by place."""
    rows = con.execute(f"SELECT a.place, {_text(con)} FROM articles_at AS a WHERE a.place BETWEEN {min(fresh)} AND {max(fresh)}")
    while some := rows.fetchmany(READ_AT_ONCE):
        yield from (fresh[place]._replace(text=text) for place, text in some if place in fresh)


def _prepared(con: duckdb.DuckDBPyConnection, file: str, fresh: Mapping[int, Fresh]) -> Iterator[Fresh]:
    """With what is prepared of them, of a file: of a batch, which has at most some thousand."""
    told = {doc: tuple(rest) for doc, *rest in con.execute(f"SELECT {PREPARED} FROM {prepared_rows([file], 'FROM chunk')}").fetchall()}
    yield from (each._replace(text=told[each.doc]) for each in fresh.values())


def spans_of(con: duckdb.DuckDBPyConnection, docs: Sequence[int]) -> dict[int, TextSpan]:
    """Where the texts of articles lie that are compared, of the index and of those that are entered now (candidates.hold)."""
    with handed_over(con, wanted_docs=pl.DataFrame({"doc": pl.Series(docs, dtype=pl.UInt32)})):
        every = "SELECT doc, text_start, text_length FROM relating.docs UNION ALL SELECT doc, text_start, text_length FROM new_docs"
        rows = con.execute(f"FROM ({every}) SEMI JOIN wanted_docs USING (doc)").fetchall()
    return {doc: TextSpan(start, length) for doc, start, length in rows}


def texts_end(con: duckdb.DuckDBPyConnection) -> int:
    """Up to where the index leads into the file of texts."""
    return int(con.execute("SELECT coalesce(max(text_start + text_length), 0) FROM relating.docs").fetchall()[0][0])


def _text(con: duckdb.DuckDBPyConnection) -> str:
    """SQL for the folded text. The body is not unpacked where no row needs it."""
    return UNFOLDED if con.execute("SELECT 1 FROM articles_at WHERE body_folded IS NULL LIMIT 1").fetchall() else FOLDED
