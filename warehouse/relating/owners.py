"""What the warehouse teaches of outlets: the patterns of their addresses, and the name that their pages bear. No list of hosts is kept.

A site owns a pattern where it has OWNED_PAGES paths of it, and OWNED_SHARE of all paths that undisguised articles of it have: a mirror,
which keeps them, takes nothing from its outlet.
"""

import duckdb

from warehouse.transaction import transaction

OWNED_PAGES = 20
OWNED_SHARE = 0.8

# All of it from the index, by marks: of a million articles a second.
LEARNED = f"""
CREATE OR REPLACE TEMP TABLE brands AS
WITH named AS (SELECT site, brand, count(*) AS page_count FROM relating.docs WHERE brand IS NOT NULL AND site != '' AND NOT is_cloaked
    GROUP BY ALL)
SELECT site, arg_max(brand, (page_count, brand)) AS brand FROM named GROUP BY site;
CREATE OR REPLACE TEMP TABLE patterns AS  -- by paths: those that a mirror keeps are the owner's; of two with as many, who was seen first
WITH frequent AS (SELECT DISTINCT pattern_mark FROM relating.docs WHERE pattern_mark IS NOT NULL AND NOT is_cloaked
    GROUP BY pattern_mark, site_mark HAVING count(*) >= {OWNED_PAGES}),
paths AS (SELECT pattern_mark, site_mark, path_mark, any_value(site) AS site, min(observed_at) AS seen_at
    FROM relating.docs SEMI JOIN frequent USING (pattern_mark) WHERE NOT is_cloaked AND site != '' GROUP BY ALL)
SELECT pattern_mark, arg_max(site, (path_count, -epoch(seen_at), site)) AS site
FROM (SELECT pattern_mark, any_value(site) AS site, count(*) AS path_count, min(seen_at) AS seen_at
    FROM paths GROUP BY pattern_mark, site_mark)
JOIN (SELECT pattern_mark, count(DISTINCT path_mark) AS every_count FROM paths GROUP BY pattern_mark) USING (pattern_mark)
GROUP BY pattern_mark HAVING max(path_count) >= {OWNED_PAGES} AND max(path_count) >= {OWNED_SHARE} * max(every_count);
CREATE OR REPLACE TEMP TABLE bases AS  -- of the owners: how their addresses begin, and their languages
SELECT d.pattern_mark, d.site, mode(regexp_extract(d.url, '^[a-z]+://[^/?#]+')) AS base, list(DISTINCT d.lang) AS langs
FROM relating.docs AS d JOIN patterns USING (pattern_mark, site) GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE claims AS
SELECT d.page_id, o.site, o.base, b.brand
FROM relating.docs AS d JOIN bases AS o USING (pattern_mark) LEFT JOIN brands AS b ON b.site = o.site
WHERE d.site != '' AND d.site != o.site AND (d.lang IS NULL OR list_contains(o.langs, d.lang))
"""
# An article is decided anew where its address has another owner, or where what its site, or that owner, is called has changed.
TOLD_ANEW = """
CREATE OR REPLACE TEMP TABLE renamed AS
SELECT coalesce(b.site, r.site) AS site FROM brands AS b FULL JOIN relating.brands AS r USING (site) WHERE b.brand IS DISTINCT FROM r.brand;
CREATE OR REPLACE TEMP TABLE told_anew AS
SELECT page_id FROM (FROM claims SELECT page_id, site) AS c FULL JOIN relating.owners AS o USING (page_id)
WHERE c.site IS DISTINCT FROM o.site
UNION SELECT page_id FROM claims SEMI JOIN renamed USING (site)
UNION SELECT d.page_id FROM relating.docs AS d SEMI JOIN renamed USING (site)
WHERE d.doc IN (SELECT unnest([one, other]) FROM relating.matches)
"""
KEPT = """
INSERT INTO relating.undecided FROM told_anew;
DELETE FROM relating.owners; INSERT INTO relating.owners SELECT page_id, site FROM claims;
DELETE FROM relating.brands; INSERT INTO relating.brands FROM brands
"""


def learn(con: duckdb.DuckDBPyConnection) -> None:
    """Learn patterns and names of all articles of the index, and mark as undecided whom that concerns. Makes `claims` for members()."""
    con.execute(LEARNED)
    con.execute(TOLD_ANEW)
    if con.execute("SELECT 1 FROM renamed UNION ALL SELECT 1 FROM told_anew LIMIT 1").fetchall():
        with transaction(con):
            con.execute(KEPT)


def brands_of(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Site -> the name that most of its pages bear, or that sources.toml gives it, of the gathered articles' sites."""
    rows = con.execute(
        "SELECT site, brand FROM brands WHERE site IN (SELECT site FROM relating.docs SEMI JOIN deciding USING (doc))"
    ).fetchall()
    return dict(rows)
