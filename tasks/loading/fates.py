"""Every page of a batch has one fate: loaded, already known, or rejected for a reason. Their sum is the pages seen."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Contract


@dataclass(slots=True)
class Fates:
    """Pages of one batch by fate."""

    loaded: int = 0
    known: int = 0
    rejected: Counter[str] = field(default_factory=Counter)  # by reason


def fates_of(batch: DissectedBatch, known: Collection[str], refused: Mapping[str, str]) -> Fates:
    """`known`: page_ids that the warehouse has; `refused`: page_id -> expectation for articles that were not accepted."""
    fates, met = Fates(), set(known)
    for outcome in batch.outcomes:
        page_id = outcome.capture.page_id if outcome.capture else None
        if page_id in met:
            fates.known += 1
        elif outcome.reason:
            fates.rejected[outcome.reason] += 1
        elif page_id and page_id in refused:
            fates.rejected[f"expectation:{refused[page_id]}"] += 1
        else:
            fates.loaded += 1
        met.update([page_id] if page_id else [])
    return fates


def without_known(frames: Mapping[type[Contract], pl.DataFrame], known: Collection[str]) -> dict[type[Contract], pl.DataFrame]:
    """The frames without rows of pages that the warehouse has; rows of no page, such as an unreadable file, stay."""
    is_new = ~pl.col("page_id").is_in(list(known)) | pl.col("page_id").is_null()
    return {table: frame.filter(is_new) for table, frame in frames.items()}
