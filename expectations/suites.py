"""The suites: what is expected of each table of a page beyond its contract, and what is measured for it.

The suite of core.credits is expectations/credits.py: EXPECTATIONS, and `measure` where they judge more than columns.

Rows are measured in Polars, vectorised, and judged in Great Expectations: a measure is a column that exists only while
its table is judged, such as `title_is_site_name` or `largest_body_share`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import PAGE_FAMILY, Contract
from warehouse.tables.contract import name_of

Frames = Mapping[type[Contract], pl.DataFrame]


def _as_it_is(frame: pl.DataFrame, _related: Frames) -> pl.DataFrame:
    return frame


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations of one table, and the measures that they judge by."""

    table: type[Contract]
    expectations: list[gxe.Expectation]
    measure: Callable[[pl.DataFrame, Frames], pl.DataFrame] = _as_it_is


def _suite(table: type[Contract]) -> Suite:
    """The suite in the file of the table's name. Raises ModuleNotFoundError where there is none."""
    file = import_module(f"expectations.{name_of(table)}")
    return Suite(table, file.EXPECTATIONS, getattr(file, "measure", _as_it_is))


SUITES: tuple[Suite, ...] = tuple(_suite(table) for table in PAGE_FAMILY)


def suite_of(table: type[Contract]) -> Suite | None:
    """The suite of a table; None for a table of the ledger, whose rows are ours and are judged by its contract alone."""
    return next((suite for suite in SUITES if suite.table is table), None)
