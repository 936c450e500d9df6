"""One staged batch into the raw store and the warehouse: bytes first, then all rows and the ledger in one transaction."""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.loading.fates import Fates, fates_of
from tasks.planning.batches import PageBatch
from tasks.raw_store.staging import NOT_PLACED
from tasks.raw_store.store import Position, RawStore
from tasks.staging.staged_batch import StagedBatch
from warehouse.connection import Connection
from warehouse.errors import BroadsheetError
from warehouse.prepared import keep_prepared
from warehouse.raw_positions import pointers_of, positions_of
from warehouse.sql_text import texts
from warehouse.staged_tables import PlacedPage, StagedPage, StagedTables, pages_in
from warehouse.tables import Pages
from warehouse.upsert import known_pages, load_batch


@dataclass(slots=True, weakref_slot=True)
class LoadedBatch:
    """What became of a batch."""

    fates: Fates
    inserted: dict[str, int] = field(default_factory=dict)  # rows by table
    found_again: int = 0  # known pages whose file was gone: they point to where this batch found their bytes
    seconds: float = 0.0


def load(connection: Connection, raw_store: RawStore, batch: PageBatch, staged: StagedBatch) -> LoadedBatch:
    """Load what was staged, but for pages that the warehouse has; the batch's files are gone afterwards, but for what is prepared.

    A refused batch leaves its verdict and a reject row per page, and no entry in ops.inputs: the next run tries again.
    """
    clock = time.monotonic()
    known = known_among(connection, staged)
    fates = fates_of(staged.fates, known)
    pages = pages_in(connection, staged.tables[Pages.TABLE]) if Pages.TABLE in staged.tables else []
    lost = _lost(connection, raw_store, known)
    fresh = [page for page in pages if page.page_id not in known]
    moved = [page for page in pages if page.page_id in lost]
    positions = _stored(connection, raw_store, staged, {page.digest for page in (*fresh, *moved)})
    tables = StagedTables(
        files=staged.tables,
        known=known,
        placed=_placed(raw_store, fresh, positions),
        moved=_placed(raw_store, moved, positions),
        batch=ledger_entry(batch, staged, fates),
    )
    try:
        inserted = load_batch(connection, tables)
    except BroadsheetError:
        raw_store.discard_uncommitted()
        raise
    raw_store.mark_committed()
    _remove(staged.tables.values())
    if staged.prepared:
        keep_prepared(connection, staged.prepared, f"SELECT unnest({texts(page.page_id for page in fresh)})")
    return LoadedBatch(fates, inserted, len(moved), time.monotonic() - clock)


def known_among(connection: Connection, staged: StagedBatch) -> frozenset[str]:
    """The page_ids of the batch that the warehouse has."""
    return frozenset(known_pages(connection, [fate.page_id for fate in staged.fates if fate.page_id]))


def discard(staged: StagedBatch) -> None:
    """Remove the tables of a batch that is staged once more."""
    _remove([*staged.tables.values(), *([staged.prepared] if staged.prepared else [])])


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink()


def _lost(connection: Connection, raw_store: RawStore, known: Collection[str]) -> set[str]:
    """Known pages of the batch whose bytes are no longer where raw.pages says."""
    return {page_id for page_id, at in pointers_of(connection, known).items() if not raw_store.holds(*at)}


def _stored(connection: Connection, raw_store: RawStore, staged: StagedBatch, kept: set[str]) -> dict[str, Position]:
    """Where the bytes to keep lie now, by digest; the staged ones are gone."""
    positions = {digest: at for digest, at in positions_of(connection, kept).items() if raw_store.holds(*at)}
    for file in staged.files:
        positions |= raw_store.append(file.path, [record for record in file.records if record.digest in kept], positions)
        file.path.unlink()
    return positions


def _placed(raw_store: RawStore, pages: Iterable[StagedPage], positions: Mapping[str, Position]) -> list[PlacedPage]:
    """Where raw.pages finds them: in the raw store, or in the user's own files."""
    pointers: dict[str, str] = {}  # of the user's files: few, and asked of the disk
    placed = []
    for page in pages:
        if page.warc_uri == NOT_PLACED:
            placed.append(PlacedPage(page.page_id, *positions[page.digest]))
        else:
            pointer = pointers.get(page.warc_uri) or raw_store.pointer(page.warc_uri)
            pointers[page.warc_uri] = pointer
            placed.append(PlacedPage(page.page_id, pointer, page.warc_offset))
    return placed


def ledger_entry(batch: PageBatch, staged: StagedBatch, fates: Fates) -> Mapping[str, Any]:
    """The row of ops.batches."""
    return {
        "batch_id": batch.batch_id,
        "run_id": batch.run_id,
        "name": batch.name,
        "state": "refused" if staged.refusal else "loaded",
        "started_at": staged.started_at,
        "ended_at": datetime.now(UTC),
        "seen_count": len(staged.fates),
        "loaded_count": fates.loaded,
        "known_count": fates.known,
        "rejected_count": fates.rejected.total(),
        "byte_count": staged.byte_count,
        "attempt_count": staged.attempts,
        "dissect_seconds": staged.steps.extract,
        "shape_seconds": staged.steps.transform,
        "judge_seconds": staged.steps.validate,
    }
