"""Batches for the warehouse: random rows that keep every contract, tied together by their pages."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from warehouse.tables import Articles, Batches, Checks, Contract, Credits, Evidence, Images, Inputs, Pages, Rejects
from warehouse.tables.contract import sample

Frames = dict[type[Contract], pl.DataFrame]
OF_PAGES = (Articles, Credits, Images, Evidence)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def make_batch() -> Callable[..., Frames]:
    def make(pages: int = 5, seed: int = 0) -> Frames:
        captures = sample(Pages, pages, seed=seed)
        ids = captures.get_column("page_id")
        of_pages = {table: sample(table, pages, seed=seed).with_columns(page_id=ids) for table in OF_PAGES}
        ledger = {table: sample(table, 2, seed=seed) for table in (Batches, Inputs, Rejects, Checks)}
        return {Pages: captures, **of_pages, **ledger}

    return make
