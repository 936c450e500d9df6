"""What is decided anew: connected articles at a time, with all that is known of them; and the rows that come of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import duckdb
import polars as pl

from warehouse.handing_over import handed_over
from warehouse.sql_text import texts
from warehouse.tables.copies import Copies
from warehouse.tables.stories import Stories
from warehouse.transaction import transaction

AT_ONCE = 2_000  # undecided articles, with what is connected to them

# Of most new articles there is nothing to say, and nothing was said.
SETTLED = """
DELETE FROM relating.undecided WHERE page_id IN (
    SELECT page_id FROM relating.docs SEMI JOIN relating.undecided USING (page_id)
    WHERE doc NOT IN (SELECT one FROM relating.matches UNION ALL SELECT other FROM relating.matches)
    EXCEPT (SELECT page_id FROM claims UNION ALL SELECT page_id FROM core.copies UNION ALL SELECT story_id FROM core.stories))
"""
# Copies of copies as a whole; the last of these is done until nobody new comes.
GROUPED = """
INSERT INTO deciding
SELECT DISTINCT doc FROM (
    SELECT m.other AS doc FROM relating.matches AS m SEMI JOIN deciding AS d ON m.one = d.doc WHERE may_be_whole
    UNION ALL SELECT m.one FROM relating.matches AS m SEMI JOIN deciding AS d ON m.other = d.doc WHERE may_be_whole)
ANTI JOIN deciding USING (doc)
"""
BESIDE = """
INSERT INTO {0} SELECT DISTINCT doc FROM (
    SELECT m.other AS doc FROM relating.matches AS m SEMI JOIN {0} AS d ON m.one = d.doc
    UNION ALL SELECT m.one FROM relating.matches AS m SEMI JOIN {0} AS d ON m.other = d.doc)
ANTI JOIN {0} USING (doc)
"""
MEMBERS = """
SELECT d.doc, d.page_id, p.url, key_of_url(p.url), p.canonical_url, p.observed_at, a.published_at, a.published_precision, coalesce(a.is_cloaked, false),
    a.lang, a.site_name, c.names, c.sources, o.base, o.brand, d.has_prints
FROM relating.docs AS d
JOIN deciding USING (doc)
JOIN raw.pages AS p USING (page_id)
JOIN core.articles AS a USING (page_id)
LEFT JOIN (SELECT page_id, list(name ORDER BY role, position) AS names,
    list(name ORDER BY role, position) FILTER (role != 'author') AS sources FROM core.credits WHERE role IN ('source', 'agency', 'author')
    GROUP BY page_id) AS c USING (page_id)
LEFT JOIN claims AS o USING (page_id)
WHERE d.doc IN (SELECT unnest([one, other]) FROM relating.matches) OR o.base IS NOT NULL
ORDER BY d.doc
"""
# Passages with what of their fingerprints is the frame of a site, or furniture that stories of many sites have.
SAID = """
WITH said AS MATERIALIZED (
    SELECT p.*, m.one_letters, m.other_letters, row_number() OVER () AS number
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
    coalesce(f.common_count / nullif(len(s.hashes), 0), 0) AS common_share
FROM said AS s LEFT JOIN framed AS f USING (number)
"""
# No frame ever becomes a text again. What shares nothing else is forgotten, so that it connects nobody.
NOTHING_LEFT = f"""
CREATE OR REPLACE TEMP TABLE nothing_left AS
SELECT one, other FROM ({SAID.format(which="NOT m.may_be_whole")})
GROUP BY ALL HAVING bool_and(greatest(framed_share, common_share) >= {{least}} OR weight < {{weight}});
DELETE FROM relating.passages WHERE (one, other) IN (FROM nothing_left);
DELETE FROM relating.matches WHERE (one, other) IN (FROM nothing_left)
"""


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


def is_undecided(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are articles to decide about."""
    return bool(con.execute("SELECT 1 FROM relating.undecided LIMIT 1").fetchall())


def settle(con: duckdb.DuckDBPyConnection, least_share: float, least_weight: int) -> None:
    """Forget pairs that have only frames in common any more, and ask nothing of articles of which there is nothing to say. Needs `claims`.

    A passage is one from `least_weight` letters on, of which less than `least_share` is a frame.
    """
    if is_undecided(con):
        with transaction(con):
            con.execute(NOTHING_LEFT.format(least=least_share, weight=least_weight))
            con.execute(SETTLED)


def gather(con: duckdb.DuckDBPyConnection) -> bool:
    """Choose undecided articles, with their copies and those that share a passage with any of these, of all of which rows are decided
    (`asked`); and what stands beside them in turn (`deciding`). False where everything is decided."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE settled AS SELECT DISTINCT page_id FROM relating.undecided ORDER BY page_id LIMIT {AT_ONCE};"
        "CREATE OR REPLACE TEMP TABLE deciding AS SELECT doc FROM relating.docs SEMI JOIN settled USING (page_id)"
    )
    if not con.execute("SELECT 1 FROM settled LIMIT 1").fetchall():
        return False
    _grouped(con)
    pages = "SELECT page_id FROM relating.docs SEMI JOIN {} USING (doc)"
    con.execute(f"INSERT INTO settled {pages.format('deciding')} ANTI JOIN settled USING (page_id)")
    con.execute("CREATE OR REPLACE TEMP TABLE near AS FROM deciding; " + BESIDE.format("near"))
    con.execute(f"CREATE OR REPLACE TEMP TABLE asked AS FROM settled UNION {pages.format('near')}")
    con.execute("CREATE OR REPLACE TEMP TABLE deciding AS FROM near; " + BESIDE.format("deciding"))
    _grouped(con)
    return True


def _grouped(con: duckdb.DuckDBPyConnection) -> None:
    while int(con.execute(GROUPED).fetchall()[0][0]):
        pass


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
        "SELECT k.asked, d.page_id, p.url, d.has_prints FROM (SELECT DISTINCT unnest(" + texts(addresses) + ") AS asked) AS k "
        "JOIN relating.docs AS d ON d.key_mark = hash(key_of_url(k.asked)) JOIN raw.pages AS p USING (page_id) "
        "ORDER BY p.observed_at DESC, d.page_id"
    ).fetchall()
    return {asked: (page_id, url, has_prints) for asked, page_id, url, has_prints in rows}


def decided(con: duckdb.DuckDBPyConnection, copies: pl.DataFrame, stories: pl.DataFrame) -> int:
    """Put these rows in place of those of the gathered articles, where they differ; how many came, went or changed.

    First the warehouse, then the index: who is killed between the two decides the same once more.
    """
    changed = 0
    tables = ((Copies, "page_id", copies), (Stories, "story_id", stories))
    with handed_over(con, all_copies=copies, all_stories=stories), transaction(con):
        for table, page, frame in tables:
            given = f"given_{table.TABLE.partition('.')[2]}"
            known = "all_copies" if frame is copies else "all_stories"
            con.execute(f"CREATE OR REPLACE TEMP TABLE {given} AS FROM {known} SEMI JOIN asked ON asked.page_id = {known}.{page}")
            key = ", ".join(table.primary_key())
            gone = f"{page} IN (FROM asked) AND ({key}) NOT IN (SELECT ({key}) FROM {given})"
            changed += _count(con, f"DELETE FROM {table.TABLE} WHERE {gone}")
            told = ", ".join(column for column in table.column_names() if column != "run_id")
            differing = f"(SELECT {told} FROM {given} EXCEPT SELECT {told} FROM {table.TABLE} WHERE {page} IN (FROM asked))"
            rows = f"SELECT g.* FROM {given} AS g SEMI JOIN {differing} AS d ON ({_same(key)})"
            changed += _count(con, f"INSERT OR REPLACE INTO {table.TABLE} BY NAME {rows}")
    with transaction(con):
        con.execute("DELETE FROM relating.undecided WHERE page_id IN (FROM settled)")
    return changed


def _same(key: str) -> str:
    return " AND ".join(f"g.{column} = d.{column}" for column in key.split(", "))


def _count(con: duckdb.DuckDBPyConnection, statement: str) -> int:
    return int(con.execute(statement).fetchall()[0][0])
