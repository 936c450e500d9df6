"""Homes that are made once and looked at by all tests of the explorer."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.explorer.hostile import batch, hostile_batch, published
from tests.explorer.site import Site, exploring
from warehouse.tables import Articles, ListingItems

PAGES = 250  # more than a table shows at once


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile") / "home"
    published(home, hostile_batch())
    return home


@pytest.fixture(scope="session")
def hostile(hostile_home: Path) -> Iterator[Site]:
    with exploring(hostile_home) as site:
        yield site


@pytest.fixture(scope="session")
def wide_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("wide") / "home"
    frames = batch(PAGES)
    is_ferry = pl.int_range(pl.len()) % 5 > 0
    frames[Articles] = frames[Articles].with_columns(
        lang=pl.lit("en"),
        title="ferry " + pl.col("title"),
        body=pl.when(is_ferry).then(pl.lit("The Ferry is late. ")).otherwise(pl.lit("The bridge is closed. ")) + pl.col("body"),
        body_folded=pl.when(is_ferry).then(pl.lit("the ferry is late.")).otherwise(pl.lit("the bridge is closed.")),
        title_folded=pl.when(is_ferry).then(pl.lit("ferry boat")).otherwise(pl.lit("bridge")),
    )
    frames[ListingItems] = frames[ListingItems].with_columns(headline="ferry " + pl.col("headline"), headline_folded=pl.lit("ferry boat"))
    published(home, frames)
    return home


@pytest.fixture(scope="session")
def wide(wide_home: Path) -> Iterator[Site]:
    with exploring(wide_home) as site:
        yield site
