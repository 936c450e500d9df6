"""A lake is made whole, from the contracts, and says what is wrong with where it is looked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.lake.postgres import PostgresServer
from warehouse.errors import CatalogUnreachable, SettingsInvalid, StorageFailed, WarehouseUnusable
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.create import create_lake
from warehouse.lake.tables import stored
from warehouse.tables import CONTRACTS

COLUMNS = "SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"


def test_every_contract_is_a_table_of_the_lake_with_its_columns_and_comments(lake: LakeAddress):
    with open_lake(lake, read_only=True) as con:
        columns = {(table, column): (null, comment) for table, column, _, null, comment in con.execute(COLUMNS).fetchall()}
        for contract in CONTRACTS:
            assert [column for column, *_ in con.execute(f"DESCRIBE {contract.TABLE}").fetchall()] == contract.column_names()
            for name, column in contract.columns().items():
                assert columns[stored(contract), name] == (column.nullable, column.description)


def test_making_it_twice_changes_nothing(lake: LakeAddress):
    with open_lake(lake, read_only=True) as con:
        before = con.execute("FROM lake.current_snapshot()").fetchall()
    create_lake(lake)
    with open_lake(lake, read_only=True) as con:
        assert con.execute("FROM lake.current_snapshot()").fetchall() == before


def test_where_no_lake_is_there_is_said_what_makes_one(empty_lake: LakeAddress):
    with pytest.raises(WarehouseUnusable, match="broadsheet lake init"), open_lake(empty_lake):
        pass


def test_a_store_of_another_lake_or_none_is_told(lake: LakeAddress, tmp_path: Path):
    with pytest.raises(SettingsInvalid, match="expected BROADSHEET_STORE to be the store"), open_lake(replace(lake, store=str(tmp_path))):
        pass
    Path(lake.mark).unlink()
    with pytest.raises(SettingsInvalid, match="Mount the folder"), open_lake(lake):
        pass


def test_a_postgres_that_goes_while_the_lake_is_asked_is_told_as_one_that_is_down(lake: LakeAddress, postgres: PostgresServer):
    try:
        with pytest.raises(CatalogUnreachable, match="Start it"), open_lake(lake, read_only=True) as con:
            postgres.stop()
            con.execute("FROM raw.pages")
    finally:
        postgres.start()


def test_a_file_that_the_store_has_lost_is_told_as_the_stores(lake: LakeAddress):
    (lost,) = Path(lake.tables).glob("ops/migrations/*.parquet")
    with pytest.raises(StorageFailed, match="Expected the store"), open_lake(lake, read_only=True) as con:
        lost.unlink()
        con.execute("SET parquet_metadata_cache = false; FROM ops.migrations")


def test_a_postgres_that_is_down_is_told_without_the_password():
    nobody = LakeAddress.of("postgres://lake:secret@127.0.0.1:1/none", "/nowhere")
    with pytest.raises(CatalogUnreachable, match="Start it") as told, open_lake(nobody):
        pass
    assert "secret" not in str(told.value)
