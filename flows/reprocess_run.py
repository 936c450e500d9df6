"""One reprocess: which captures are read again, what came of them so far, and the proposal that it ends with."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime

from expectations.docs_index import DocsIndex
from flows import stop
from flows.ingest_run import watching
from flows.progress import Silent
from flows.selection import Selection, captures
from flows.settings import Settings
from flows.summary import IngestSummary
from flows.taking_over import alone
from flows.version import extractor
from tasks.loading.batch import ledger_entry
from tasks.loading.fates import fates_of
from tasks.planning.batches import PageBatch
from tasks.raw_store.reading import KeptRef
from tasks.reprocessing import proposal
from tasks.reprocessing.captures import batches_of, kept_ref
from tasks.reprocessing.prepare_changed import prepare_changed
from tasks.shaping.ledger import shape_entry
from tasks.staging.stage_tables import stage_tables
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.order import WorkOrder
from warehouse.reprocess import compare
from warehouse.tables import Batches, Runs
from warehouse.version import VERSION


class ReprocessRun:
    """Open for the time of one reprocess. Nothing of the warehouse changes: it reads the snapshot, and writes beside it."""

    def __init__(self, settings: Settings, selection: Selection, limit: int | None) -> None:
        self.settings = settings
        self.home = settings.absolute_home
        self.selection = selection
        self.run_id = secrets.token_hex(8)
        self.started_at = datetime.now(UTC)
        self.docs = DocsIndex(self.home, self.run_id)
        self.summary = IngestSummary(run_id=self.run_id)
        self.refs = self._select(limit)
        self._clock = time.monotonic()

    @classmethod
    @contextmanager
    def begin(cls, settings: Settings, selection: Selection, limit: int | None) -> "Iterator[ReprocessRun]":
        """Choose the captures, and make room for the proposal. Raises WarehouseBusy where another reprocess is under way."""
        with alone(settings.absolute_home):
            run = cls(settings, selection, limit)
            proposal.begin(run.home)
            run.tell()
            yield run

    def order(self) -> WorkOrder:
        """What workers are told: rows go beside the proposal, which takes over those of batches that are whole."""
        return replace(self.settings.work_order(), tables_to=proposal.staging_of(self.home))

    def batches(self, workers: int) -> Iterator[PageBatch]:
        """The captures, batch by batch; ends early where a stop is asked for."""
        share = -(-len(self.refs) // (2 * max(1, workers)))
        for batch in batches_of(self.refs, self.run_id, min(self.settings.batch_pages, max(share, 1))):
            if stop.requested.is_set():
                self.summary.is_interrupted = True
                return
            yield batch

    def keep(self, batch: PageBatch, staged: StagedBatch) -> None:
        """Count a batch, and enter it in the proposal; what a refused one has staged is removed."""
        summary, fates = self.summary, fates_of(staged.fates, ())
        self.docs.add(staged.docs)
        if staged.refusal:
            proposal.leave_out(staged)
            summary.refused.append(f"{batch.name}: {staged.refusal}")
        else:
            proposal.take_in(self.home, staged)
            entry = shape_entry(Batches, ledger_entry(batch, staged, fates))
            stage_tables(proposal.folder_of(self.home), batch.staging_name, {Batches: entry})
        summary.batches += 1
        summary.seen += len(staged.fates)
        summary.read += len(staged.fates)
        summary.loaded += fates.loaded
        summary.rejected.update(fates.rejected)
        summary.warnings.update(staged.warnings.keys())
        summary.done_bytes += staged.byte_count
        summary.seconds = time.monotonic() - self._clock
        self.tell()

    def tell(self) -> None:
        """Let whoever watches know how far it is."""
        for watcher in watching or [Silent()]:
            watcher.saw(self.summary)

    def finish(self) -> "proposal.Proposal":
        """Compare with the snapshot, and make the proposal whole."""
        self.docs.finish()
        files = proposal.files_of(self.home)
        stage_tables(proposal.folder_of(self.home), "run", {Runs: shape_entry(Runs, self._record())})
        count, taken_over = compare(self.home, files, self.run_id, proposal.changes_file(self.home), proposal.differing_file(self.home))
        prepare_changed(self.home)
        made = proposal.Proposal(
            run_id=self.run_id,
            extractor=extractor(),
            started_at=self.started_at.isoformat(timespec="seconds"),
            selection=asdict(self.selection),
            seen=self.summary.seen,
            articles=self.summary.loaded,
            rejected=dict(self.summary.rejected),
            refused=tuple(self.summary.refused),
            changes=count,
            taken_over=taken_over,
        )
        proposal.complete(self.home, made)
        return made

    def _select(self, limit: int | None) -> list[KeptRef]:
        rows = captures(self.home, self.selection)[:limit]
        self.summary.total_bytes = sum(row["byte_count"] for row in rows)
        return [kept_ref(self.home, row) for row in rows]

    def _record(self) -> dict[str, object]:
        """The row of ops.runs, written where the proposal is taken over."""
        return {
            "run_id": self.run_id,
            "flow": "reprocess_pages",
            "flow_run_url": None,
            "state": "completed",
            "started_at": self.started_at,
            "ended_at": datetime.now(UTC),
            "paths": [],
            "parameters": json.dumps(asdict(self.selection)),
            "seen_count": self.summary.seen,
            "loaded_count": self.summary.loaded,
            "known_count": 0,
            "rejected_count": self.summary.rejected_count,
            "version": VERSION,
            "passed_over_count": None,
            "passed_over": None,
            "extractor": extractor(),
        }
