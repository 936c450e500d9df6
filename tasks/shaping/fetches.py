"""ops.fetches and core.outlets: what a harvest writes down, and for whom."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from tasks.shaping.records import records_frame
from warehouse.tables.contract import conform
from warehouse.tables.fetches import Fetches
from warehouse.tables.outlets import Outlets


def shape_fetches(records: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """In: one record per request. Out: ops.fetches, one row each."""
    return records_frame(records, Fetches).pipe(conform, Fetches)


def shape_outlets(records: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """In: one record per outlet of sources.toml. Out: core.outlets, one row each."""
    return records_frame(records, Outlets).pipe(conform, Outlets)
