"""What the warehouse teaches of outlets: the patterns of their addresses, and the name that their pages bear. No list of hosts is kept.

A site owns a pattern where it has OWNED_PAGES paths of it, and OWNED_SHARE of all paths that undisguised articles of it have: a mirror,
which keeps them, takes nothing from its outlet.
"""

import duckdb

from warehouse.transaction import transaction

OWNED_PAGES = 20
OWNED_SHARE = 0.8

LEARNED = f"""
CREATE OR REPLACE TEMP TABLE known AS
SELECT d.page_id, d.site, d.path_mark, d.pattern, a.lang, a.site_name, p.observed_at, coalesce(a.is_cloaked, false) AS is_cloaked
FROM relating.docs AS d JOIN core.articles AS a USING (page_id) JOIN raw.pages AS p USING (page_id) WHERE d.site != '';
CREATE OR REPLACE TEMP TABLE brands AS
WITH named AS (
    SELECT site, lower(trim(site_name)) AS brand, count(*) AS page_count
    FROM known WHERE site_name IS NOT NULL AND NOT is_cloaked GROUP BY ALL)
SELECT site, arg_max(brand, (page_count, brand)) AS brand FROM named GROUP BY site;
CREATE OR REPLACE TEMP TABLE patterns AS  -- by paths: those that a mirror keeps are the owner's; of two with as many, who was seen first
SELECT pattern, arg_max(site, (path_count, -epoch(first_seen_at), site)) AS site
FROM (SELECT pattern, site, count(DISTINCT path_mark) AS path_count, min(observed_at) AS first_seen_at
    FROM known WHERE pattern IS NOT NULL AND NOT is_cloaked GROUP BY ALL)
JOIN (SELECT pattern, count(DISTINCT path_mark) AS every_count FROM known WHERE NOT is_cloaked GROUP BY pattern) USING (pattern)
GROUP BY pattern HAVING max(path_count) >= {OWNED_PAGES} AND max(path_count) >= {OWNED_SHARE} * max(every_count);
CREATE OR REPLACE TEMP TABLE bases AS  -- of the owners: how their addresses begin, and their languages
SELECT k.pattern, k.site, mode(regexp_extract(p.url, '^[a-z]+://[^/?#]+')) AS base, list(DISTINCT k.lang) AS langs
FROM known AS k JOIN patterns USING (pattern, site) JOIN raw.pages AS p USING (page_id) GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE claims AS
SELECT k.page_id, o.site, o.base, b.brand
FROM known AS k JOIN bases AS o USING (pattern) LEFT JOIN brands AS b ON b.site = o.site
WHERE k.site != o.site AND (k.lang IS NULL OR list_contains(o.langs, k.lang))
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
