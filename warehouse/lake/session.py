"""A reader's session on the lake: one snapshot of its tables as views, with the marts, macros, dictionary and search index that a published
file has, made of the same files. DuckLake keeps no macro with defaults and no index: they live in the session, in memory.

A session is pinned to its snapshot: whoever asks twice sees one state, however many commit meanwhile. What an older snapshot did not have
yet, a table or a column, is empty there: decision 53."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb

from warehouse.ddl import sql_type
from warehouse.errors import CatalogUnreachable, WarehouseUnusable
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, attach, connect, expect_current, expect_store, is_away, roll_back, told
from warehouse.lake.dressed import begin_dressed
from warehouse.lake.searching import drop_searching, make_index, wants_index
from warehouse.lake.states import LakeState, state_of
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, Contract, Snapshot
from warehouse.tables.contract import comment_of
from warehouse.version import VERSION

KEPT = 2  # sessions of a process: one takes half a second of CPU to make, and the explorer asks at every page
IDENTITY = """
CREATE VIEW ops.snapshot AS SELECT {snapshot_id} AS snapshot_id, {published_at} AS published_at,
    (SELECT max_by(run_id, started_at) FROM ops.runs) AS run_id, (SELECT count(*) FROM raw.pages) AS page_count,
    (SELECT count(*) FROM core.articles) AS article_count, (SELECT count(*) FROM core.listing_items) AS listing_item_count,
    'lake' AS definitions, {version} AS version
"""
_one_at_a_time = Lock()
_kept: "list[_Session]" = []  # the one used last is the last


@dataclass(frozen=True, slots=True)
class _Session:
    """A DuckDB in memory with the lake attached, and what it was made for."""

    con: duckdb.DuckDBPyConnection
    address: LakeAddress
    limits: Mapping[str, str]
    state: LakeState
    has_index: bool

    def serves(self, address: LakeAddress, limits: Mapping[str, str], state: LakeState, *, with_index: bool) -> bool:
        is_enough = self.has_index or not with_index
        return is_enough and (self.address, self.limits, self.state.version) == (address, limits, state.version)


@contextmanager
def open_lake_state(
    address: LakeAddress,
    *,
    as_of: str | None = None,
    workshop: Path | None = None,
    limits: Mapping[str, str] | None = None,
    asked: str = "",
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The newest snapshot, or the one that `as_of` names, read-only. `asked`: what is going to be asked, since the search index is made for
    those alone who use it. `workshop`: a folder whose files may be written and read.

    Raises SnapshotUnknown; QueryInvalid where there is too much to be searched; SettingsInvalid, CatalogUnreachable, WarehouseUnusable as
    open_lake does, then or inside.
    """
    with failures(address):
        with _one_at_a_time:
            con = _session(address, as_of, workshop, dict(limits or {}), with_index=wants_index(asked)).con.cursor()
        try:
            yield con
        finally:
            roll_back(con)
            con.close()


def _session(address: LakeAddress, as_of: str | None, workshop: Path | None, limits: Mapping[str, str], *, with_index: bool) -> _Session:
    """One that is kept, or a new one; of an export, which writes, always a new one."""
    known = next((each for each in reversed(_kept) if each.address == address), None)
    if known is not None and workshop is None:
        try:
            state = state_of(known.con, as_of)
        except duckdb.Error:  # the catalog was stopped or is another one: what is kept is of no use
            close_sessions()
            raise
        found = next((each for each in _kept if each.serves(address, limits, state, with_index=with_index)), None)
        if found is not None:
            _kept.remove(found)
            _kept.append(found)
            return found
    made = _make(address, as_of, workshop, limits, with_index=with_index)
    if workshop is None:
        _kept.append(made)
        while len(_kept) > KEPT:
            _kept.pop(0).con.close()  # whoever reads in it has a connection of his own
    return made


def close_sessions() -> None:
    """Let go of all that are kept."""
    while _kept:
        _kept.pop().con.close()


def _make(address: LakeAddress, as_of: str | None, workshop: Path | None, limits: Mapping[str, str], *, with_index: bool) -> _Session:
    con = connect(address, limits)
    try:
        attach(con, address, read_only=True)
        expect_current(con)
        expect_store(con, address)
        state = state_of(con, as_of)
        con.execute(f"USE memory; DETACH {LAKE}")
        attach(con, address, read_only=True, snapshot=state.version)
        con.execute("USE memory; SET GLOBAL TimeZone = 'UTC'")
        dress(con, state)
        make_index(con, address) if with_index else drop_searching(con)
        _confine(con, address, workshop)
    except BaseException:
        con.close()
        raise
    return _Session(con, address, limits, state, with_index)


def dress(con: duckdb.DuckDBPyConnection, state: LakeState) -> None:
    """Have the current database, which is empty, show the lake that is attached to it as a published file shows its tables."""
    begin_dressed(con)
    _view_tables(con, state)


def _view_tables(con: duckdb.DuckDBPyConnection, state: LakeState) -> None:
    """In the place of the empty tables those of the lake, with their comments."""
    there = _columns_there(con)
    told = {"snapshot_id": state.snapshot_id, "published_at": state.published_at, "version": VERSION}
    identity = IDENTITY.format(**{name: literal(value) for name, value in told.items()})
    for table in CONTRACTS:
        comments = [
            f"COMMENT ON COLUMN {table.TABLE}.{name} IS {literal(told.description or '')}" for name, told in table.columns().items()
        ]
        view = identity if table is Snapshot else _view(table, there.get(table.TABLE, set()))
        con.execute(
            "; ".join([f"DROP TABLE {table.TABLE}", view, f"COMMENT ON VIEW {table.TABLE} IS {literal(comment_of(table))}", *comments])
        )


def _columns_there(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """What the snapshot has: table or view -> its columns."""
    found: dict[str, set[str]] = {}
    rows = con.execute(
        f"SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE database_name = {literal(LAKE)}"
    ).fetchall()
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


def _view(table: type[Contract], there: set[str]) -> str:
    """Column by column, since one that this version does not know stays out; as a column of `kept`, since a macro takes a bare name in a
    view that it reads for its own parameter (1.5.5)."""
    columns = table.columns().items()
    told = ", ".join(f"kept.{name}" if name in there else f"NULL::{sql_type(column.dtype)} AS {name}" for name, column in columns)
    return f"CREATE VIEW {table.TABLE} AS SELECT {told}" + (f" FROM {LAKE}.{table.TABLE} AS kept" if there else " WHERE false")


def _confine(con: duckdb.DuckDBPyConnection, address: LakeAddress, workshop: Path | None) -> None:
    """No file and no network but the store, which is read, and the workshop. That the store is not written into, and no other server
    asked, the gate before a reader's own query sees to: DuckDB would let him."""
    folders = [address.store, *([str(workshop)] if workshop else [])]
    con.execute(f"SET allowed_directories = {literal(folders)}")
    if workshop is not None:
        con.execute(f"SET temp_directory = {literal(str(workshop / 'spilled'))}")
        con.execute("SET enable_progress_bar = true")  # for query_progress()
    con.execute("SET enable_external_access = false; SET lock_configuration = true")


@contextmanager
def failures(address: LakeAddress) -> Iterator[None]:
    """What the catalog or the store refuses, in words of ours."""
    try:
        yield
    except duckdb.Error as error:
        if not is_away(error):
            raise
        said = told(error)
        if not isinstance(error, duckdb.IOException) or "postgres" in said.lower() or "connection" in said.lower():
            raise CatalogUnreachable(
                f"Expected the catalog of the lake at {address} to answer, came: {said}. Ask again when it does."
            ) from error
        raise WarehouseUnusable(
            f"Expected the files of the lake at {address}, came: {said}. `broadsheet doctor` looks at it; a state that `broadsheet lake "
            "maintain` has dropped meanwhile is read no more."
        ) from error
