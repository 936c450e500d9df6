"""A contract's structural rules as expectations of Great Expectations: one for the key, one for everything else.

An expectation costs 6 to 8 ms whatever the number of rows, and the five tables of a batch make some 80 promises about
single columns: judged one by one they would cost more than extracting ten pages.
"""

from typing import Any, ClassVar

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

from expectations.promises import promises_of
from warehouse.tables.contract import Contract, Rule


class RowsKeepContract(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Whether every value of a row is what the contract of its table promises."""

    condition_metric_name = "multicolumn_values.keep_contract"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    condition_value_keys = ("table_name",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, *, table_name: str, **_: Any) -> pd.Series:
        kept = pd.Series(True, index=column_list.index)
        for promise in promises_of(table_name):
            for column in promise.columns:
                kept &= _keeps(column_list[column], promise)
        return kept


class ExpectRowsToKeepTheirContract(MulticolumnMapExpectation):  # type: ignore[misc]
    """Every value is what the contract in warehouse/tables promises: present, of the right form, within its bounds."""

    table_name: str
    ignore_row_if: str = "never"
    map_metric: ClassVar[str] = "multicolumn_values.keep_contract"
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "table_name")
    args_keys: ClassVar[tuple[str, ...]] = ("column_list", "table_name")


def structural(contract: type[Contract]) -> list[gxe.Expectation]:
    """The contract's rules, each critical: a row that breaks one could not be loaded."""
    promised = promises_of(contract.TABLE)
    key = [str(column) for column in contract.primary_key()]
    notes = f"The key of {contract.TABLE}: {contract.GRAIN}."
    unique: gxe.Expectation = (
        gxe.ExpectColumnValuesToBeUnique(column=key[0], severity="critical", notes=notes)
        if len(key) == 1
        else gxe.ExpectCompoundColumnsToBeUnique(column_list=key, ignore_row_if="never", severity="critical", notes=notes)
    )
    return [
        unique,
        ExpectRowsToKeepTheirContract(
            column_list=list(dict.fromkeys(column for rule in promised for column in rule.columns)),
            table_name=contract.TABLE,
            severity="critical",
            notes="What the contract promises of each value; docs/data_dictionary.md lists it.",
        ),
    ]


def _keeps(values: pd.Series, promise: Rule) -> pd.Series:
    """Which values keep a promise; nulls keep all but `complete`."""
    least, most, absent = promise.least, promise.most, values.isna()
    match promise.kind:
        case "complete":
            return ~absent
        case "matches":
            return absent | values.astype("string").str.contains(promise.regex, regex=True).fillna(True)
        case "length":
            values = values.astype("string").str.len()
    return absent | (values >= (least if least is not None else values)) & (values <= (most if most is not None else values))
