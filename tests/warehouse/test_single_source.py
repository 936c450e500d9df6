"""One declaration: migrations, sample rows and the dictionary end at exactly what the contracts say."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from warehouse.ddl import ddl
from warehouse.dictionary import TARGET, dictionary
from warehouse.migrate import FOLDER, migrate, migrations
from warehouse.tables import CONTRACTS, Contract, Pages
from warehouse.tables.contract import lineage, sample

TABLES_MODULES = sorted(path.stem for path in (Path(FOLDER).parent / "tables").glob("*.py"))
QUESTIONS = {
    "columns": "SELECT schema_name, table_name, column_index, column_name, data_type, is_nullable, comment FROM duckdb_columns()",
    "tables": "SELECT schema_name, table_name, comment FROM duckdb_tables()",
    "constraints": "SELECT schema_name, table_name, constraint_type, constraint_text FROM duckdb_constraints()",
}


@pytest.fixture
def migrated() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        yield con


@pytest.mark.parametrize("what", QUESTIONS)
def test_migrations_end_at_what_the_contracts_say(migrated: duckdb.DuckDBPyConnection, what: str):
    with duckdb.connect(":memory:") as declared:
        declared.execute("CREATE SCHEMA raw; CREATE SCHEMA core; CREATE SCHEMA ops")
        declared.execute("\n".join(ddl(contract) for contract in CONTRACTS))
        question = f"{QUESTIONS[what]} WHERE database_name = current_database() AND schema_name IN ('raw', 'core', 'ops') ORDER BY ALL"
        said, came = declared.execute(question).fetchall(), migrated.execute(question).fetchall()
    assert came == said, "contracts and migrations differ: add a migration; `python -m warehouse.ddl` prints what it must end at"


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.TABLE)
def test_sample_rows_survive_the_warehouse(migrated: duckdb.DuckDBPyConnection, contract: type[Contract]):
    rows = sample(contract, 20)
    migrated.execute(f"DELETE FROM {contract.TABLE}")
    migrated.register("incoming", rows)
    migrated.execute(f"INSERT INTO {contract.TABLE} BY NAME SELECT * FROM incoming")
    back = migrated.execute(f"SELECT * FROM {contract.TABLE}").pl().cast(dict(rows.schema))
    key = contract.primary_key()
    assert back.sort(key).equals(rows.with_columns(pl.col(pl.Enum).cast(pl.String)).cast(dict(rows.schema)).sort(key))


def test_the_data_dictionary_is_current():
    assert TARGET.read_text("utf-8") == dictionary(), "stale: run `python -m warehouse.dictionary`"


def test_no_migration_was_edited():
    kept = dict(reversed(line.split()) for line in (FOLDER / "checksums.txt").read_text("utf-8").splitlines())
    came = {m.path.name: hashlib.sha256(m.path.read_bytes()).hexdigest() for m in migrations()}
    assert came == kept, "a migration is history: undo the edit and write a new one; append `sha256sum FILE` of a new one"


def test_every_file_of_tables_is_in_the_list_of_contracts():
    files = [contract.__module__.rsplit(".", 1)[-1] for contract in CONTRACTS]
    assert sorted([*files, "__init__", "contract"]) == TABLES_MODULES


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.TABLE)
def test_a_contract_says_of_its_rows_what_the_loader_can_keep(contract: type[Contract]):
    above, columns = lineage(contract)[:-1], set(contract.column_names())
    assert set(contract.RETOLD) | {key for table in above[-1:] for key in table.primary_key()} <= columns
    assert contract.HAS_KEY_INDEX or Pages in above, "only what comes with a new page comes once: give it an index or PARENT"


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.TABLE)
def test_every_column_says_what_it_means(contract: type[Contract]):
    silent = [name for name, column in contract.columns().items() if not column.description]
    assert not silent, f"{contract.TABLE}: give {silent} a description"
