"""What a reader at the other end of a network may ask: one query that reads, with functions that do nothing but compute.

That the file is read-only and files are out of reach is not enough: Quack's own functions open and close servers and ask other machines,
and whoever may call a table function or run a text may call those. So table functions are taken from a list; see decision 49.
"""

import json
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any

import duckdb

from warehouse.loader_file import OFFLINE

COMPUTES = frozenset({  # table functions
    "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree",
    "duckdb_columns", "duckdb_constraints", "duckdb_functions", "duckdb_indexes", "duckdb_keywords", "duckdb_schemas", "duckdb_tables",
    "duckdb_types", "duckdb_views", "pragma_table_info", "pragma_show", "pragma_storage_info", "pragma_database_size",
})  # fmt: skip
REFUSED = ("quack_", "broadsheet_", "write_log", "getenv", "sleep")  # how functions begin that do more than compute
TRANSACTIONS = frozenset({"begin", "begin transaction", "commit", "rollback"})  # which clients send around a query


class Gate:
    """Says yes or no to a statement, from whichever thread. `macros`: table macros of the warehouse, which may be asked, too; `hidden`:
    tables that may not."""

    def __init__(self, macros: frozenset[str], hidden: re.Pattern[str] | None = None) -> None:
        self._macros, self._hidden = macros, hidden
        self._parser = duckdb.connect(":memory:", config=dict(OFFLINE, enable_external_access="false"))
        self._one_at_a_time = Lock()

    def allows(self, _session: str, statement: str) -> bool:
        """Whether it may run. What cannot be read may not."""
        if statement.strip().rstrip(";").strip().lower() in TRANSACTIONS:
            return True
        try:
            with self._one_at_a_time:
                said = self._parser.extract_statements(statement)
                row = self._parser.execute("SELECT json_serialize_sql($statement)", {"statement": statement}).fetchone()
        except duckdb.Error:
            return False
        tree = json.loads(row[0]) if row else {"error": True}
        if len(said) != 1 or tree["error"] or not all(self._may_call(*called) for called in _called(tree)):
            return False
        return self._hidden is None or not any(map(self._hidden.fullmatch, _named(tree)))

    def _may_call(self, name: str, is_table: bool) -> bool:
        return name in COMPUTES | self._macros if is_table else not name.startswith(REFUSED)


def _named(node: Any) -> Iterator[str]:
    """Every table, view, or file that a statement names."""
    if isinstance(node, list):
        for each in node:
            yield from _named(each)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield str(node["table_name"]).lower()
        for each in node.values():
            yield from _named(each)


def _called(node: Any) -> Iterator[tuple[str, bool]]:
    """Every function of a statement, in lower case, and whether it stands for a table."""
    if isinstance(node, list):
        for each in node:
            yield from _called(each)
    elif isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION":
            yield node["function"]["function_name"].lower(), True
        if "function_name" in node:
            yield str(node["function_name"]).lower(), False
        for each in node.values():
            yield from _called(each)
