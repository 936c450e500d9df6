"""The loader's file written anew without its free blocks, under the connection that holds it.

DuckDB gives blocks back only at the end of a file. What a migration, a merge of the search index or a reprocess frees stays where it was,
is filled by later rows, and until then is copied with each state.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from warehouse.errors import StorageFailed
from warehouse.sql_text import literal

MOST_FREE = 0.15  # of the blocks of a file
LEAST_BYTES = 64 * 2**20  # a smaller file is copied in no time, however much of it is free
CATALOG = "warehouse"
# Of what is written from now on. A checkpoint writes the last row group of a table anew, beside the one that it replaces: of 122,880
# articles that was 200 MB, and a third of the file was free. A term of the search index is led to fewer rows, too.
ROW_GROUP_SIZE = 16_384
_ATTACH = "ATTACH {path} AS {name} (ROW_GROUP_SIZE {rows})"
_SIZE = """
SELECT free_blocks / greatest(total_blocks, 1), total_blocks * block_size FROM pragma_database_size() WHERE database_name = '{name}'
"""
_TABLES = "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = '{name}' ORDER BY ALL"


def attach(con: duckdb.DuckDBPyConnection, path: Path, name: str = CATALOG) -> None:
    """Attach a file of the loader, which is made where there is none. Raises what DuckDB raises."""
    con.execute(_ATTACH.format(path=literal(str(path)), name=name, rows=ROW_GROUP_SIZE))


@contextmanager
def names_of(folder: Path, how: int) -> Iterator[None]:
    """Inside, no name of the folder leads to another file: who opens one holds it shared (LOCK_SH), who swaps one alone (LOCK_EX).
    DuckDB locks the file that it has opened, were it without a name by then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def compact_if_due(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Write the loader's file anew where more than MOST_FREE of it is free, and go on with that one; 5-10 s of CPU for 100 MB.

    Wants a checkpoint just before. A kill leaves the old file or the new one, which say the same. Raises StorageFailed and leaves the old
    one where the disk refuses.
    """
    share, size = con.execute(_SIZE.format(name=CATALOG)).fetchall()[0]
    log = path.with_name(path.name + ".wal")
    if share <= MOST_FREE or size < LEAST_BYTES or (log.exists() and log.stat().st_size):
        return False
    fresh = path.with_name(f".{path.name}.compacting")
    _remove(fresh)
    try:
        attach(con, fresh, "fresh")
        con.execute(f"COPY FROM DATABASE {CATALOG} TO fresh")
        _expect_same(con)
        con.execute("DETACH fresh")
    except duckdb.OutOfMemoryException:  # keys of millions of pages, in the loader's memory: it stays as large as it is
        _give_up(con, fresh)
        return False
    except BaseException:
        _give_up(con, fresh)
        raise
    with names_of(path.parent, fcntl.LOCK_EX):
        fresh.replace(path)
        con.execute(f"USE memory; DETACH {CATALOG}")
        attach(con, path)
        con.execute(f"USE {CATALOG}")
    return True


def _expect_same(con: duckdb.DuckDBPyConnection) -> None:
    """Raises StorageFailed where a table of the new file has not as many rows as that of the old one."""
    tables = [name for (name,) in con.execute(_TABLES.format(name=CATALOG)).fetchall()]
    for table in tables:
        before, after = (con.execute(f"SELECT count(*) FROM {name}.{table}").fetchall() for name in (CATALOG, "fresh"))
        if before != after:
            raise StorageFailed(f"Expected {before[0][0]} rows of {table} in the file that was written anew, came {after[0][0]}.")


def _give_up(con: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    with suppress(duckdb.Error):  # not attached, or broken with the disk
        con.execute("DETACH fresh")
    _remove(fresh)


def _remove(fresh: Path) -> None:
    for left in (fresh, fresh.with_name(fresh.name + ".wal")):
        left.unlink(missing_ok=True)
