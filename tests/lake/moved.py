"""A home moved into a lake of its own, for tests that look at both."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.lake.postgres import PostgresServer
from tests.warehouse.drawn_tables import Drawn, insert
from tests.warehouse.lettered import add
from warehouse.connection import open_loader
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, open_lake
from warehouse.lake.create import create_lake
from warehouse.lake.indexing import index_lake
from warehouse.lake.moving import into_lake, open_both
from warehouse.lake.session import dress
from warehouse.lake.states import state_of
from warehouse.lake.tables import TURN, is_told_anew, stored
from warehouse.snapshot import publish_snapshot
from warehouse.tables import CONTRACTS


def new_lake(postgres: PostgresServer, folder: Path) -> LakeAddress:
    address = LakeAddress.of(postgres.database(), str(folder / "store"))
    create_lake(address)
    return address


def lake_of(postgres: PostgresServer, folder: Path, home: Path) -> LakeAddress:
    """A new lake with the rows of a home."""
    address = new_lake(postgres, folder)
    with open_both(home, address, wait_seconds=0, into_lake=True) as con:
        into_lake(con, address, {})
    return address


def indexed_lake(postgres: PostgresServer, folder: Path, home: Path, first: Sequence[tuple[str, tuple[str, str, str]]]) -> LakeAddress:
    """The same, with the `first` articles in the index that is kept, and the others in none."""
    with open_loader(folder / "first") as con:
        publish_snapshot(con, folder / "first")  # for its macros
        for letter, article in first:
            add(con, letter, *article)
    lake = lake_of(postgres, folder / "indexed", folder / "first")
    assert index_lake(lake).new_count == len(first)
    with open_both(home, lake, wait_seconds=0, into_lake=True) as con:
        into_lake(con, lake, {})
    return lake


@contextmanager
def dressed(address: LakeAddress) -> Iterator[duckdb.DuckDBPyConnection]:
    """A lake to write into, with marts over it: what a transaction has written, its marts show."""
    with open_lake(address) as con:
        con.execute("USE memory")
        dress(con, state_of(con, None))
        yield con


def insert_into_lake(con: duckdb.DuckDBPyConnection, drawn: Drawn) -> None:
    table = next(contract for contract in CONTRACTS if drawn.name == contract.TABLE)
    insert(con, drawn, f"{LAKE}.{stored(table)}", f", 1 AS {TURN}" if is_told_anew(table) else "")
