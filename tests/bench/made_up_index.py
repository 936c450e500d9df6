"""An index of as many articles as wanted, without their texts: what relating costs because of a home's size alone, made in minutes.

Fingerprints are numbers by chance. One article in ten is a copy of the one before it, with a passage in common and a row of core.copies.
"""

from pathlib import Path

from tasks.relation.indexing import MOST_AT_ONCE
from warehouse.connection import open_loader
from warehouse.relating.catching_up import SUM
from warehouse.relating.index_file import attached_index

PRINTS = 84  # of an article
PAGE = """
SELECT i, left(md5(i::VARCHAR), 16) AS page_id, TIMESTAMPTZ '2020-03-01 00:00:00+00' + to_minutes(i) AS seen_at,
    if(i % 10 = 9, 'copy' || i, 'outlet' || i % 400) || '.example' AS host, if(i % 10 = 9, NULL, 'Outlet ' || i % 400) AS site_name,
    'https://' || host || '/' || i % 400 || '/' || strftime(seen_at, '%Y_%m_%d') || '_' || lpad(i::VARCHAR, 7, '0') || '.shtml' AS url
FROM range({count}) AS numbers(i)
"""
ROWS = f"""
INSERT INTO raw.pages BY NAME
SELECT page_id, url, 'sidecar' AS url_source, host, seen_at AS observed_at, 'sidecar' AS observed_source, 1 AS byte_count,
    'sha1:' || upper(translate(left(sha1(url), 32), '0189', 'ghij')) AS digest, 'html_folder' AS source_kind, page_id AS source_uri,
    0 AS source_offset, 'raw/one.warc.gz' AS warc_uri, 0 AS warc_offset, repeat('0', 16) AS run_id FROM ({PAGE});
INSERT INTO core.articles BY NAME
SELECT page_id, 'Title' AS title, 'Body' AS body, 'body' AS body_folded, 'en' AS lang, site_name, [] AS tags, seen_at AS published_at,
    'minute' AS published_precision, 4 AS char_count, 1 AS paragraph_count, page_id AS text_fingerprint, [] AS quality_flags,
    false AS is_cloaked, repeat('0', 16) AS run_id FROM ({PAGE});
INSERT INTO core.copies BY NAME
SELECT page_id, 'https://origin.example/' || i AS origin_url, 'scraped' AS relation, 0.9 AS similarity, 0.9 AS origin_coverage,
    0.5 AS confidence, ['observed'] AS evidence, repeat('0', 16) AS run_id FROM ({PAGE}) WHERE i % 10 = 9
"""
INDEX = """
INSERT INTO relating.docs BY NAME
SELECT row_number() OVER (ORDER BY a.rowid) AS doc, a.page_id, a.rowid AS place, hash(a.text_fingerprint) AS text_mark, p.host AS site,
    hash(p.host) AS site_mark, hash(key_of_url(p.url)) AS key_mark, hash(p.url) AS path_mark,
    if(a.site_name IS NULL, NULL, hash('/*/d4_d2_d2_d7.shtml')) AS pattern_mark, true AS has_prints, false AS has_lost, 0 AS text_start,
    0 AS text_length, p.url, p.observed_at, lower(a.site_name) AS brand, a.lang, false AS is_cloaked
FROM core.articles AS a JOIN raw.pages AS p USING (page_id);
INSERT INTO relating.matches SELECT 10 * i - 1, 10 * i, 2000, 2000, true, NULL FROM range(1, {count} // 10) AS numbers(i);
INSERT INTO relating.passages
SELECT 10 * i - 1, 10 * i, 0, 1900, 0, 1900, 1900, list_transform(range(60), lambda k: hash(60 * i + k) & 4294967295)
FROM range(1, {count} // 10) AS numbers(i);
INSERT INTO relating.brands SELECT site, any_value(brand) FROM relating.docs WHERE brand IS NOT NULL GROUP BY site
"""

STRETCH = """
INSERT INTO relating.prints SELECT hash(i) & 4294967295 AS hash, i // {prints} + 1 AS doc, false, 12 * (i % {prints})
FROM range({first}::BIGINT * {prints}, {last}::BIGINT * {prints}) AS numbers(i) ORDER BY hash, doc
"""


def make_up(home: Path, count: int) -> None:
    """A warehouse of so many articles, and its index, in a home that has none."""
    with open_loader(home) as con:
        con.execute("SET memory_limit = '1GB'")
        con.execute(ROWS.format(count=count))
        con.execute("CHECKPOINT")
        with attached_index(con, home):
            con.execute("SET memory_limit = '1GB'")
            con.execute(INDEX.format(count=count))
            for first in range(0, count, MOST_AT_ONCE):
                con.execute(STRETCH.format(first=first, last=min(count, first + MOST_AT_ONCE), prints=PRINTS))
            con.execute(f"INSERT INTO relating.seen {SUM.format(place=2**62)}")
