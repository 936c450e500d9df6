"""ops.rejects from the pages of a batch that carry no article."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl

from tasks.pages.outcome import PageOutcome
from tasks.shaping.records import records_frame
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Rejects
from warehouse.tables.contract import conform


def shape_rejects(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: ops.rejects, one row per page without an article, each with its reason."""
    return reject_frame((_record(outcome) for outcome in batch.outcomes if outcome.reason), batch)


def refused_rejects(batch: DissectedBatch, refusal: str) -> pl.DataFrame:
    """ops.rejects for a batch that was refused as a whole: every page of it, so that none is lost."""
    return reject_frame(
        (
            _record(outcome)
            | {"table_name": "raw.pages", "reason": "batch_refused", "detail": refusal, "expectation": refusal.split(":")[0]}
            for outcome in batch.outcomes
        ),
        batch,
    )


def reject_frame(records: Iterable[Mapping[str, Any]], batch: DissectedBatch) -> pl.DataFrame:
    """Records as ops.rejects of this batch; the same refusal has the same reject_id in every run."""
    given = [dict(record) | {"reject_id": _reject_id(record)} for record in records]
    return (
        records_frame(given, Rejects, without=("run_id", "batch_id", "rejected_at", "replayed_at"))
        .unique("reject_id", keep="first", maintain_order=True)
        .with_columns(
            run_id=pl.lit(batch.batch.run_id),
            batch_id=pl.lit(batch.batch.batch_id),
            rejected_at=pl.lit(datetime.now(UTC)),
            replayed_at=pl.lit(None, dtype=pl.Datetime("us", "UTC")),
        )
        .pipe(conform, Rejects)
    )


def _record(outcome: PageOutcome) -> dict[str, Any]:
    capture = outcome.capture
    return {
        "page_id": capture.page_id if capture else None,
        "url": capture.url if capture else outcome.ref.url,
        "source_uri": outcome.ref.uri,
        "source_offset": outcome.ref.offset,
        "table_name": "core.articles" if capture else "raw.pages",
        "reason": outcome.reason,
        "detail": outcome.detail,
        "expectation": None,
        "row_json": None,
    }


def _reject_id(record: Mapping[str, Any]) -> str:
    parts = (str(record[k]) for k in ("source_uri", "source_offset", "table_name", "reason", "expectation", "page_id", "row_json"))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
