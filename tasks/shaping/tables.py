"""All tables of a batch; a page that cannot be shaped costs itself and no other."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import polars as pl

from tasks.pages.outcome import PageOutcome
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.errors import ContractBroken
from warehouse.tables import PAGE_FAMILY, Contract, Evidence, Rejects
from warehouse.tables.contract import name_of

Frames = dict[type[Contract], pl.DataFrame]
Shaper = Callable[[DissectedBatch], pl.DataFrame]


def _shaper(table: type[Contract]) -> Shaper:
    """shape_credits of tasks/shaping/credits.py for core.credits. Raises ModuleNotFoundError where there is none."""
    shape: Shaper = getattr(import_module(f"tasks.shaping.{name_of(table)}"), f"shape_{name_of(table)}")
    return shape


SHAPED: tuple[type[Contract], ...] = (*PAGE_FAMILY, Rejects)
SHAPERS: dict[type[Contract], Shaper] = {table: _shaper(table) for table in SHAPED}


def frames_of(batch: DissectedBatch, extractor: str) -> Frames:
    """One frame per table; `extractor` names the deciding code. Raises whatever Polars says of a value that no column can hold."""
    frames = {table: shape(batch) for table, shape in SHAPERS.items()}
    return frames | {Evidence: frames[Evidence].with_columns(extractor=pl.lit(extractor))}


def shape_batch_tables(
    batch: DissectedBatch, extractor: str, shape: Callable[[DissectedBatch, str], Frames] = frames_of
) -> tuple[DissectedBatch, Frames]:
    """One frame per table, and the batch they are of: without culprits, where it cannot be shaped as a whole. Raises ContractBroken."""
    try:
        return batch, shape(batch, extractor)
    except ContractBroken:
        raise  # our own mistake: no page could be shaped
    except Exception:  # noqa: BLE001 - what dissection let through: nobody foresaw it, and the batch must not stop the run
        sound = replace(batch, outcomes=[_alone(batch, outcome, extractor, shape) for outcome in batch.outcomes])
        return sound, shape(sound, extractor)


def _alone(batch: DissectedBatch, outcome: PageOutcome, extractor: str, shape: Callable[[DissectedBatch, str], Frames]) -> PageOutcome:
    """The outcome, or its refusal where it cannot be shaped on its own either; its capture is not kept, since that may be the reason."""
    try:
        shape(replace(batch, outcomes=[outcome]), extractor)
    except Exception as error:  # noqa: BLE001 - as above
        return PageOutcome(outcome.ref, reason="shaping_failed", detail=f"{type(error).__name__}: {error}"[:500])
    return outcome
