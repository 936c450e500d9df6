"""What the index knows of the fingerprints of new articles, and what it remembers of these."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from warehouse.handing_over import handed_over
from warehouse.transaction import transaction

# A page without a host is a site of its own; 0 is the mark of none.
NEW = """
CREATE OR REPLACE TEMP TABLE new_docs AS
SELECT c.doc, c.page_id, c.place, c.text_mark, g.site, if(g.site = '', hash(c.page_id), hash(g.site)) AS site_mark, hash(c.key) AS key_mark,
    hash(substr(c.key, length(split_part(c.key, '/', 1)) + 1)) AS path_mark, if(g.pattern IS NULL, NULL, hash(g.pattern)) AS pattern_mark,
    g.has_prints, g.has_lost, g.text_start, g.text_length, c.url, c.canonical_url, c.observed_at, c.brand, c.lang, c.is_cloaked
FROM given_docs AS g JOIN chunk AS c USING (doc);
CREATE OR REPLACE TEMP TABLE new_prints AS FROM given_prints;
CREATE OR REPLACE TEMP TABLE held AS FROM relating.prints LIMIT 0
"""
# The fingerprints that a stretch has entered lie by their values, so that for a range of these a part of the row groups is read, and what
# they are looked up in fits a core's cache: of 42 million, for 12,000 articles, 0.8 s of CPU in place of 2.0.
LOOKED_UP = 131_072  # new fingerprints for each range
HOLD = """
INSERT INTO held
FROM (FROM relating.prints WHERE hash BETWEEN {first} AND {last})
SEMI JOIN (FROM new_prints WHERE hash BETWEEN {first} AND {last}) USING (hash)
"""
HELD = """
SELECT h.hash, h.doc, h.is_copy, h.place, b.since IS NOT NULL AS is_framed
FROM held AS h JOIN relating.docs AS d USING (doc)
LEFT JOIN (FROM relating.boilerplate SEMI JOIN held USING (hash)) AS b ON b.hash = h.hash AND b.site_mark = d.site_mark
ORDER BY h.hash, h.doc
"""
MARKS = "SELECT doc, site_mark, key_mark, path_mark FROM {} ORDER BY doc"
EQUAL = """
SELECT first.doc AS one, n.doc AS other  -- equal texts, whatever their fingerprints; by text, since one may stand on thousands of pages
FROM (
    SELECT text_mark, min(doc) AS doc
    FROM (SELECT doc, text_mark FROM relating.docs WHERE has_prints UNION ALL SELECT doc, text_mark FROM new_docs WHERE has_prints)
    SEMI JOIN new_docs USING (text_mark) GROUP BY text_mark) AS first
JOIN new_docs AS n USING (text_mark) WHERE n.has_prints AND first.doc < n.doc
"""
KEPT = """
INSERT INTO relating.docs BY NAME FROM new_docs;
INSERT INTO relating.prints SELECT hash, doc, is_copy, place FROM kept_prints ORDER BY hash, doc;
INSERT INTO relating.boilerplate FROM new_frames;
INSERT INTO relating.matches SELECT DISTINCT one, other, one_letters, other_letters, may_be_whole, damaged FROM found;
INSERT INTO relating.passages SELECT one, other, one_start, one_end, other_start, other_end, weight, hashes FROM found;
INSERT INTO relating.undecided
SELECT page_id FROM new_docs
UNION SELECT page_id FROM relating.docs WHERE doc IN (SELECT one FROM found)
UNION SELECT page_id FROM relating.docs SEMI JOIN touched USING (doc)  -- what was taken for a passage before may be a frame by now
"""
DOCS: Any = {"doc": pl.UInt32, "site": pl.String, "pattern": pl.String, "has_prints": pl.Boolean, "has_lost": pl.Boolean,
        "text_start": pl.Int64, "text_length": pl.Int64}  # fmt: skip
FOUND: Any = {"one": pl.UInt32, "other": pl.UInt32, "one_letters": pl.UInt32, "other_letters": pl.UInt32, "may_be_whole": pl.Boolean,
         "damaged": pl.UInt32,
         "one_start": pl.UInt32, "one_end": pl.UInt32, "other_start": pl.UInt32, "other_end": pl.UInt32, "weight": pl.UInt32,
         "hashes": pl.List(pl.UInt32)}  # fmt: skip
FRAMES: Any = {"hash": pl.UInt32, "site_mark": pl.UInt64, "since": pl.UInt32}
Marks64 = NDArray[np.uint64]
Hashes = NDArray[np.uint32]


class NewPrints(NamedTuple):
    """New articles, in their order, and their fingerprints, in the order of the articles. Marks are hashes of names."""

    docs: NDArray[np.uint32]
    site_marks: Marks64
    key_marks: Marks64
    path_marks: Marks64
    hashes: Hashes
    owners: NDArray[np.uint32]  # the article of each
    places: NDArray[np.uint32]  # where it stands there, in letters


class Held(NamedTuple):
    """Articles of the index that have any of them, in their order; and which have which, by fingerprint and article."""

    docs: NDArray[np.uint32]
    site_marks: Marks64
    key_marks: Marks64
    path_marks: Marks64
    hashes: Hashes
    owners: NDArray[np.uint32]
    is_copy: NDArray[np.bool_]  # whether the article has it from another that has it too
    places: NDArray[np.uint32]  # where it stands there, in letters
    is_framed: NDArray[np.bool_]  # whether it is of the frame of the article's site


def hold(con: duckdb.DuckDBPyConnection, docs: pl.DataFrame, prints: pl.DataFrame) -> tuple[NewPrints, Held]:
    """In: new articles (DOCS), their fingerprints (hash, doc, place). Out: these, and who has them already. Writes nothing that stays."""
    with handed_over(con, given_docs=docs, given_prints=prints):
        con.execute(NEW)
    parts = len(prints) // LOOKED_UP + 1
    for part in range(parts):
        con.execute(HOLD.format(first=part * 2**32 // parts, last=(part + 1) * 2**32 // parts - 1))
    held = con.execute(HELD).fetchnumpy()
    owners = [np.asarray(held[name]) for name in ("hash", "doc", "is_copy", "place", "is_framed")]
    news, known = _marks(con, "new_docs"), _marks(con, "relating.docs SEMI JOIN held USING (doc)")
    return NewPrints(*news, *(prints[name].to_numpy() for name in ("hash", "doc", "place"))), Held(*known, *owners)


def _marks(con: duckdb.DuckDBPyConnection, docs: str) -> list[Any]:
    found = con.execute(MARKS.format(docs)).fetchnumpy()
    return [np.asarray(found[name]) for name in ("doc", "site_mark", "key_mark", "path_mark")]


def equal_texts(con: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Of new articles whose text another has letter by letter, with the first that has it."""
    return con.execute(EQUAL).fetchall()


def keep(
    con: duckdb.DuckDBPyConnection, prints: pl.DataFrame, frames: Sequence[tuple[int, int, int]], touched: set[int], found: pl.DataFrame
) -> None:
    """Enter the articles that `hold` was asked for, with the fingerprints to remember, what is a frame from now on (FRAMES), the articles
    which that concerns, and the passages that were found (FOUND), in one transaction."""
    new_frames = pl.DataFrame(frames, schema=FRAMES, orient="row")
    concerned = pl.DataFrame({"doc": pl.Series(sorted(touched), dtype=pl.UInt32)})
    with handed_over(con, kept_prints=prints, new_frames=new_frames, touched=concerned, found=found), transaction(con):
        con.execute(KEPT)
