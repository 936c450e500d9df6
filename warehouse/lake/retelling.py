"""ops.rejects in a lake: what a file updates is told once more, as a whole row of the next turn; the view has the newest."""

from collections.abc import Collection

import duckdb

from warehouse.lake.tables import TURN, stored
from warehouse.sql_text import literal, texts
from warehouse.tables import Rejects

# One look at ops.rejects for both questions: what is refused again, and what is answered.
CONCERNED = """
CREATE OR REPLACE TEMP TABLE incoming AS {rows};
CREATE OR REPLACE TEMP TABLE fresh AS {fresh};
CREATE OR REPLACE TEMP TABLE concerned AS FROM ops.rejects WHERE reject_id IN (SELECT reject_id FROM incoming)
OR replayed_at IS NULL AND run_id != {run_id} AND (page_id IN (SELECT page_id FROM fresh)
OR page_id IS NULL AND (source_uri, source_offset) IN (SELECT (source_uri, source_offset) FROM fresh))
"""
NEW = "FROM incoming ANTI JOIN concerned USING (reject_id)"
RETOLD = """
SELECT kept.* REPLACE (incoming.detail AS detail) FROM concerned AS kept JOIN incoming USING (reject_id)
WHERE kept.detail IS DISTINCT FROM incoming.detail
"""
# After the above: a refusal that was told anew in this commit is answered with what it says now.
ANSWERED = """
SELECT kept.* REPLACE (now() AS replayed_at, coalesce(incoming.detail, kept.detail) AS detail)
FROM concerned AS kept LEFT JOIN incoming USING (reject_id)
WHERE kept.replayed_at IS NULL AND kept.run_id != {run_id} AND (kept.page_id IN (SELECT page_id FROM fresh)
OR kept.page_id IS NULL AND (kept.source_uri, kept.source_offset) IN (SELECT (source_uri, source_offset) FROM fresh))
"""


def tell_rejects(
    con: duckdb.DuckDBPyConnection, rows: str | None, pages: str | None, known: Collection[str], run_id: str, turn: int
) -> int:
    """Refusals that are new, and those of before whose detail is another now; how many. Earlier refusals of pages that are loaded now,
    and of places in files that could not be read then, are answered. `rows` and `pages`: SQL for what a batch has of both tables."""
    run = literal(run_id)
    is_new = f"page_id NOT IN (SELECT unnest({texts(known)}))"
    incoming = f"SELECT * FROM {rows} WHERE page_id IS NULL OR {is_new}" if rows else "FROM ops.rejects LIMIT 0"
    fresh = f"SELECT page_id, source_uri, source_offset FROM {pages or 'raw.pages'} WHERE {is_new if pages else 'false'}"
    con.execute(CONCERNED.format(rows=incoming, fresh=fresh, run_id=run))
    told = _tell(con, f"{NEW} UNION ALL BY NAME {RETOLD}", turn)
    _tell(con, ANSWERED.format(run_id=run), turn + 1)
    return told


def _tell(con: duckdb.DuckDBPyConnection, rows: str, turn: int) -> int:
    """Insert what there is; nothing at all where that is nothing: an empty file would be one more."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE told AS {rows}")
    if not (count := int(con.execute("SELECT count(*) FROM told").fetchall()[0][0])):
        return 0
    con.execute(f"INSERT INTO {stored(Rejects)} BY NAME SELECT *, {turn}::BIGINT AS {TURN} FROM told")
    return count
