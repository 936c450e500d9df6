"""Batches for the warehouse: random rows that keep every contract, tied together by their pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.exports import HOSTILE, publish_hostile
from tests.warehouse.staging import LakeConnection
from warehouse.connection import Connection, open_loader
from warehouse.lake.attach import open_lake
from warehouse.tables import PAGE_FAMILY, Articles, Batches, Checks, Contract, Inputs, Pages, Rejects, Statements
from warehouse.tables.contract import sample

Frames = dict[type[Contract], pl.DataFrame]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(params=["file", "lake"])
def con(request: pytest.FixtureRequest, home: Path) -> "Iterator[Connection | LakeConnection]":
    """A loader's connection, to the file of a home and to a lake: the same rows load the same way."""
    if request.param == "lake":
        address = request.getfixturevalue("lake")
        with open_lake(address) as connection:
            yield LakeConnection(connection, address)
        return
    with open_loader(home) as connection:
        yield connection


@pytest.fixture
def make_batch() -> Callable[..., Frames]:
    def make(pages: int = 5, seed: int = 0) -> Frames:
        captures = sample(Pages, pages, seed=seed)
        ids = captures.get_column("page_id")
        of_pages = {table: sample(table, pages, seed=seed).with_columns(page_id=ids) for table in PAGE_FAMILY if table is not Pages}
        said = of_pages[Articles].select(text=pl.col("body").str.head(1)).to_series()
        of_pages[Statements] = of_pages[Statements].with_columns(said, start_offset=pl.lit(0, pl.Int32), end_offset=pl.lit(1, pl.Int32))
        ledger = {table: sample(table, 2, seed=seed) for table in (Batches, Inputs, Rejects, Checks)}
        return {Pages: captures, **of_pages, **ledger}

    return make


@pytest.fixture
def published(home: Path, make_batch: Callable[..., Frames]) -> Path:
    """A home whose texts are after a spreadsheet."""
    return publish_hostile(home, make_batch(pages=len(HOSTILE)))
