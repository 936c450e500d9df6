"""What is known of the articles that are decided together (gathering.py)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb

from warehouse.sql_text import texts

MEMBERS = """
SELECT d.doc, d.page_id, d.url, key_of_url(d.url), d.canonical_url, d.observed_at, a.published_at, a.published_precision,
    coalesce(a.is_cloaked, false), a.lang, a.site_name, c.names, c.sources, o.base, o.brand, d.has_prints, d.has_lost
FROM relating.docs AS d
JOIN deciding USING (doc)
JOIN (FROM facts_at SELECT place, published_at, published_precision, is_cloaked, lang, site_name) AS a USING (place)
LEFT JOIN (SELECT page_id, list(name ORDER BY role, position) AS names,
    list(name ORDER BY role, position) FILTER (role != 'author') AS sources
    FROM credits_of SEMI JOIN (SELECT page_id FROM relating.docs SEMI JOIN deciding USING (doc)) AS near USING (page_id)
    WHERE role IN ('source', 'agency', 'author') GROUP BY page_id) AS c USING (page_id)
LEFT JOIN claims AS o USING (page_id)
WHERE d.doc IN (SELECT unnest([one, other]) FROM relating.matches) OR o.base IS NOT NULL
ORDER BY d.doc
"""
# Passages with what of their fingerprints is the frame of a site, or furniture that stories of many sites have.
SAID = """
WITH said AS MATERIALIZED (
    SELECT p.*, m.one_letters, m.other_letters, m.damaged, row_number() OVER () AS number
    FROM relating.passages AS p JOIN relating.matches AS m USING (one, other) WHERE {which}),
framed AS (
    SELECT e.number, count(DISTINCT e.hash) FILTER (b.site_mark != 0) AS framed_count,
        count(DISTINCT e.hash) FILTER (b.site_mark = 0) AS common_count
    FROM (SELECT number, one, other, unnest(hashes) AS hash FROM said) AS e
    JOIN relating.docs AS d ON d.doc = e.one JOIN relating.docs AS o ON o.doc = e.other
    JOIN relating.boilerplate AS b ON b.hash = e.hash AND b.site_mark IN (0, d.site_mark, o.site_mark)
    GROUP BY e.number)
SELECT s.one, s.other, s.one_letters, s.other_letters, s.one_start, s.one_end, s.other_start, s.other_end, s.weight,
    coalesce(f.framed_count / nullif(len(s.hashes), 0), 0) AS framed_share,
    coalesce(f.common_count / nullif(len(s.hashes), 0), 0) AS common_share, s.damaged
FROM said AS s LEFT JOIN framed AS f USING (number)
"""


EITHER = 0  # number of no article


class KnownArticle(NamedTuple):
    """An article among those that are decided together."""

    doc: int
    page_id: str
    url: str
    key: str  # url_key: equal of captures of one page
    canonical_url: str | None
    observed_at: datetime
    published_at: datetime | None
    published_precision: str | None
    is_cloaked: bool
    lang: str | None
    site_name: str | None
    names: list[str] | None  # credits as source, agency and author
    sources: list[str] | None  # those as source and agency
    owner_base: str | None  # scheme and host of the outlet whose addresses look like this page's
    owner_brand: str | None
    has_prints: bool  # whether its text is long enough for anything to be claimed of it
    has_lost: bool  # whether characters of it are lost, as broken bytes leave them


class Shared(NamedTuple):
    """A passage of two articles."""

    one: int
    other: int
    one_letters: int
    other_letters: int
    one_start: int
    one_end: int
    other_start: int
    other_end: int
    weight: int  # how much it says, in letters
    framed_share: float  # of it that is the frame of a site, 0..1
    common_share: float  # of it that stories of many sites have
    damaged: int | None = None  # the one of the two that is the other with a little of a disguise, or EITHER


def members(con: duckdb.DuckDBPyConnection) -> list[KnownArticle]:
    """Those among the gathered articles of which there is anything to say, in the order of loading."""
    return [KnownArticle(*row) for row in con.execute(MEMBERS).fetchall()]


def shared_passages(con: duckdb.DuckDBPyConnection) -> list[Shared]:
    """What they have in common, pair by pair."""
    which = "one IN (FROM deciding) AND other IN (FROM deciding) AND (m.may_be_whole OR one IN (FROM near) OR other IN (FROM near))"
    return [Shared(*row) for row in con.execute(SAID.format(which=which) + "ORDER BY s.one, s.other, s.one_start").fetchall()]


def captured(con: duckdb.DuckDBPyConnection, addresses: Sequence[str]) -> dict[str, tuple[str, str, bool]]:
    """Of the pages at these addresses: page_id and URL of the first capture, and whether its text is long enough to be compared."""
    if not addresses:
        return {}
    rows = con.execute(
        "SELECT k.asked, d.page_id, d.url, d.has_prints FROM (SELECT DISTINCT unnest(" + texts(addresses) + ") AS asked) AS k "
        "JOIN relating.docs AS d ON d.key_mark = hash(key_of_url(k.asked)) ORDER BY d.observed_at DESC, d.page_id"
    ).fetchall()
    return {asked: (page_id, url, has_prints) for asked, page_id, url, has_prints in rows}
