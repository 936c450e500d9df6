"""Polars frames as tables that a query can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from warehouse.sql_text import literal


@contextmanager
def handed_over(con: duckdb.DuckDBPyConnection, **frames: pl.DataFrame) -> Iterator[None]:
    """Each frame as a temporary view of its name, while inside. As Parquet files: a frame in memory DuckDB takes with the help of pyarrow
    and pandas, whose import costs a run half a second."""
    with TemporaryDirectory(prefix="broadsheet-frames-") as folder:
        for name, frame in frames.items():
            path = Path(folder) / f"{name}.parquet"
            frame.write_parquet(path)
            con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet({literal(str(path))})")
        yield
        con.execute("; ".join(f"DROP VIEW IF EXISTS {name}" for name in frames))
