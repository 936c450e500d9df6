"""One batch into the raw store and the warehouse: bytes first, then all rows and the ledger in one transaction."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from expectations.quarantine import JudgedBatch
from tasks.loading.fates import Fates, fates_of
from tasks.raw_store.store import RawStore
from tasks.shaping.checks import shape_checks
from tasks.shaping.ledger import shape_batch, shape_inputs
from tasks.shaping.pages import place_captures
from tasks.shaping.rejects import expectation_rejects, refused_rejects
from tasks.workers.outcome import DissectedBatch
from warehouse.connection import Connection
from warehouse.raw_positions import positions_of
from warehouse.tables import Articles, Batches, Checks, Contract, Inputs, Pages, Rejects
from warehouse.upsert import load_batch


@dataclass(slots=True, weakref_slot=True)
class LoadedBatch:
    """What became of a batch."""

    fates: Fates
    inserted: dict[str, int] = field(default_factory=dict)  # rows by table
    warnings: Counter[str] = field(default_factory=Counter)  # expectations that were not met and only warn
    refusal: str | None = None


def load(
    connection: Connection, raw_store: RawStore, batch: DissectedBatch, judged: JudgedBatch, known: set[str]
) -> LoadedBatch:
    """Load what was accepted; `known` are the page_ids of the batch that the warehouse has.

    A refused batch leaves its verdict and a reject row per page, and no entry in ops.inputs: the next run tries again.
    """
    if judged.refusal:
        return _refuse(connection, batch, judged, known)
    pages = judged.accepted[Pages]
    staged = [o.capture.staged for o in batch.outcomes if o.capture and o.capture.staged]
    kept = set(pages.get_column("digest"))
    positions = raw_store.append([record for record in staged if record.digest in kept], positions_of(connection, kept))
    refused = {row["page_id"]: row["expectation"] for row in judged.rejects if row["table_name"] == Articles.TABLE}
    fates = fates_of(batch, known, refused)
    frames: dict[type[Contract], pl.DataFrame] = {
        **judged.accepted,
        Pages: place_captures(pages, positions),
        Rejects: pl.concat([judged.accepted[Rejects], expectation_rejects(judged.rejects, batch)]),
        Checks: shape_checks(judged.checks, batch),
        Inputs: shape_inputs(batch),
        Batches: _ledger_entry(batch, "loaded", fates),
    }
    inserted = load_batch(connection, frames)
    raw_store.discard_staged(staged)
    return LoadedBatch(fates, inserted, Counter(judged.warnings))


def _refuse(connection: Connection, batch: DissectedBatch, judged: JudgedBatch, known: set[str]) -> LoadedBatch:
    assert judged.refusal
    fates = fates_of(batch, known, {})
    refused = Fates(known=fates.known, rejected=Counter({"batch_refused": fates.loaded + fates.rejected.total()}))
    frames: dict[type[Contract], pl.DataFrame] = {
        Rejects: refused_rejects(batch, judged.refusal),
        Checks: shape_checks(judged.checks, batch),
        Batches: _ledger_entry(batch, "refused", refused),
    }
    return LoadedBatch(refused, load_batch(connection, frames), Counter(judged.warnings), judged.refusal)


def _ledger_entry(batch: DissectedBatch, state: str, fates: Fates) -> pl.DataFrame:
    return shape_batch(batch, state, loaded=fates.loaded, known=fates.known, rejected=fates.rejected.total())
