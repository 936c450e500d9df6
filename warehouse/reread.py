"""The pages that were read again, as SQL over the Parquet files in which their rows wait."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from warehouse.reject_reasons import TRANSIENT
from warehouse.sql_text import literal
from warehouse.tables import Contract, Pages, Rejects

Files = Mapping[str, Sequence[Path]]  # by table name; a table without rows has none

READ_ANEW = ("canonical_url", "charset", "charset_source", "observed_after")  # what reading decides of a capture; the rest is what it is
FAILED = (*TRANSIENT, "dissection_failed", "shaping_failed")  # of the reading, not of the page: what is there stays
WHOLE_ROWS = "*"  # the field of a change of rows that came, went or differ as a whole
TAKEN_OVER = "SELECT run_id FROM ops.runs WHERE flow = 'reprocess_pages' ORDER BY run_id"  # a run is entered where it is taken over


def reread(files: Files) -> str:
    """SQL for the table of the captures that are there and could be read again."""
    failed = ", ".join(map(literal, FAILED))
    return (
        f"CREATE OR REPLACE TEMP TABLE reread AS SELECT * FROM {rows_of(Pages, files)} SEMI JOIN raw.pages USING (page_id) "
        f"WHERE page_id NOT IN (SELECT page_id FROM {rows_of(Rejects, files)} WHERE page_id IS NOT NULL AND reason IN ({failed}))"
    )


def rows_of_reread(table: type[Contract], files: Files) -> str:
    """SQL for those of its rows whose page is in `reread`."""
    return f"SELECT * FROM {rows_of(table, files)} WHERE page_id IN (SELECT page_id FROM reread)"


def rows_of(table: type[Contract], files: Files) -> str:
    """SQL for the rows of a table that were read again."""
    paths = files.get(table.TABLE)
    if not paths:
        return f"(SELECT * FROM {table.TABLE} LIMIT 0)"
    return f"read_parquet({literal([str(path) for path in paths])})"
