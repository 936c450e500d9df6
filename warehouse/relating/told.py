"""Which articles of a warehouse nobody has related yet: told by ops.relatings, which every pass that has seen them all writes to."""

import duckdb

from warehouse.sql_text import literal
from warehouse.tables.relatings import Relatings

COUNT = "SELECT count(*) FROM core.articles"
UNRELATED = f"SELECT ({COUNT}) - coalesce((SELECT max_by(article_count, related_at) FROM {Relatings.TABLE}), 0)"
RELATED = "SELECT {run_id} AS run_id, now() AS related_at, {count}::BIGINT AS article_count"


def unrelated(con: duckdb.DuckDBPyConnection) -> int:
    """How many articles came since all were related last; 0 where there are fewer now, which a reprocess has taken away."""
    return max(int(con.execute(UNRELATED).fetchall()[0][0]), 0)


def all_related(con: duckdb.DuckDBPyConnection, run_id: str) -> str:
    """SQL for the row of ops.relatings which says that all articles which `con` sees are related."""
    return RELATED.format(run_id=literal(run_id), count=con.execute(COUNT).fetchall()[0][0])
