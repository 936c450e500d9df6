"""What views, macros, the dictionary and the search index are made of: their own files, read as bytes, since a run that finds nothing
new asks, and loads no contract for it."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb

from warehouse.migrate import highest_migration

ROOM = Path(__file__).parent
DECIDING = (
    "marts/*.sql",
    "macros/*.sql",
    "tables/*.py",
    "search/*",
    "marts.py",
    "dictionary_rows.py",
    "dictionary_examples.toml",
    "units.py",
)


def are_current(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether what the state that was published last holds was made of the files and tables of today."""
    return con.execute("SELECT definitions FROM ops.snapshot").fetchall() == [(made_of(con),)]


def made_of(con: duckdb.DuckDBPyConnection) -> str:
    """For ops.snapshot: a hash of the files, and the newest migration."""
    return f"{_of_files()}-{highest_migration(con)}"


@cache
def _of_files() -> str:
    paths = (path for pattern in DECIDING for path in sorted(ROOM.glob(pattern)) if path.is_file())
    return sha256(b"\0".join(part for path in paths for part in (path.name.encode(), path.read_bytes()))).hexdigest()[:16]
