"""Which articles are decided anew, so many at a time, with all that their rows hang on."""

import duckdb

from warehouse.relating.deciding import SAID
from warehouse.transaction import transaction

# Undecided articles at once, with what is connected to them. Each time tables of the whole home are read: so the more there are to decide
# about, the more are decided at once, up to what memory allows.
LEAST_AT_ONCE, MOST_AT_ONCE = 2_000, 8_000
TIMES = 25

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
# In the order of loading: what was loaded together lies together, and is connected more often than not. Some may have left the index.
WAITING = """
CREATE OR REPLACE TEMP TABLE waiting AS
SELECT page_id, doc FROM (SELECT DISTINCT page_id FROM relating.undecided) LEFT JOIN relating.docs USING (page_id) ORDER BY doc
"""
# No frame ever becomes a text again. What shares nothing else is forgotten, so that it connects nobody.
EXCERPTS = "NOT m.may_be_whole AND (one IN (SELECT doc FROM waiting) OR other IN (SELECT doc FROM waiting))"
NOTHING_LEFT = f"""
CREATE OR REPLACE TEMP TABLE nothing_left AS
SELECT one, other FROM ({SAID.format(which=EXCERPTS)})
GROUP BY ALL HAVING bool_and(greatest(framed_share, common_share) >= {{least}} OR weight < {{weight}});
DELETE FROM relating.passages WHERE (one, other) IN (FROM nothing_left);
DELETE FROM relating.matches WHERE (one, other) IN (FROM nothing_left)
"""


def is_undecided(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are articles to decide about."""
    return bool(con.execute("SELECT 1 FROM relating.undecided LIMIT 1").fetchall())


def undecided_count(con: duckdb.DuckDBPyConnection) -> int:
    """How many articles there are to decide about."""
    return int(con.execute("SELECT count(DISTINCT page_id) FROM relating.undecided").fetchall()[0][0])


def settle(con: duckdb.DuckDBPyConnection, least_share: float, least_weight: int) -> None:
    """Forget pairs that have only frames in common any more, and ask nothing of articles of which there is nothing to say. Needs `claims`,
    and makes `waiting` for gather().

    A passage is one from `least_weight` letters on, of which less than `least_share` is a frame.
    """
    if is_undecided(con):
        with transaction(con):
            con.execute(WAITING)
            con.execute(NOTHING_LEFT.format(least=least_share, weight=least_weight))
            con.execute(SETTLED)
            con.execute(WAITING)


def gather(con: duckdb.DuckDBPyConnection) -> bool:
    """Choose undecided articles, with their copies and those that share a passage with any of these, of all of which rows are decided
    (`asked`); and what stands beside them in turn (`deciding`). False where everything is decided."""
    if not is_undecided(con):
        return False
    (count,) = con.execute("SELECT count(*) FROM waiting").fetchall()[0]
    at_once = min(max(count // TIMES, LEAST_AT_ONCE), MOST_AT_ONCE)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE next AS "
        f"FROM waiting SEMI JOIN relating.undecided USING (page_id) ORDER BY doc, page_id LIMIT {at_once};"
        "CREATE OR REPLACE TEMP TABLE settled AS SELECT page_id FROM next;"
        "CREATE OR REPLACE TEMP TABLE deciding AS SELECT doc FROM next WHERE doc IS NOT NULL"
    )
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
