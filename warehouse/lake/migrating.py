"""A lake of an earlier version brought to what the contracts say, by whoever is alone at it: tables and columns are added, comments and
views are told anew, all in one commit behind the sentinel. No row is written anew, since nothing in a lake is updated or deleted.

So a migration is for a lake what the contracts tell of it, and one that makes rows anew is none for a lake. Which is which the migration
says itself, in a line of its header: `-- Lake    contracts`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from warehouse.ddl import sql_type
from warehouse.errors import WarehouseUnusable
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, attach, connect, expect_store, roll_back
from warehouse.lake.presence import present
from warehouse.lake.tables import GONE, TURN, is_told_anew, lake_ddl, may_go, newest, stored
from warehouse.lake.turn import in_turn
from warehouse.migrate import Migration, highest_migration, migrations, refuse_newer
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, Contract
from warehouse.tables.contract import comment_of
from warehouse.version import VERSION

FIRST = 18  # the last migration before there were lakes: what none of them can lack
UNSAID = frozenset({19})  # frozen before the line was asked for: packs columns of a file, and nothing else
BY_CONTRACTS = re.compile(r"^-- Lake +contracts\b", re.MULTILINE)
COLUMNS = f"""
SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
WHERE database_name = {literal(LAKE)}
"""
Columns = dict[str, tuple[str, bool, str | None]]  # by name: type, whether it may be null, comment


def migrate_lake(
    address: LakeAddress, wait_seconds: float, on_wait: Callable[[str], None] = lambda _: None, *, is_dry: bool = False
) -> tuple[list[str], list[str]]:
    """The names of the migrations that were missing, and the statements that make the lake what they make a file; none where it is of this
    version. `is_dry`: only told.

    Raises WarehouseUnusable where one of them makes rows anew, or wants what a lake cannot have; then the lake is as it was. WarehouseBusy
    where loaders do not end in time, and what open_lake raises.
    """
    with present(address, None, wait_seconds, on_wait), _as_it_is(address) as con:
        done = highest_migration(con)
        missing = [migration for migration in migrations() if migration.number > done]
        _refuse_rows(missing, done)
        statements = list(changes(con)) if missing else []
        if missing and not is_dry:
            in_turn(con, address, lambda _: _apply(con, statements, missing))
    return [migration.name for migration in missing], statements


def is_by_contracts(migration: Migration) -> bool:
    """Whether the contracts tell all that it changes."""
    said = BY_CONTRACTS.search(migration.path.read_text("utf-8"))
    return migration.number <= FIRST or migration.number in UNSAID or said is not None


def changes(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Statements from what is there to what the contracts say. Raises WarehouseUnusable for what a lake cannot become."""
    there: dict[str, Columns] = {}
    for table, column, kind, is_nullable, comment in con.execute(COLUMNS).fetchall():
        there.setdefault(table, {})[column] = kind, is_nullable, comment
    for table in CONTRACTS:
        has = there.get(stored(table))
        if has is None and table.TABLE in there:
            raise _unable(f"{table.TABLE} keeps each row once, and is to keep what was told before")
        yield from [lake_ddl(table)] if has is None else _altered(table, has, _wanted(con, table))


def _wanted(con: duckdb.DuckDBPyConnection, table: type[Contract]) -> Columns:
    """The columns of a contract, their types as DuckDB tells them."""
    columns = table.columns()
    kinds = con.execute(f"SELECT {', '.join(f'typeof(NULL::{sql_type(column.dtype)})' for column in columns.values())}").fetchall()[0]
    return {name: (kind, bool(told.nullable), told.description) for (name, told), kind in zip(columns.items(), kinds, strict=True)}


def _altered(table: type[Contract], has: Columns, columns: Columns) -> Iterator[str]:
    if gone := has.keys() - columns.keys() - {TURN, GONE}:
        raise _unable(f"{table.TABLE} has no more {', '.join(sorted(gone))}, and files that have it")
    is_grown = may_go(table) and GONE not in has
    if is_grown:
        yield f"ALTER TABLE {stored(table)} ADD COLUMN {GONE} BOOLEAN"
    for name, (kind, is_nullable, told) in columns.items():
        came = has.get(name)
        if came is None and not is_nullable:
            raise _unable(f"{table.TABLE}.{name} is never null, and rows of before do not have it")
        if came is None:
            yield f"ALTER TABLE {stored(table)} ADD COLUMN {name} {kind}"
            is_grown = True
        elif came[:2] != (kind, is_nullable):
            raise _unable(
                f"{table.TABLE}.{name} is {_type(came[0], may_be_null=came[1])}, and is to be {_type(kind, may_be_null=is_nullable)}"
            )
        if came is None or (came[2] or "") != (told or ""):
            yield f"COMMENT ON COLUMN {stored(table)}.{name} IS {literal(told or '')}"
    yield f"COMMENT ON TABLE {stored(table)} IS {literal(comment_of(table))}"
    if is_grown and is_told_anew(table):
        yield newest(table).replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
        yield f"COMMENT ON VIEW {table.TABLE} IS {literal(comment_of(table))}"


def _apply(con: duckdb.DuckDBPyConnection, statements: list[str], missing: list[Migration]) -> None:
    for statement in statements:
        con.execute(statement)
    applied = ", ".join(f"({m.number}, {literal(m.name)}, now(), {literal(VERSION)})" for m in missing)
    con.execute(f"INSERT INTO ops.migrations VALUES {applied}")


def _refuse_rows(missing: list[Migration], done: int) -> None:
    if done < FIRST:
        raise _unable(f"it has tables up to {done}")
    if anew := [migration.name for migration in missing if not is_by_contracts(migration)]:
        raise _unable(f"{', '.join(anew)} makes rows anew")


def _unable(why: str) -> WarehouseUnusable:
    return WarehouseUnusable(
        f"Expected a lake that becomes one of this version without a row made anew, but {why}. With the version that wrote it, "
        "`broadsheet lake export HOME`; with this one, make another lake and `broadsheet lake import HOME`."
    )


def _type(kind: str, *, may_be_null: bool) -> str:
    return kind if may_be_null else f"{kind} NOT NULL"


@contextmanager
def _as_it_is(address: LakeAddress) -> Iterator[duckdb.DuckDBPyConnection]:
    """The lake to write to, of whatever version before this one."""
    con = connect(address)
    try:
        attach(con, address, read_only=False)
        refuse_newer(con)
        expect_store(con, address)
        yield con
    finally:
        roll_back(con)
        con.close()
