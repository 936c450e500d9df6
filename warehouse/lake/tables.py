"""The tables of a lake, from the same contracts as those of a file.

A lake has neither keys nor checks, and nothing in it is updated or deleted but the one row of ops.turn. So a table of which a row may be
told anew keeps every telling in the schema `history`, each with the turn of the commit that told it, and under its own name there is a
view of the newest. Where a row may also cease to be, as what was a copy may turn out to be none, that is a telling, too: `is_gone`.
"""

from warehouse.ddl import sql_type
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, SCHEMAS, Rejects
from warehouse.tables.contract import Contract, comment_of, name_of
from warehouse.tables.copies import Copies
from warehouse.tables.stories import Stories

HISTORY = "history"
TURN = "turn"
GONE = "is_gone"  # null in rows that were told before lakes were related: those are not
SENTINEL = "ops.turn"  # every commit updates its one row, so that of two commits under way one fails


def is_told_anew(table: type[Contract]) -> bool:
    """Whether a row of it may come again and say something else. Of ops.rejects: that it was answered."""
    return table.KEEPS == "last" or bool(table.RETOLD) or table is Rejects


def may_go(table: type[Contract]) -> bool:
    """Whether a row of it may cease to be: what a file deletes when it decides anew (warehouse/relating/corpus.py)."""
    return table in (Copies, Stories)


def stored(table: type[Contract]) -> str:
    """The table that its rows are written to."""
    return f"{HISTORY}.{name_of(table)}" if is_told_anew(table) else table.TABLE


def file_of(table: type[Contract], store: str, name: str) -> str:
    """The file of a batch's rows: among DuckLake's own where it is registered as it is, apart where its rows are read to get their turn."""
    schema, own = table.TABLE.split(".")
    return f"{store}/staged/{name}.{table.TABLE}.parquet" if is_told_anew(table) else f"{store}/tables/{schema}/{own}/{name}.parquet"


def lake_ddl(table: type[Contract]) -> str:
    """Statements that create a contract's table in a lake; comments included where a lake can have them: not on columns of a view."""
    target, columns = stored(table), table.columns()
    lines = [f"{name} {sql_type(column.dtype)}{'' if column.nullable else ' NOT NULL'}" for name, column in columns.items()]
    lines += [f"{TURN} BIGINT NOT NULL"] if is_told_anew(table) else []
    lines += [f"{GONE} BOOLEAN"] if may_go(table) else []
    comments = [f"COMMENT ON TABLE {target} IS {literal(comment_of(table))}"]
    comments += [f"COMMENT ON COLUMN {target}.{name} IS {literal(column.description or '')}" for name, column in columns.items()]
    view = [newest(table), f"COMMENT ON VIEW {table.TABLE} IS {literal(comment_of(table))}"] if is_told_anew(table) else []
    return ";\n".join([f"CREATE TABLE {target} ({', '.join(lines)})", *comments, *view]) + ";\n"


def newest(table: type[Contract]) -> str:
    """The view of what was told last of each key."""
    key, columns = ", ".join(table.primary_key()), ", ".join(table.column_names())
    last = f"FROM {stored(table)} QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {TURN} DESC) = 1"
    if may_go(table):
        return f"CREATE VIEW {table.TABLE} AS SELECT {columns} FROM (SELECT {columns}, {GONE} {last}) WHERE {GONE} IS NOT TRUE"
    return f"CREATE VIEW {table.TABLE} AS SELECT {columns} {last}"


def all_ddl() -> str:
    """Everything but rows."""
    schemas = "".join(f"CREATE SCHEMA {name};\n" for name in (*SCHEMAS, HISTORY))
    sentinel = f"CREATE TABLE {SENTINEL} (n BIGINT NOT NULL, lake_id VARCHAR NOT NULL);\n"
    return schemas + sentinel + "".join(lake_ddl(table) for table in CONTRACTS)
