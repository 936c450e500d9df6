"""The suites, an explicit list: what is expected of each table beyond its contract, and what is measured for it.

Rows are measured in Polars, vectorised, and judged in Great Expectations: a measure is a column that exists only while
its table is judged, such as `title_is_site_name` or `largest_body_share`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import great_expectations.expectations as gxe
import polars as pl

from expectations import articles, articles_measures, credits, evidence, images, listing_items, pages, repairs, statements
from warehouse.tables import Articles, Contract, Credits, Evidence, Images, ListingItems, Pages, Repairs, Statements

Frames = Mapping[type[Contract], pl.DataFrame]


def _as_it_is(frame: pl.DataFrame, _related: Frames) -> pl.DataFrame:
    return frame


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations of one table, and the measures that they judge by."""

    table: type[Contract]
    expectations: list[gxe.Expectation]
    measure: Callable[[pl.DataFrame, Frames], pl.DataFrame] = _as_it_is


SUITES: tuple[Suite, ...] = (
    Suite(Pages, pages.EXPECTATIONS, pages.measure),
    Suite(Articles, articles.EXPECTATIONS, articles_measures.measure),
    Suite(Credits, credits.EXPECTATIONS),
    Suite(Images, images.EXPECTATIONS, images.measure),
    Suite(ListingItems, listing_items.EXPECTATIONS, listing_items.measure),
    Suite(Statements, statements.EXPECTATIONS, statements.measure),
    Suite(Evidence, evidence.EXPECTATIONS, evidence.measure),
    Suite(Repairs, repairs.EXPECTATIONS, repairs.measure),
)


def suite_of(table: type[Contract]) -> Suite | None:
    """The suite of a table; None for a table of the ledger, whose rows are ours and are judged by its contract alone."""
    return next((suite for suite in SUITES if suite.table is table), None)
