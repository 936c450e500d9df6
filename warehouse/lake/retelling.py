"""ops.rejects in a lake: what a file updates is told once more, as a whole row of the next turn; the view has the newest."""

from collections.abc import Collection

import duckdb

from warehouse.lake.tables import TURN, stored
from warehouse.sql_text import literal, texts
from warehouse.tables import Rejects

COLUMNS = ", ".join(Rejects.column_names())


def insert_rejects(con: duckdb.DuckDBPyConnection, rows: str, turn: int) -> int:
    """Refusals that are new, and those of before whose detail is another now; how many."""
    kept = "kept." + ", kept.".join(name for name in Rejects.column_names() if name != "detail")
    new = f"SELECT {COLUMNS} FROM {rows} ANTI JOIN {stored(Rejects)} USING (reject_id)"
    retold = (
        f"SELECT {kept}, incoming.detail FROM {rows} AS incoming JOIN ops.rejects AS kept USING (reject_id) "
        "WHERE kept.detail IS DISTINCT FROM incoming.detail"
    )
    return _tell(con, f"{new} UNION ALL BY NAME {retold}", turn)


def answer_rejects(con: duckdb.DuckDBPyConnection, pages: str, known: Collection[str], run_id: str, turn: int) -> int:
    """Earlier refusals of pages that are loaded now, and of places in files that could not be read then, are answered."""
    fresh = f"SELECT page_id, source_uri, source_offset FROM {pages} WHERE page_id NOT IN (SELECT unnest({texts(known)}))"
    answered = (
        f"WITH fresh AS MATERIALIZED ({fresh}) SELECT * REPLACE (now() AS replayed_at) FROM ops.rejects WHERE replayed_at IS NULL "
        f"AND run_id != {literal(run_id)} AND (page_id IN (SELECT page_id FROM fresh) OR page_id IS NULL AND "
        "(source_uri, source_offset) IN (SELECT (source_uri, source_offset) FROM fresh))"
    )
    return _tell(con, answered, turn)


def _tell(con: duckdb.DuckDBPyConnection, rows: str, turn: int) -> int:
    """Insert what there is; nothing at all where that is nothing: an empty file would be one more."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE told AS {rows}")
    if not (count := int(con.execute("SELECT count(*) FROM told").fetchall()[0][0])):
        return 0
    con.execute(f"INSERT INTO {stored(Rejects)} BY NAME SELECT *, {turn}::BIGINT AS {TURN} FROM told")
    return count
