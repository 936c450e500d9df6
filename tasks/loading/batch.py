"""One batch into the raw store and the warehouse: bytes first, then all rows and the ledger in one transaction."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from expectations.judgement import JudgedBatch
from tasks.loading.fates import Fates, fates_of
from tasks.raw_store.store import Position, RawStore
from tasks.shaping.ledger import shape_batch, shape_inputs
from tasks.shaping.pages import place_captures, shape_pages
from tasks.shaping.rejects import refused_rejects
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.connection import Connection
from warehouse.errors import BroadsheetError
from warehouse.raw_positions import pointers_of, positions_of
from warehouse.tables import Articles, Batches, Checks, Contract, Inputs, Pages, Rejects
from warehouse.upsert import load_batch


@dataclass(slots=True, weakref_slot=True)
class LoadedBatch:
    """What became of a batch."""

    fates: Fates
    inserted: dict[str, int] = field(default_factory=dict)  # rows by table
    tried_again: int = 0  # pages that the next run takes up again
    refusal: str | None = None
    found_again: int = 0  # known pages whose file was gone: they point to where this batch found their bytes


def load(connection: Connection, raw_store: RawStore, batch: DissectedBatch, judged: JudgedBatch, known: set[str]) -> LoadedBatch:
    """Load what was accepted; `known` are the page_ids of the batch that the warehouse has.

    A refused batch leaves its verdict and a reject row per page, and no entry in ops.inputs: the next run tries again.
    """
    if judged.refusal:
        return _refuse(connection, batch, judged, known)
    pages, lost = judged.frames[Pages], _lost(connection, raw_store, batch, known)
    kept = {*pages.get_column("digest"), *(lost.get_column("digest") if lost is not None else ())}
    there = {digest: at for digest, at in positions_of(connection, kept).items() if raw_store.holds(*at)}
    positions = _stored(raw_store, batch, there, kept)
    fates = fates_of(batch, known, _refused_articles(judged))
    frames: dict[type[Contract], pl.DataFrame] = {
        **judged.frames,
        Pages: _placed(raw_store, pages, positions),
        Rejects: pl.concat([judged.frames[Rejects], judged.rejects]).unique("reject_id", maintain_order=True),
        Checks: judged.checks,
        Inputs: shape_inputs(batch),
        Batches: _ledger_entry(batch, "loaded", fates),
    }
    try:
        inserted = load_batch(connection, frames, None if lost is None else _placed(raw_store, lost, positions))
    except BroadsheetError:
        raw_store.discard_uncommitted()
        raise
    raw_store.mark_committed()
    return LoadedBatch(fates, inserted, _tried_again(batch), found_again=0 if lost is None else lost.height)


def _tried_again(batch: DissectedBatch) -> int:
    return sum(outcome.failed_attempts is not None for outcome in batch.outcomes)


def _lost(connection: Connection, raw_store: RawStore, batch: DissectedBatch, known: set[str]) -> pl.DataFrame | None:
    """Known pages of the batch whose bytes are no longer where raw.pages says, as rows that say where they are here."""
    gone = [page_id for page_id, at in pointers_of(connection, known).items() if not raw_store.holds(*at)]
    return shape_pages(batch).filter(pl.col("page_id").is_in(gone)) if gone else None


def _placed(raw_store: RawStore, pages: pl.DataFrame, positions: dict[str, Position]) -> pl.DataFrame:
    placed = place_captures(pages, positions)
    paths = placed.get_column("warc_uri").unique().to_list()
    return placed.with_columns(pl.col("warc_uri").replace({path: raw_store.pointer(path) for path in paths if path.startswith("/")}))


def _stored(raw_store: RawStore, batch: DissectedBatch, known: dict[str, Position], kept: set[str]) -> dict[str, Position]:
    """Where the bytes of the batch lie now, by digest; its staging files are gone."""
    positions = dict(known)
    for file in batch.staged:
        positions |= raw_store.append(file.path, [record for record in file.records if record.digest in kept], positions)
        file.path.unlink()
    return positions


def _refuse(connection: Connection, batch: DissectedBatch, judged: JudgedBatch, known: set[str]) -> LoadedBatch:
    fates = fates_of(batch, known, {})
    refused = Fates(known=fates.known, rejected=Counter({"batch_refused": fates.loaded + fates.rejected.total()}))
    frames: dict[type[Contract], pl.DataFrame] = {
        Rejects: refused_rejects(batch, judged.refusal or ""),
        Checks: judged.checks,
        Batches: _ledger_entry(batch, "refused", refused),
    }
    for file in batch.staged:
        file.path.unlink()
    return LoadedBatch(refused, load_batch(connection, frames), refusal=judged.refusal)


def _refused_articles(judged: JudgedBatch) -> dict[str, str]:
    """page_id -> expectation, for articles that were not accepted, or whose page was not."""
    rows = judged.rejects.filter(pl.col("table_name").is_in([Articles.TABLE, Pages.TABLE]))
    return dict(rows.select("page_id", "expectation").iter_rows())


def _ledger_entry(batch: DissectedBatch, state: str, fates: Fates) -> pl.DataFrame:
    return shape_batch(batch, state, loaded=fates.loaded, known=fates.known, rejected=fates.rejected.total())
