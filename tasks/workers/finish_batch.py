"""A batch from references to files that are ready to be committed: read, shaped, judged and staged in one worker."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from expectations.data_docs import document
from expectations.judgement import JudgedBatch
from expectations.quarantine import judge_batch
from tasks.planning.batches import PageBatch
from tasks.shaping.ledger import shape_inputs
from tasks.shaping.rejects import refused_rejects
from tasks.shaping.tables import Frames, shape_batch_tables
from tasks.staging.prepare import prepare_articles
from tasks.staging.stage_in_store import stage_in_store
from tasks.staging.stage_tables import stage_frame, stage_tables
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.attempts import count_attempts
from tasks.workers.dissect_batch import dissect_batch
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.work import Documented, Known
from warehouse.tables import Articles, Checks, Contract, Inputs, Pages, Rejects


def finish_batch(batch: PageBatch, order: WorkOrder, documented: Documented, known: Known = frozenset()) -> StagedBatch:
    """Everything but the commit; rows of `known` pages are neither judged nor staged. Pages that hang or break are rejects.

    Raises StorageFailed, ContractBroken.
    """
    return finish_dissected(dissect_batch(batch, order), order, documented, known)


def finish_dissected(dissected: DissectedBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    """The same of a batch whose pages have been read."""
    batch, clock = dissected.batch, time.monotonic()
    shaped, frames = shape_batch_tables(count_attempts(dissected), order.extractor)
    transform, clock = time.monotonic() - clock, time.monotonic()
    judged = judge_batch(_without(known, frames), run_id=batch.run_id, batch_id=batch.batch_id)
    checks, docs = document(order.home, batch.run_id, batch.name, judged, documented, is_first=batch.number == 1)
    to_load = _to_load(shaped, judged, checks)
    if judged.refusal:
        for file in shaped.staged:
            file.path.unlink()
    files = () if judged.refusal else tuple(shaped.staged)
    stored = stage_in_store(order.store, batch.staging_name, to_load, files) if order.store else None
    return StagedBatch(
        tables={} if stored else stage_tables(order.tables_folder, batch.staging_name, to_load),
        files=() if stored else files,
        prepared=_prepared(batch, order, to_load),
        stored=stored,
        fates=_fates(shaped, judged),
        started_at=shaped.started_at or datetime.now(UTC),
        steps=Steps(shaped.seconds, transform, time.monotonic() - clock),
        byte_count=sum(capture.byte_count for _, capture in shaped.captured()),
        tried_again=sum(outcome.failed_attempts is not None for outcome in shaped.outcomes),
        warnings=judged.warnings,
        refusal=judged.refusal,
        docs=docs,
        attempts=shaped.attempts,
    )


def _prepared(batch: PageBatch, order: WorkOrder, to_load: Mapping[type[Contract], pl.DataFrame]) -> Path | None:
    """What the flow need not compute of the articles, where they go into a file; None where that is not so, or there are none."""
    if order.store or order.tables_to or Articles not in to_load or to_load[Articles].is_empty():
        return None
    return stage_frame(order.tables_folder / f"{batch.staging_name}.prepared.parquet", prepare_articles(to_load[Articles]))


def _without(known: Known, frames: Frames) -> Frames:
    """The frames without rows of these pages; rows of no page, such as an unreadable file, stay."""
    is_new = ~pl.col("page_id").is_in(list(known)) | pl.col("page_id").is_null()
    return {table: frame.filter(is_new) for table, frame in frames.items()} if known else frames


def _to_load(batch: DissectedBatch, judged: JudgedBatch, checks: pl.DataFrame) -> Mapping[type[Contract], pl.DataFrame]:
    """A refused batch leaves its verdict and a reject for each page, and no entry in ops.inputs: the next run tries again."""
    if judged.refusal:
        return {Rejects: refused_rejects(batch, judged.refusal), Checks: checks}
    rejects = pl.concat([judged.frames[Rejects], judged.rejects]).unique("reject_id", maintain_order=True)
    return {**judged.frames, Rejects: rejects, Checks: checks, Inputs: shape_inputs(batch)}


def _fates(batch: DissectedBatch, judged: JudgedBatch) -> tuple[PageFate, ...]:
    if judged.refusal:
        return tuple(PageFate(outcome.capture.page_id if outcome.capture else None, "batch_refused") for outcome in batch.outcomes)
    rows = judged.rejects.filter(pl.col("table_name").is_in([Articles.TABLE, Pages.TABLE]))
    refused = {page_id: f"expectation:{name}" for page_id, name in rows.select("page_id", "expectation").iter_rows()}
    return tuple(
        PageFate(page_id, outcome.reason or refused.get(page_id or ""))
        for outcome in batch.outcomes
        for page_id in [outcome.capture.page_id if outcome.capture else None]
    )
