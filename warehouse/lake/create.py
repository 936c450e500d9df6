"""Making a lake: its catalog, its tables in one transaction, and the mark in its store."""

import secrets
from pathlib import Path

import duckdb

from warehouse.errors import SettingsInvalid, StorageFailed
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, attach, connect, expect_current, expect_store, told
from warehouse.lake.tables import SENTINEL, all_ddl
from warehouse.migrate import highest_migration, migrations
from warehouse.sql_text import literal
from warehouse.transaction import transaction
from warehouse.version import VERSION


def create_lake(address: LakeAddress) -> str:
    """Make the lake, or find that it is there and sound; its id. Who is killed in between calls it again.

    Raises what open_lake raises, StorageFailed where the store cannot be written.
    """
    con = connect(address)
    try:
        _expect_place(address)
        attach(con, address, read_only=False, is_new=True)
        _expect_english(con)
        if not _has_tables(con):
            with transaction(con):  # apart, each comment would be a commit
                con.execute(all_ddl())
        if not highest_migration(con):
            _begin(con)
        expect_current(con)
        lake_id = str(con.execute(f"SELECT lake_id FROM {SENTINEL}").fetchall()[0][0])
        _mark(con, address, lake_id)
        expect_store(con, address)
        return lake_id
    finally:
        con.close()


def _has_tables(con: duckdb.DuckDBPyConnection) -> bool:
    return bool(con.execute(f"SELECT count(*) FROM duckdb_tables() WHERE database_name = {literal(LAKE)}").fetchall()[0][0])


def _begin(con: duckdb.DuckDBPyConnection) -> None:
    """The first rows. The sentinel's is kept in the catalog: in the store each commit would leave two files of one row."""
    applied = ", ".join(f"({m.number}, {literal(m.name)}, now(), {literal(VERSION)})" for m in migrations())
    con.execute(f"CALL {LAKE}.set_option('data_inlining_row_limit', 10, schema => 'ops', table_name => 'turn')")
    with transaction(con):
        con.execute(f"INSERT INTO {SENTINEL} VALUES (0, {literal(secrets.token_hex(8))})")
        con.execute(f"INSERT INTO ops.migrations VALUES {applied}")


def _expect_english(con: duckdb.DuckDBPyConnection) -> None:
    """Raises SettingsInvalid where PostgreSQL speaks another language: DuckLake 1.0 tells a conflict by what its messages say. A user
    without rights may not set this for a session."""
    query = "SELECT current_setting(''lc_messages'') AS lc, current_database() AS name"
    language, database = con.execute(f"FROM postgres_query('__ducklake_metadata_{LAKE}', '{query}')").fetchall()[0]
    if str(language).split(".")[0].upper() not in ("", "C", "POSIX") and not str(language).startswith("en"):
        raise SettingsInvalid(
            f"expected PostgreSQL to tell errors in English, by which conflicts are known; lc_messages is {language}. "
            f"As its superuser: `ALTER DATABASE {database} SET lc_messages = 'C'`."
        )


def _expect_place(address: LakeAddress) -> None:
    """Raises StorageFailed where the store's folder cannot be made."""
    if not address.is_bucket:
        try:
            for folder in (address.tables, address.raw):
                Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(f"Expected a store to write to at {address.store}, came: {error}. Mount it or make it writable.") from error


def _mark(con: duckdb.DuckDBPyConnection, address: LakeAddress, lake_id: str) -> None:
    """Say in the store whose it is, unless it says so: another lake's is left alone, and told by expect_store."""
    try:
        # a pattern: of a name, glob() says without asking the bucket that it is there
        if con.execute(f"SELECT count(*) FROM glob({literal(address.mark.replace('.json', '*.json'))})").fetchall() == [(0,)]:
            row = f"SELECT {literal(lake_id)} AS lake_id, {literal(VERSION)} AS version"
            con.execute(f"COPY ({row}) TO {literal(address.mark)} (FORMAT json)")
    except duckdb.Error as error:
        raise StorageFailed(f"Expected a store to write to at {address.store}, came: {told(error)}. Check its keys and rights.") from error
