"""Tables without rows, and marts, macros and dictionary over them: what a reader's session on a lake begins with.

All of it follows from the code, and takes a second of CPU to make: what was made is kept, and copied for the sessions after, in a
thirtieth of that.
"""

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import duckdb

from warehouse.ddl import sql_type
from warehouse.empty_warehouse import keep, kept_as
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, SCHEMAS

NAME = "lake-session"  # in the user's folder for caches
KEPT = "kept"  # the name under which the file is attached
# What marts and macros are made over: they name their tables, and a table in memory answers at once.
EMPTY_TABLES = "; ".join(
    [f"CREATE SCHEMA {schema}" for schema in SCHEMAS]
    + [f"CREATE TABLE {table.TABLE} ({', '.join(f'{n} {sql_type(c.dtype)}' for n, c in table.columns().items())})" for table in CONTRACTS]
)
# The index is empty as well, but for the row that says what it is made by.
COPY = """
BEGIN TRANSACTION;
COPY FROM DATABASE {source} TO {target} (SCHEMA);
INSERT INTO {target}.search.size FROM {source}.search.size;
COMMIT
"""


def begin_dressed(con: duckdb.DuckDBPyConnection) -> None:
    """Have the current database, which is empty, hold them."""
    if _copied(con):
        return
    from warehouse.dictionary_rows import create_dictionary
    from warehouse.marts import create_marts

    con.execute(EMPTY_TABLES)
    create_dictionary(con, create_marts(con))
    _keep(con)


def _copied(con: duckdb.DuckDBPyConnection) -> bool:
    """From the file that is kept; False where there is none that can be read."""
    path = kept_as(NAME)
    if not path.exists():
        return False
    try:
        con.execute(f"ATTACH {literal(str(path))} AS {KEPT} (READ_ONLY)")
        con.execute(COPY.format(source=KEPT, target=_own(con)))
    except duckdb.Error as error:
        print(f"what sessions on a lake begin with is made anew, the file at {path} cannot be read: {error}", file=sys.stderr)
        return False
    finally:
        _let_go(con)
    return True


def _keep(con: duckdb.DuckDBPyConnection) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            file = Path(folder) / "made.duckdb"
            try:
                con.execute(f"ATTACH {literal(str(file))} AS {KEPT}")
                con.execute(COPY.format(source=_own(con), target=KEPT))
            finally:
                _let_go(con)
            keep(file, NAME)
    except (OSError, duckdb.Error) as error:  # nothing is lost: the next session makes its own
        print(f"what sessions on a lake begin with could not be kept: {error}", file=sys.stderr)


def _own(con: duckdb.DuckDBPyConnection) -> str:
    (name,) = con.execute("SELECT current_database()").fetchall()[0]
    return str(name)


def _let_go(con: duckdb.DuckDBPyConnection) -> None:
    for statement in ("ROLLBACK", f"DETACH {KEPT}"):  # of what failed; else there is nothing to roll back
        with suppress(duckdb.Error):
            con.execute(statement)
