"""The only code that runs Great Expectations. Importing it costs 3 s, so callers import it late, see quarantine.py.

Scope follows from the expectation itself: a row rule judges each row without `mostly`; whatever judges a share, a
maximum, a median or uniqueness of a whole column is a batch rule. `meta={"from_rows": n}` keeps a batch rule from
judging batches that are too small for it to mean anything.
"""

import logging
import warnings
from collections.abc import Mapping
from functools import cache
from threading import RLock
from typing import Any

import polars as pl

from expectations.judgement import Judgement
from expectations.result_rows import ROW, check_of, examples, label_of, objections_of, split_rows
from expectations.words import wanted
from warehouse.tables import Contract
from warehouse.tables.contract import expect_columns

with warnings.catch_warnings():  # GX 1.24 imports what pandas and pydantic have deprecated; nobody here can act on it
    warnings.simplefilter("ignore")
    import great_expectations as gx
    import pandas as pd
    from great_expectations.expectations.expectation import (
        ColumnMapExpectation,
        ColumnPairMapExpectation,
        MulticolumnMapExpectation,
    )
    from tqdm.std import tqdm

    from expectations.kept_configurations import configurations_kept
    from expectations.structure import structural
    from expectations.suites import suite_of

tqdm.set_lock(
    RLock()
)  # of GX's progress bars, which are off: their own is a semaphore of the system that a killed worker would leave behind

MAP_EXPECTATIONS = (ColumnMapExpectation, ColumnPairMapExpectation, MulticolumnMapExpectation)
RESULT_FORMAT = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [ROW],
    "return_unexpected_index_query": False,
}
CHATTY = ("great_expectations", "great_expectations.data_context.types.base")  # the second sets a level of its own
JUDGED_CHARS = 2048  # no rule asks for more of a text; whole bodies would fill results and Data Docs
_judging = RLock()  # GX keeps sources, batches and metrics in one place per context


def judge(table: type[Contract], frame: pl.DataFrame, *, related: Mapping[type[Contract], pl.DataFrame] | None = None) -> Judgement:
    """Judge the rows of one table of one batch, by its contract and by its suite.

    `related` are the batch's other tables that its suite measures against. Raises ContractBroken if the frame has not
    the contract's columns, or if an expectation could not be computed; a refusal is returned, not raised.
    """
    prepare(table)
    expect_columns(frame, table)
    if frame.is_empty():
        return Judgement(*split_rows(frame, []), [])
    expectations = [e for e in _expectations(table) if frame.height >= (e.meta or {}).get("from_rows", 0)]
    result = _run(table, _as_pandas(_measured(table, frame, related or {}), expectations), expectations)
    checks, findings, refusals = [], [], []
    by_label = {label_of(e.configuration): e for e in expectations}
    for outcome in result.results:  # in an order of GX's own
        expectation = by_label[label_of(outcome.expectation_config)]
        check = check_of(table.TABLE, expectation, outcome, scope=scope_of(expectation), rows=frame.height)
        if check["severity"] == "critical" and not check["is_success"]:
            if check["scope"] == "row":
                found = objections_of(outcome, frame)
                check["observed"] = examples(finding.detail for finding in found) or check["observed"]
                findings += found
            else:
                expected = wanted(outcome.expectation_config)
                refusals.append(f"{check['expectation']}: expected {expected}, came {check['observed']} on {table.TABLE}. {check['notes']}")
        checks.append(check)
    accepted, rejected = split_rows(frame, findings)
    return Judgement(accepted, rejected, checks, "; ".join(refusals) or None, result)


def prepare(table: type[Contract]) -> None:
    """Build what judging a table needs, so that the first batch does not wait for it."""
    with _judging:
        _expectations(table)
        _batch_definition(table)


def scope_of(expectation: Any) -> str:
    """`row` or `batch`, as ops.checks has it."""
    return "row" if isinstance(expectation, MAP_EXPECTATIONS) and expectation.mostly == 1 else "batch"


@cache
def _context() -> Any:
    """One ephemeral context a process: it writes nothing, reads no configuration, and sends nothing anywhere."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


@cache
def _batch_definition(table: type[Contract]) -> Any:
    source = _context().data_sources.add_pandas(table.TABLE)
    return source.add_dataframe_asset(table.TABLE).add_batch_definition_whole_dataframe("batch")


@cache
def _expectations(table: type[Contract]) -> tuple[Any, ...]:
    suite = suite_of(table)
    return (*structural(table), *(suite.expectations if suite else ()))


def _measured(table: type[Contract], frame: pl.DataFrame, related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    suite = suite_of(table)
    return suite.measure(frame, {table: frame} | dict(related)) if suite else frame


def _as_pandas(frame: pl.DataFrame, expectations: list[Any]) -> "pd.DataFrame":
    """Only the columns that are judged; lists as their lengths, since only their absence is; texts cut."""
    judged = {column for e in expectations for column in columns_of(e)}
    nested = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return (
        frame.select(pl.col(name).list.len() if name in nested else pl.col(name) for name in frame.columns if name in judged)
        .with_columns(pl.col(pl.Enum).cast(pl.String))
        .with_columns(pl.col(pl.String).str.head(JUDGED_CHARS))
        .with_row_index(ROW)
        .to_pandas()
    )


def columns_of(expectation: Any) -> list[str]:
    """The columns that an expectation names."""
    named = (getattr(expectation, field, None) for field in ("column", "column_A", "column_B"))
    return [*(name for name in named if name), *(getattr(expectation, "column_list", None) or [])]


def _run(table: type[Contract], frame: "pd.DataFrame", expectations: list[Any]) -> Any:
    suite = gx.ExpectationSuite(name=table.TABLE)
    suite.expectations = list(expectations)
    with _judging, warnings.catch_warnings(), configurations_kept():
        warnings.simplefilter("ignore")
        batch = _batch_definition(table).get_batch(batch_parameters={"dataframe": frame})
        result = batch.validate(suite, result_format=RESULT_FORMAT)
    for outcome in result.results:  # GX 1.24 cannot render the numpy scalars that it observes
        if hasattr(value := outcome.result.get("observed_value"), "item"):
            outcome.result["observed_value"] = value.item()
    return result
