"""Which of the new articles may share a passage with which others: those that share fingerprints which are not of their site's frame.

What is found for an article depends on those before it alone, in the order of loading: so it is the same however many are added at once.
"""

from typing import Any

import duckdb
import polars as pl

from warehouse.handing_over import handed_over
from warehouse.transaction import transaction

HOLDERS = 32  # of a fingerprint that are remembered, the first: a story on a thousand pages still meets its earliest copies
COMMON = 0.25  # what a fingerprint counts that so many have: a phrase of the language rather than of a story
LEAST_SHARED = 2
MOST_CANDIDATES = 20  # of one article
FRAME_PAGES = 3  # of a site, from which on what they share is the site's frame, not theirs
NEARLY_ALL = 0.8  # of an article's fingerprints: a text that a site has at three addresses is no frame

RANKED = f"""
CREATE OR REPLACE TEMP TABLE held AS
SELECT hash, doc, row_number() OVER (PARTITION BY hash ORDER BY doc) AS place, doc >= $first AS is_new
FROM (SELECT p.hash, p.doc FROM relating.prints AS p SEMI JOIN new_prints USING (hash) UNION ALL SELECT hash, doc FROM new_prints);
CREATE OR REPLACE TEMP TABLE shared AS
SELECT h.*, d.site_mark, d.key_mark
FROM held AS h JOIN (
    SELECT doc, site_mark, key_mark FROM relating.docs UNION ALL SELECT doc, site_mark, key_mark FROM new_docs) AS d USING (doc)
WHERE hash IN (SELECT hash FROM held WHERE place = 2);
CREATE OR REPLACE TEMP TABLE new_frames AS
SELECT hash, site_mark, list_sort(list(since))[{FRAME_PAGES}] AS since
FROM (SELECT hash, site_mark, key_mark, min(doc) AS since FROM shared WHERE place <= {HOLDERS} AND site_mark IS NOT NULL GROUP BY ALL)
ANTI JOIN relating.boilerplate USING (hash, site_mark)
GROUP BY hash, site_mark HAVING count(*) >= {FRAME_PAGES};
"""
PAIRED = f"""
CREATE OR REPLACE TEMP TABLE framed AS
SELECT s.hash, s.doc, s.place, s.is_new, f.since
FROM shared AS s
LEFT JOIN (SELECT b.* FROM relating.boilerplate AS b SEMI JOIN shared USING (hash) UNION ALL FROM new_frames) AS f USING (hash, site_mark)
WHERE s.is_new OR s.place <= {HOLDERS};
CREATE OR REPLACE TEMP TABLE repeated AS  -- articles that are in what looks like a frame with nearly all of their text
SELECT doc FROM (
    SELECT n.doc, count(*) AS all_count, count(*) FILTER (f.since <= n.doc) AS frame_count
    FROM new_prints AS n LEFT JOIN framed AS f USING (hash, doc) GROUP BY n.doc)
WHERE frame_count >= {NEARLY_ALL} * all_count;
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT one, other FROM (
    SELECT e.doc AS one, n.doc AS other, sum(if(n.place <= {HOLDERS}, 1, {COMMON})) AS score
    FROM framed AS n JOIN framed AS e USING (hash)
    WHERE n.is_new AND e.doc < n.doc AND e.place <= {HOLDERS}
        AND (n.doc IN (FROM repeated) OR NOT coalesce(n.since <= n.doc OR e.since <= n.doc, false))
    GROUP BY e.doc, n.doc HAVING score >= {LEAST_SHARED}
    QUALIFY row_number() OVER (PARTITION BY n.doc ORDER BY score DESC, e.doc) <= {MOST_CANDIDATES})
UNION
SELECT min(every.doc) AS one, n.doc AS other  -- equal texts, whatever their fingerprints
FROM (SELECT doc, text_mark FROM relating.docs WHERE has_prints UNION ALL SELECT doc, text_mark FROM new_docs WHERE has_prints) AS every
JOIN new_docs AS n USING (text_mark)
WHERE n.has_prints AND every.doc < n.doc GROUP BY n.doc
"""
KEPT = f"""
INSERT INTO relating.docs
SELECT doc, page_id, text_mark, site, site_mark, key_mark, path_mark, pattern, letter_count, has_prints FROM new_docs;
INSERT INTO relating.prints SELECT hash, doc FROM held WHERE is_new AND place <= {HOLDERS} ORDER BY doc;
INSERT INTO relating.boilerplate FROM new_frames;
INSERT INTO relating.matches SELECT DISTINCT one, other, one_letters, other_letters FROM found;
INSERT INTO relating.passages SELECT one, other, one_start, one_end, other_start, other_end, weight, hashes FROM found;
INSERT INTO relating.undecided
SELECT page_id FROM new_docs
UNION SELECT page_id FROM relating.docs WHERE doc IN (SELECT one FROM found)
UNION SELECT page_id FROM relating.docs WHERE doc IN (  -- what was taken for a passage before may be a frame by now
    SELECT s.doc FROM shared AS s SEMI JOIN new_frames USING (hash, site_mark))
"""
DOCS: Any = {"doc": pl.UInt32, "page_id": pl.String, "site": pl.String, "key": pl.String, "pattern": pl.String, "letter_count": pl.UInt32,
        "has_prints": pl.Boolean}  # fmt: skip
FOUND: Any = {"one": pl.UInt32, "other": pl.UInt32, "one_letters": pl.UInt32, "other_letters": pl.UInt32, "one_start": pl.UInt32,
         "one_end": pl.UInt32, "other_start": pl.UInt32, "other_end": pl.UInt32, "weight": pl.UInt32,
         "hashes": pl.List(pl.UInt32)}  # fmt: skip


def candidates(con: duckdb.DuckDBPyConnection, docs: pl.DataFrame, prints: pl.DataFrame) -> list[tuple[int, int]]:
    """In: new articles (DOCS), their fingerprints (hash, doc). Out: pairs of numbers, the earlier first. Writes nothing that stays."""
    with handed_over(con, given_docs=docs, given_prints=prints):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE new_docs AS SELECT g.*, hash(a.text_fingerprint) AS text_mark, "
            "if(g.site = '', NULL, hash(g.site)) AS site_mark, "
            "hash(g.key) AS key_mark, "
            "hash(substr(g.key, length(g.site) + 1)) AS path_mark FROM given_docs AS g JOIN core.articles AS a USING (page_id);"
            "CREATE OR REPLACE TEMP TABLE new_prints AS FROM given_prints"
        )
    con.execute(RANKED.replace("$first", str(docs["doc"][0])))
    con.execute(PAIRED)
    return con.execute("FROM pairs ORDER BY ALL").fetchall()


def keep(con: duckdb.DuckDBPyConnection, found: pl.DataFrame) -> None:
    """Enter the articles that `candidates` was asked for, and the passages that were found (FOUND), in one transaction."""
    with handed_over(con, found=found), transaction(con):
        con.execute(KEPT)
