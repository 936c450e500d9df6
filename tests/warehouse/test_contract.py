import polars as pl
import pytest

from warehouse.errors import ContractBroken
from warehouse.tables import CONTRACTS, Contract, Credits, Images
from warehouse.tables.contract import Rule, conform, polars_schema, rules, sample


def test_conform_puts_the_columns_in_the_order_of_the_contract():
    shuffled = sample(Images, 3).select(reversed(Images.column_names()))
    assert conform(shuffled, Images).columns == Images.column_names()


def test_conform_takes_lazy_frames():
    assert conform(sample(Images, 3).lazy(), Images).equals(sample(Images, 3))


def test_conform_names_every_missing_surplus_and_mistyped_column():
    wrong = sample(Images, 1).drop("url").with_columns(pl.col("position").cast(pl.Int64), colour=pl.lit("red"))
    with pytest.raises(ContractBroken) as refusal:
        conform(wrong, Images)
    for part in ("url: expected String, missing", "colour: not expected", "position: expected Int32, came as Int64"):
        assert part in str(refusal.value)


def test_conform_leaves_what_is_wrong_with_rows_to_the_expectations():
    assert conform(sample(Images, 1).with_columns(url=pl.lit("")), Images).height == 1


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.TABLE)
def test_sample_rows_keep_their_contract(contract: type[Contract]):
    rows = sample(contract, 20)
    assert rows.schema == polars_schema(contract)
    assert contract.is_valid(rows)


def test_columns_that_promise_the_same_share_a_rule():
    assert rules(Credits) == [
        Rule("complete", ("page_id", "role", "position", "name", "as_printed", "run_id")),
        Rule("unique", ("page_id", "role", "position")),
        Rule("matches", ("page_id", "run_id"), regex="^[0-9a-f]{16}$"),
        Rule("between", ("position",), least=1),
        Rule("length", ("name",), least=1, most=1000),
        Rule("length", ("as_printed",), least=1),
    ]
