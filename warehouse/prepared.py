"""What a worker has prepared of the articles of a batch, beside their rows: the terms by which they are found, and the fingerprints
by which they are compared. A file of a row for each article, which the loader keeps until its run has ended.

A help and no source: what is not prepared, as of rows that a killed run has left or that were changed, is computed of the rows, and is the
same. So it is known to nobody but the connection whose transaction has loaded the rows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.sql_text import literal

COLUMNS: Any = {
    "page_id": pl.String,
    # search/tokens.py; `titles` has those of the title alone
    "terms": pl.List(pl.String), "frequencies": pl.List(pl.UInt16), "titles": pl.List(pl.String), "title_frequencies": pl.List(pl.UInt16),
    # tasks/relation/prints.py; arrays of numpy as bytes
    "has_prints": pl.Boolean, "has_lost": pl.Boolean, "packed": pl.Binary, "hashes": pl.Binary, "places": pl.Binary, "is_dense": pl.Binary,
}  # fmt: skip
TABLE = "CREATE TEMP TABLE IF NOT EXISTS prepared (page_id VARCHAR, file VARCHAR)"
# Rows of `files` with the number `doc` that `numbered` gives their articles.
ROWS = """
(SELECT n.doc, r.* EXCLUDE (page_id, filename) FROM read_parquet({files}, filename = true) AS r
JOIN temp.prepared AS k ON k.page_id = r.page_id AND k.file = r.filename JOIN ({numbered}) AS n ON n.page_id = r.page_id)
"""


def keep_prepared(con: duckdb.DuckDBPyConnection, file: Path, loaded: str) -> None:
    """Of the pages that `loaded` gives, SQL for page_id, the articles are in the warehouse as `file` has them."""
    name = literal(str(file))
    rows = f"SELECT page_id, {name} FROM read_parquet({name}) WHERE page_id IN ({loaded})"
    con.execute(f"{TABLE}; INSERT INTO temp.prepared {rows}")


def is_any_prepared(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether anything is prepared for this connection."""
    return bool(con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'prepared' AND temporary").fetchall())


def prepared_rows(files: Sequence[str], numbered: str) -> str:
    """SQL for the rows of these files, with the numbers of their articles; `numbered`: SQL for page_id and doc."""
    return ROWS.format(files=literal(list(files)), numbered=numbered)
