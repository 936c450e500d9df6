"""What a reader of a lake may ask: one query that reads. A file that is attached read-only needs no gate; beside a lake there are
functions that write into its store, remove files there, or ask any PostgreSQL."""

import re

import duckdb

from warehouse.errors import QueryInvalid
from warehouse.remote.allowed import Gate

# Views that say where the catalog is, with its password, and files, whose names have other characters than tables'.
HIDDEN = re.compile(r"duckdb_(databases|secrets|settings|logs.*)|pragma_database_list|.*[^\w$].*", re.DOTALL)
_MACROS = "SELECT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' AND database_name = current_database()"


def reads_lake(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether this connection is of a session on a lake."""
    return con.execute("SELECT count(*) FROM duckdb_databases() WHERE type = 'ducklake'").fetchall() != [(0,)]


def expect_reading(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raises QueryInvalid for a query that may do more than read, where the connection is of a lake."""
    if not reads_lake(con):
        return
    macros = frozenset(name for (name,) in con.execute(_MACROS).fetchall())
    if not Gate(macros, HIDDEN).allows("", query):
        raise QueryInvalid(
            "expected a query that reads the lake: SELECT, FROM, WITH, DESCRIBE or SUMMARIZE, over its tables, views and macros, got one "
            "that may do more, or calls a table function that does. PIVOT and EXPLAIN are for a file: `broadsheet publish --from-lake`."
        )
