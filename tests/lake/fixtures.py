"""A PostgreSQL for the session, and lakes in it: imported by tests/conftest.py, so that every folder has them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lake.postgres import PostgresServer, binaries, running_postgres
from warehouse.connection import Connection
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.create import create_lake


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of a worker; who stops it starts it again."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running_postgres() as server:
        yield server


@pytest.fixture
def empty_lake(postgres: PostgresServer, tmp_path: Path) -> LakeAddress:
    """Where a lake may be made."""
    return LakeAddress.of(postgres.database(), str(tmp_path / "store"))


@pytest.fixture(scope="session")
def made_lake(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> LakeAddress:
    """A lake to be copied: making one takes a second."""
    address = LakeAddress.of(postgres.database(), str(tmp_path_factory.mktemp("made") / "store"))
    create_lake(address)
    return address


@pytest.fixture
def lake(made_lake: LakeAddress, postgres: PostgresServer, tmp_path: Path) -> LakeAddress:
    """A lake of one's own, as just made: `open_lake(lake)` to write, `open_lake(lake, read_only=True)` to read."""
    address = LakeAddress.of(postgres.database(like=made_lake.catalog), str(tmp_path / "store"))
    postgres.ask(address.catalog, f"UPDATE lake.ducklake_metadata SET value = '{address.tables}/' WHERE key = 'data_path'")
    shutil.copytree(made_lake.store, address.store)
    return address


@pytest.fixture
def lake_connection(lake: LakeAddress) -> Iterator[Connection]:
    """A loader's connection to it."""
    with open_lake(lake) as con:
        yield con
