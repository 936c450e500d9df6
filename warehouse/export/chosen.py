"""What an order means in a published state: which tables, views or query, which of their rows, and by which moment they are parted."""

import difflib
from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.connection import Connection
from warehouse.errors import QueryInvalid, SettingsInvalid
from warehouse.export.columns import ExportedColumn
from warehouse.export.order import Order
from warehouse.lake.gate import expect_reading
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS
from warehouse.tables.contract import Contract, lineage

# The moment by whose day rows are parted, and which --since and --until ask for: the first of these that there is.
MOMENTS = ("published_at", "observed_at", "started_at", "requested_at", "rejected_at", "at")
QUERY = "query"  # the name of what --sql gives
_VIEW = "temp.asked"
_THERE = """
SELECT schema_name || '.' || name, coalesce(comment, '')
FROM (
    SELECT database_name, schema_name, table_name AS name, comment, internal FROM duckdb_tables()
    UNION ALL SELECT database_name, schema_name, view_name, comment, internal FROM duckdb_views()
)
WHERE database_name = current_database() AND NOT internal ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One resource of a package. `source`: what stands behind FROM; `condition`: SQL of its rows, empty for all."""

    name: str
    source: str
    description: str
    columns: tuple[ExportedColumn, ...]
    moment: str | None
    condition: str
    contract: type[Contract] | None

    @property
    def rows(self) -> str:
        """SQL behind SELECT …"""
        return f"FROM {self.source}" + (f" WHERE {self.condition}" if self.condition else "")


def chosen(con: Connection, order: Order) -> list[Chosen]:
    """In the order of their names. Raises SettingsInvalid for a name that is none, or a condition that it cannot have; QueryInvalid."""
    if order.query is not None:
        return [_of_query(con, order.query)]
    there = dict(con.execute(_THERE).fetchall())
    return [_of_table(con, name, there[name], order) for name in _expanded(order.names, list(there))]


def _expanded(asked: tuple[str, ...], there: list[str]) -> list[str]:
    """`core` stands for all of that schema."""
    found: dict[str, None] = {}
    for name in asked:
        of_name = [each for each in there if name in (each, each.split(".")[0])]
        if not of_name:
            near = difflib.get_close_matches(name, there, n=3) or [each for each in there if each.endswith(f".{name}")] or there
            raise SettingsInvalid(
                f"Expected a table or view with its schema, such as core.articles, or a schema, such as core; got {name!r}. "
                f"There are: {', '.join(near)}."
            )
        found |= dict.fromkeys(of_name)
    return sorted(found)


def _of_query(con: Connection, query: str) -> Chosen:
    try:
        said = con.extract_statements(query)
        if len(said) != 1:
            raise QueryInvalid(f"expected one query that reads the warehouse, got {len(said)} statements: export them one by one")
        expect_reading(con, query)
        con.execute(f"CREATE TEMP VIEW asked AS {said[0].query}")  # one statement is still one behind these words
        columns = tuple(ExportedColumn(name, kind) for name, kind, *_ in con.execute(f"DESCRIBE {_VIEW}").fetchall())
    except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.InvalidInputException) as error:
        raise QueryInvalid(f"expected one query that reads the warehouse, DuckDB says: {error}") from error
    return Chosen(QUERY, _VIEW, query, columns, _moment(columns), "", None)


def _of_table(con: Connection, name: str, comment: str, order: Order) -> Chosen:
    contract = next((each for each in CONTRACTS if name == each.TABLE), None)
    declared = contract.columns() if contract else {}
    schema, table = name.split(".", 1)
    told = con.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() WHERE database_name = current_database() "
        f"AND schema_name = {literal(schema)} AND table_name = {literal(table)} ORDER BY column_index"
    ).fetchall()
    columns = tuple(ExportedColumn(column, kind, meaning, declared.get(column)) for column, kind, meaning in told)
    condition = _condition(name, columns, contract, order)
    return Chosen(name, f'{schema}."{table}"', comment, columns, _moment(columns), condition, contract)


def _moment(columns: tuple[ExportedColumn, ...]) -> str | None:
    there = {column.name for column in columns if column.sql_type == "TIMESTAMP WITH TIME ZONE"}
    return next((name for name in MOMENTS if name in there), None)


def _condition(name: str, columns: tuple[ExportedColumn, ...], contract: type[Contract] | None, order: Order) -> str:
    found = []
    if order.host is not None:
        found.append(_of_host(name, {column.name for column in columns}, order.host))
    if order.since is not None or order.until is not None:
        found.append(_of_window(name, _moment(columns), contract, order.since, order.until))
    return " AND ".join(found)


def _of_host(name: str, columns: set[str], host: str) -> str:
    asked = host.lower().strip(".")
    condition = f"(host = {literal(asked)} OR ends_with(host, {literal('.' + asked)}))"
    if "host" in columns:
        return condition
    if "page_id" in columns:
        return f"page_id IN (SELECT page_id FROM raw.pages WHERE {condition})"
    raise SettingsInvalid(f"Expected --host with what has a host or a page, but {name} has neither: export it by itself, without --host.")


def _of_window(name: str, moment: str | None, contract: type[Contract] | None, since: datetime | None, until: datetime | None) -> str:
    """By the moment of the table, or of the nearest one that its rows hang on."""
    if moment is not None:
        return _window(moment, since, until)
    for parent in reversed(lineage(contract)[:-1] if contract else ()):
        if (of_parent := next((each for each in MOMENTS if each in parent.columns()), None)) is not None:
            key = f"({', '.join(parent.primary_key())})"
            return f"{key} IN (SELECT {key} FROM {parent.TABLE} WHERE {_window(of_parent, since, until)})"
    raise SettingsInvalid(
        f"Expected --since and --until with what has a moment, {name} has none of {', '.join(MOMENTS)}: export it by itself, without them."
    )


def _window(moment: str, since: datetime | None, until: datetime | None) -> str:
    bounds = [f"{moment} >= {literal(since)}"] if since else []
    return " AND ".join([*bounds, *([f"{moment} < {literal(until)}"] if until else [])])
