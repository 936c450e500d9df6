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

AT_ONCE = 5_000  # undecided articles, with what is connected to them

CONNECTED = """
INSERT INTO deciding
SELECT DISTINCT doc FROM (
    SELECT m.other AS doc FROM relating.matches AS m SEMI JOIN deciding AS d ON m.one = d.doc
    UNION ALL SELECT m.one FROM relating.matches AS m SEMI JOIN deciding AS d ON m.other = d.doc)
ANTI JOIN deciding USING (doc)
"""
MEMBERS = """
SELECT d.doc, d.page_id, p.url, p.canonical_url, p.observed_at, a.published_at, a.published_precision, coalesce(a.is_cloaked, false),
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
PASSAGES = """
SELECT m.one, m.other, m.one_letters, m.other_letters, p.one_start, p.one_end, p.other_start, p.other_end, p.weight,
    coalesce(f.framed_count / nullif(len(p.hashes), 0), 0) AS framed_share
FROM (SELECT *, row_number() OVER () AS number FROM relating.passages WHERE one IN (FROM deciding)) AS p
JOIN relating.matches AS m USING (one, other)
LEFT JOIN (
    SELECT each.number, count(DISTINCT each.hash) AS framed_count
    FROM (SELECT number, one, other, unnest(hashes) AS hash
        FROM (SELECT *, row_number() OVER () AS number FROM relating.passages WHERE one IN (FROM deciding))) AS each
    JOIN relating.docs AS d ON d.doc IN (each.one, each.other)
    JOIN relating.boilerplate AS b ON b.hash = each.hash AND b.site_mark = d.site_mark
    GROUP BY each.number) AS f USING (number)
ORDER BY m.one, m.other, p.one_start
"""


class KnownArticle(NamedTuple):
    """An article among those that are decided together."""

    doc: int
    page_id: str
    url: str
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


def is_undecided(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are articles to decide about."""
    return bool(con.execute("SELECT 1 FROM relating.undecided LIMIT 1").fetchall())


def gather(con: duckdb.DuckDBPyConnection) -> bool:
    """Choose undecided articles, with all that they are connected to; False where everything is decided."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE asked AS SELECT DISTINCT page_id FROM relating.undecided ORDER BY page_id LIMIT "
        f"{AT_ONCE}; CREATE OR REPLACE TEMP TABLE deciding AS SELECT doc FROM relating.docs SEMI JOIN asked USING (page_id)"
    )
    if not con.execute("SELECT 1 FROM asked LIMIT 1").fetchall():
        return False
    while int(con.execute(CONNECTED).fetchall()[0][0]):
        pass
    con.execute("INSERT INTO asked SELECT page_id FROM relating.docs SEMI JOIN deciding USING (doc) ANTI JOIN asked USING (page_id)")
    return True


def members(con: duckdb.DuckDBPyConnection) -> list[KnownArticle]:
    """Those among the gathered articles of which there is anything to say, in the order of loading."""
    return [KnownArticle(*row) for row in con.execute(MEMBERS).fetchall()]


def shared_passages(con: duckdb.DuckDBPyConnection) -> list[Shared]:
    """What they have in common, pair by pair."""
    return [Shared(*row) for row in con.execute(PASSAGES).fetchall()]


def captured(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, tuple[str, str, bool]]:
    """Of pages with these keys: page_id and URL of the first capture, and whether its text is long enough to be compared."""
    if not keys:
        return {}
    rows = con.execute(
        "SELECT k.key, d.page_id, p.url, d.has_prints FROM (SELECT DISTINCT unnest(" + texts(keys) + ") AS key) AS k "
        "JOIN relating.docs AS d ON d.key_mark = hash(k.key) JOIN raw.pages AS p USING (page_id) ORDER BY p.observed_at DESC, d.page_id"
    ).fetchall()
    return {key: (page_id, url, has_prints) for key, page_id, url, has_prints in rows}


def decided(con: duckdb.DuckDBPyConnection, copies: pl.DataFrame, stories: pl.DataFrame) -> int:
    """Put these rows in place of those of the gathered articles, where they differ; how many came, went or changed.

    First the warehouse, then the index: who is killed between the two decides the same once more.
    """
    changed = 0
    with handed_over(con, new_copies=copies, new_stories=stories), transaction(con):
        for table, given, page in ((Copies, "new_copies", "page_id"), (Stories, "new_stories", "story_id")):
            key = ", ".join(table.primary_key())
            gone = f"{page} IN (FROM asked) AND ({key}) NOT IN (SELECT ({key}) FROM {given})"
            changed += _count(con, f"DELETE FROM {table.TABLE} WHERE {gone}")
            told = ", ".join(column for column in table.column_names() if column != "run_id")
            differing = f"(SELECT {told} FROM {given} EXCEPT SELECT {told} FROM {table.TABLE} WHERE {page} IN (FROM asked))"
            rows = f"SELECT g.* FROM {given} AS g SEMI JOIN {differing} AS d ON ({_same(key)})"
            changed += _count(con, f"INSERT OR REPLACE INTO {table.TABLE} BY NAME {rows}")
    with transaction(con):
        con.execute("DELETE FROM relating.undecided WHERE page_id IN (FROM asked)")
    return changed


def _same(key: str) -> str:
    return " AND ".join(f"g.{column} = d.{column}" for column in key.split(", "))


def _count(con: duckdb.DuckDBPyConnection, statement: str) -> int:
    return int(con.execute(statement).fetchall()[0][0])
