"""A contract's structural rules as expectations of Great Expectations.

Columns that promise the same thing are judged by one expectation: each costs about 6 ms whatever the number of rows, and
the five tables of a batch make 70 promises. The expectations below do for several columns what GX has for one.
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

from warehouse.tables.contract import Contract, Rule, rules


class RowsComplete(MulticolumnMapMetricProvider):
    """Whether no column of a row is null."""

    condition_metric_name = "multicolumn_values.complete"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series:
        return column_list.notna().all(axis=1)


class RowsMatchRegex(MulticolumnMapMetricProvider):
    """Whether every value of a row matches; nulls do."""

    condition_metric_name = "multicolumn_values.match_regex"
    condition_domain_keys = RowsComplete.condition_domain_keys
    condition_value_keys = ("regex",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, *, regex: str, **_: Any) -> pd.Series:
        return column_list.apply(lambda c: c.isna() | c.str.contains(regex, na=False)).all(axis=1)


class RowsBetween(MulticolumnMapMetricProvider):
    """Whether every number of a row, or the length of every text, is within bounds; nulls are."""

    condition_metric_name = "multicolumn_values.within"
    condition_domain_keys = RowsComplete.condition_domain_keys
    condition_value_keys = ("least", "most", "of_length")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls, column_list: pd.DataFrame, *, least: float | None, most: float | None, of_length: bool, **_: Any
    ) -> pd.Series:
        sizes = column_list.apply(lambda c: c.str.len()) if of_length else column_list
        too_small = sizes.lt(least) if least is not None else False
        too_big = sizes.gt(most) if most is not None else False
        return ~pd.DataFrame(too_small | too_big, index=sizes.index).any(axis=1)


class ExpectRowsToBeComplete(MulticolumnMapExpectation):
    """No column of `column_list` is null."""

    map_metric: ClassVar[str] = "multicolumn_values.complete"
    ignore_row_if: str = "never"


class ExpectRowsToMatchRegex(MulticolumnMapExpectation):
    """Every value of `column_list` matches `regex`, or is null."""

    regex: str
    ignore_row_if: str = "never"
    map_metric: ClassVar[str] = "multicolumn_values.match_regex"
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "regex")
    args_keys: ClassVar[tuple[str, ...]] = ("column_list", "regex")


class ExpectRowsToBeWithin(MulticolumnMapExpectation):
    """Every number of `column_list`, or the length of every text, is from `least` to `most`, or null."""

    least: float | None = None
    most: float | None = None
    of_length: bool = False
    ignore_row_if: str = "never"
    map_metric: ClassVar[str] = "multicolumn_values.within"
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "least", "most", "of_length")
    args_keys: ClassVar[tuple[str, ...]] = ("column_list", "least", "most", "of_length")


def structural(contract: type[Contract]) -> list[gxe.Expectation]:
    """The contract's rules, each critical: a row that breaks one could not be loaded."""
    return [_expectation(rule) for rule in rules(contract)]


def _expectation(rule: Rule) -> gxe.Expectation:
    told: dict[str, Any] = {"severity": "critical", "notes": "The contract of the table says so."}
    return _of_one(rule, told) if len(rule.columns) == 1 else _of_several(rule, told)


def _of_one(rule: Rule, told: dict[str, Any]) -> gxe.Expectation:
    told["column"] = rule.columns[0]
    match rule.kind:
        case "complete":
            return gxe.ExpectColumnValuesToNotBeNull(**told)
        case "unique":
            return gxe.ExpectColumnValuesToBeUnique(**told)
        case "matches":
            return gxe.ExpectColumnValuesToMatchRegex(regex=rule.regex, **told)
        case "length":
            return gxe.ExpectColumnValueLengthsToBeBetween(min_value=rule.least, max_value=rule.most, **told)
        case "between":
            return gxe.ExpectColumnValuesToBeBetween(min_value=rule.least, max_value=rule.most, **told)


def _of_several(rule: Rule, told: dict[str, Any]) -> gxe.Expectation:
    told["column_list"] = list(rule.columns)
    match rule.kind:
        case "complete":
            return ExpectRowsToBeComplete(**told)
        case "unique":
            return gxe.ExpectCompoundColumnsToBeUnique(ignore_row_if="never", **told)
        case "matches":
            return ExpectRowsToMatchRegex(regex=rule.regex, **told)
        case "length":
            return ExpectRowsToBeWithin(least=rule.least, most=rule.most, of_length=True, **told)
        case "between":
            return ExpectRowsToBeWithin(least=rule.least, most=rule.most, **told)
