"""Homes of rows that keep their contracts: plain ones, and such as strangers would write, in every column that takes a text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from tests.warehouse.staging import load_frames
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot
from warehouse.tables import (
    PAGE_FAMILY,
    Batches,
    Checks,
    Contract,
    Evidence,
    Inputs,
    ListingItems,
    Pages,
    Rejects,
    Runs,
)
from warehouse.tables.contract import sample

TURN, ISOLATE, ESCAPE = "\u202e", "\u2066", "\x1b]0;owned\x07"
HOSTILE = (
    f"=1+1 {TURN}lave{ISOLATE}{ESCAPE}</td></table></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>"
    """"'>{{ 7*7 }} $page_id `rm`"""
)
HOSTILE_URL = "javascript:alert(1)//</a><img src=x onerror=alert(1)>"
SHARP_URL = 'https://evil.example/?q="><img src=x onerror=alert(1)>'
PAGES = 3
Frames = Mapping[type[Contract], pl.DataFrame]


def batch(pages: int, seed: int = 0) -> dict[type[Contract], pl.DataFrame]:
    """Rows that keep their contracts, tied together by their pages."""
    captures = sample(Pages, pages, seed=seed)
    ids = captures.get_column("page_id")
    of_pages = {table: sample(table, pages, seed=seed).with_columns(page_id=ids) for table in PAGE_FAMILY if table is not Pages}
    ledger = {table: sample(table, pages, seed=seed) for table in (Batches, Inputs, Rejects, Checks, Runs)}
    ledger[Checks] = ledger[Checks].with_columns(is_success=pl.lit(False))
    return {Pages: captures, **of_pages, **ledger}


def hostile_batch(pages: int = PAGES) -> dict[type[Contract], pl.DataFrame]:
    """The same, a stranger's text in every column that takes one."""
    return {contract: frame.with_columns(*_hostile(contract)) for contract, frame in batch(pages).items()}


def published(home: Path, frames: Frames) -> Path:
    """Load and publish them."""
    with open_loader(home) as con:
        load_frames(con, frames)
        return publish_snapshot(con, home)


def _hostile(contract: type[Contract]) -> list[pl.Expr]:
    return [
        pl.lit(_text(contract, name), dtype=dtype).alias(name)
        for name, dtype in sample(contract, 1).schema.items()
        if _takes_text(contract, name, dtype)
    ]


def _takes_text(contract: type[Contract], name: str, dtype: Any) -> bool:
    is_free = getattr(contract.columns()[name], "regex", None) is None and name not in contract.primary_key()
    return is_free and (dtype == pl.String or (isinstance(dtype, pl.List) and name != "hosts"))


def _text(contract: type[Contract], name: str) -> Any:
    if name in ("tags", "quality_flags", "paths"):
        return [HOSTILE]
    if name == "candidates":
        return [{"source": HOSTILE, "value": HOSTILE, "verdict": HOSTILE}] if contract is Evidence else [{"text": HOSTILE, "share": 0.5}]
    if name == "parameters" or name == "passed_over":
        return "{}"
    if name.endswith("url"):
        return SHARP_URL if contract is ListingItems else HOSTILE_URL
    return {"row_json": f'["{HOSTILE}"]'}.get(name, HOSTILE)
