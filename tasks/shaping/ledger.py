"""ops.runs, ops.batches and ops.inputs: what makes a load idempotent, written in the transaction that loads."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl

from tasks.shaping.records import records_frame
from tasks.sources.printable import printable
from tasks.workers.outcome import DissectedBatch
from warehouse.tables import Batches, Inputs, Runs
from warehouse.tables.contract import conform


def shape_inputs(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: ops.inputs, one row per stretch of a file that the batch deals with."""
    given = [
        {
            "input_key": stretch.file.key,
            "fingerprint": stretch.file.fingerprint,
            "start_offset": stretch.start,
            "end_offset": stretch.end,
            "is_last": stretch.is_last,
            "page_count": stretch.page_count,
            "batch_id": batch.batch.batch_id,
            "path": printable(stretch.file.path),
            "passed_over": json.dumps(stretch.passed_over),
        }
        for stretch in batch.batch.stretches
    ]
    return records_frame(given, Inputs).pipe(conform, Inputs)


def shape_batch(batch: DissectedBatch, state: str, *, loaded: int, known: int, rejected: int) -> pl.DataFrame:
    """ops.batches, the one row of this batch."""
    ended_at = datetime.now(UTC)
    given = {
        "batch_id": batch.batch.batch_id,
        "run_id": batch.batch.run_id,
        "name": batch.batch.name,
        "state": state,
        "started_at": batch.started_at or ended_at,
        "ended_at": ended_at,
        "seen_count": len(batch.outcomes),
        "loaded_count": loaded,
        "known_count": known,
        "rejected_count": rejected,
        "byte_count": sum(o.capture.byte_count for o in batch.outcomes if o.capture),
        "attempt_count": batch.attempts,
        "dissect_seconds": batch.seconds,
    }
    return records_frame([given], Batches).pipe(conform, Batches)


def shape_run(row: Mapping[str, Any]) -> pl.DataFrame:
    """ops.runs, the one row of a run."""
    return records_frame([row], Runs).pipe(conform, Runs)
