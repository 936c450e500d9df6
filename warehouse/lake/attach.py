"""How a lake is opened: by loaders to write, by everyone else read-only, of the newest state or of an older one."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import duckdb

from warehouse.errors import CatalogUnreachable, SettingsInvalid, StorageFailed, WarehouseUnusable
from warehouse.lake.address import LakeAddress, without_password
from warehouse.lake.bucket import tell_bucket
from warehouse.lake.extensions import load_extensions
from warehouse.loader_file import OFFLINE, SETTLED
from warehouse.migrate import highest_migration, migrations, refuse_newer
from warehouse.sql_text import literal
from warehouse.transaction import AGAIN, gist

LAKE = "lake"  # the name of the attached lake, and of the schema in PostgreSQL that has its catalog
# Of a loader: it looks up keys and commits names, rows are with the workers. What a statement has freed goes back to the system at once:
# the default waits for 128 MB, which none of its statements has, and a run of a hundred commits kept 60 MB.
LIMITS = {"memory_limit": "512MB", "allocator_flush_threshold": "1MB", "allocator_bulk_deallocation_flush_threshold": "1MB"}
INIT = "Make it with `broadsheet lake init`."


@contextmanager
def open_lake(
    address: LakeAddress, *, read_only: bool = False, snapshot: int | None = None, limits: Mapping[str, str] = LIMITS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with the lake attached as its default database: `FROM ops.runs` means the lake's. `snapshot`: an older state, by its id.

    Raises SettingsInvalid where extensions are missing or the store is another one than the catalog's, CatalogUnreachable where PostgreSQL
    does not answer, then or inside, StorageFailed where the store does not, WarehouseUnusable where there is no lake, or another version's.
    """
    con = connect(address, limits)
    try:
        attach(con, address, read_only=read_only, snapshot=snapshot)
        expect_current(con)
        expect_store(con, address)
        yield con
    except duckdb.Error as error:
        if not is_away(error):
            raise
        raise (store_failed if answers(con) else unreachable)(address, error) from error
    finally:
        roll_back(con)
        con.close()


def roll_back(con: duckdb.DuckDBPyConnection) -> None:
    """Before a connection is closed, and after what has failed: where PostgreSQL is gone, the ROLLBACK of a destructor would end the whole
    process (1.5.5). After a failed COMMIT there is nothing to roll back, which is an error, too."""
    with suppress(duckdb.Error):
        con.execute("ROLLBACK")


def connect(address: LakeAddress, limits: Mapping[str, str] = LIMITS) -> duckdb.DuckDBPyConnection:
    """A DuckDB that can attach it. Raises SettingsInvalid where extensions are missing."""
    con = duckdb.connect(":memory:", config={**OFFLINE, **limits})
    try:
        load_extensions(con, with_buckets=address.is_bucket)
        con.execute(f"{SETTLED}; SET parquet_metadata_cache = true")  # files of a lake never change
        if address.is_bucket:
            tell_bucket(con)
        else:  # the system keeps files of a folder in memory: a second copy grows with each commit, up to the limit
            con.execute("SET enable_external_file_cache = false")
    except BaseException:
        con.close()
        raise
    return con


def attach(
    con: duckdb.DuckDBPyConnection, address: LakeAddress, *, read_only: bool, snapshot: int | None = None, is_new: bool = False
) -> None:
    """Attach the lake and use it. Rows are not put into the catalog but for tables that say so: a row there is one more that PostgreSQL
    keeps. Raises CatalogUnreachable, WarehouseUnusable, SettingsInvalid."""
    options = [f"METADATA_SCHEMA {literal(LAKE)}", "DATA_INLINING_ROW_LIMIT 0"]
    options += [f"DATA_PATH {literal(address.tables)}"] if is_new else ["CREATE_IF_NOT_EXISTS false"]
    options += ["READ_ONLY"] if read_only else []
    options += [f"SNAPSHOT_VERSION {snapshot}"] if snapshot is not None else []
    try:
        con.execute(f"ATTACH {literal('ducklake:postgres:' + address.session)} AS {LAKE} ({', '.join(options)})")
    except duckdb.InvalidInputException as error:
        raise WarehouseUnusable(f"Expected a lake at {address}, came: {told(error)}. {INIT}") from error
    except duckdb.Error as error:
        raise unreachable(address, error) from error
    con.execute(f"USE {LAKE}")
    came = str(con.execute(f"SELECT value FROM ducklake_options({literal(LAKE)}) WHERE option_name = 'data_path'").fetchall()[0][0])
    if came.rstrip("/") != address.tables:
        raise SettingsInvalid(
            f"expected BROADSHEET_STORE to be the store of the lake at {without_password(address.catalog)}, which is "
            f"{came.rstrip('/').removesuffix('/tables')}, got {address.store}."
        )


def expect_current(con: duckdb.DuckDBPyConnection) -> None:
    """Raises WarehouseUnusable for a lake of another version, or one that was not made whole."""
    refuse_newer(con)
    done, known = highest_migration(con), migrations()[-1]
    if done < known.number:
        raise WarehouseUnusable(
            f"Expected a lake with the tables up to {known.path.stem}, came one up to {done}, of an older version: "
            "`broadsheet lake migrate` makes it one of this version."
        )


def expect_store(con: duckdb.DuckDBPyConnection, address: LakeAddress) -> None:
    """Raises SettingsInvalid where the store is not there, or is that of another lake: a folder that is not mounted is empty."""
    lake_id = con.execute("SELECT lake_id FROM ops.turn").fetchall()[0][0]
    try:
        came = json.loads(con.execute(f"SELECT content FROM read_text({literal(address.mark)})").fetchall()[0][0])["lake_id"]
    except (duckdb.Error, IndexError, ValueError, KeyError) as error:
        said = told(error) if isinstance(error, duckdb.Error) else "nothing of ours"
        raise SettingsInvalid(
            f"expected the store of lake {lake_id} at {address.store}, with a file lake.json, came: {said}. "
            "Mount the folder on this machine, or give the keys of the bucket (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL)."
        ) from error
    if came != lake_id:
        raise SettingsInvalid(f"expected the store of lake {lake_id} at {address.store}, came that of {came}: correct BROADSHEET_STORE.")


def is_away(error: Exception) -> bool:
    """Whether PostgreSQL or the store may be what failed; where it goes in the middle of a query, the error has no type of its own, and
    where DuckLake asks it which files a table has, it is the binder's (1.5.5)."""
    is_asking = isinstance(error, duckdb.BinderException) and "from DuckLake" in str(error)
    return is_asking or isinstance(error, CatalogUnreachable | duckdb.IOException) or type(error) is duckdb.Error


def answers(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the catalog does: what failed was the store else."""
    roll_back(con)
    try:
        con.execute("SELECT n FROM ops.turn").fetchall()
    except duckdb.Error:
        return False
    return True


def store_failed(address: LakeAddress, error: Exception) -> StorageFailed:
    """The error for a store that does not give or take what the catalog names."""
    return StorageFailed(f"Expected the store at {address.store} to be read and written, came: {told(error)}. {AGAIN}")


def unreachable(address: LakeAddress, error: Exception) -> CatalogUnreachable:
    """The error for a catalog that does not answer, or answers no."""
    return CatalogUnreachable(
        f"Expected PostgreSQL to answer at {without_password(address.catalog)}, came: {told(error)}. Start it, or correct "
        "BROADSHEET_WAREHOUSE; then run the same command again: it resumes."
    )


def told(error: Exception) -> str:
    """What DuckDB says, without passwords, of which it repeats the address."""
    return without_password(gist(error))
