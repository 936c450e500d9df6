"""Homes that are made once and looked at by all tests of the explorer."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.explorer.hostile import batch, hostile_batch, published, stand_in
from tests.explorer.site import Site, exploring
from warehouse.tables import Articles

PAGES = 250  # more than a table shows at once


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile") / "home"
    published(home, hostile_batch())
    stand_in(home)
    return home


@pytest.fixture(scope="session")
def hostile(hostile_home: Path) -> Iterator[Site]:
    with exploring(hostile_home) as site:
        yield site


@pytest.fixture(scope="session")
def wide_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("wide") / "home"
    frames = batch(PAGES)
    frames[Articles] = frames[Articles].with_columns(title="ferry " + pl.col("title"))
    published(home, frames)
    stand_in(home)
    return home


@pytest.fixture(scope="session")
def wide(wide_home: Path) -> Iterator[Site]:
    with exploring(wide_home) as site:
        yield site
