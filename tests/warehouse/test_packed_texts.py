"""Long texts take little room in the file: as the contracts say it, and in warehouses that were there before."""

from pathlib import Path

import polars as pl
import pytest

from warehouse.connection import Connection, open_loader
from warehouse.tables import CONTRACTS, Contract
from warehouse.tables.contract import LONG_TEXT, sample

LONG = [(contract, name) for contract in CONTRACTS for name, column in contract.columns().items() if column.metadata == LONG_TEXT]
TEXT = "The ferry to the islands stays in port until the wind drops, the harbour office said on Tuesday. "


def compressions(con: Connection, contract: type[Contract], column: str) -> set[str]:
    found = con.execute(f"SELECT DISTINCT compression FROM pragma_storage_info('{contract.TABLE}') "
                        f"WHERE column_name = '{column}' AND segment_type = 'VARCHAR'")  # fmt: skip
    return {name for (name,) in found.fetchall()}


@pytest.mark.parametrize(("contract", "column"), LONG, ids=lambda each: each if isinstance(each, str) else each.TABLE)
def test_a_long_text_is_packed_in_the_file(home: Path, contract: type[Contract], column: str):
    rows = sample(contract, 400).with_columns(pl.Series(column, [f"{number} {TEXT}" * 9 for number in range(400)]))
    with open_loader(home) as con:
        con.register("incoming", rows)
        con.execute(f"INSERT INTO {contract.TABLE} BY NAME SELECT * FROM incoming; CHECKPOINT")
        assert compressions(con, contract, column) == {"ZSTD"}
