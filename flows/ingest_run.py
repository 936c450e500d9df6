"""One run of the main job: what it holds open, what it counts, and how it ends."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from expectations.docs_index import DocsIndex
from flows import stop
from flows.loaders import opened_loader
from flows.outcome import refuse_what_gave_nothing, refuse_what_has_no_page
from flows.progress import Silent, Watcher
from flows.publish_pace import PublishPace
from flows.settings import Settings
from flows.summary import IngestSummary
from flows.version import extractor
from tasks.loading.batch import LoadedBatch
from tasks.loading.loader import Loader
from tasks.planning.batch_sizes import BatchSizes
from tasks.planning.batches import PageBatch, plan_batches
from tasks.planning.survey import Survey, survey
from tasks.report_run import RunReport
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tasks.sources.printable import openable
from tasks.staging.staged_batch import StagedBatch
from warehouse.errors import ClusterUnusable, StorageFailed, WarehouseUnusable
from warehouse.ledger import KnownStretch, known_inputs
from warehouse.queries import unmet_checks
from warehouse.version import VERSION
from warehouse.watch import rejects_of_run

watching: list[Watcher] = []  # who sees progress; the command line puts itself here
looked: list[Survey] = []  # what the command line has found; a run that nobody looked for looks for itself


class IngestRun:
    """Open for the time of one run: the loader's connection, the raw store, the counts."""

    def __init__(
        self, settings: Settings, loader: Loader, run_id: str, paths: list[str], source: str | None, limit: int | None,
        flow_run_url: str | None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.loader = loader
        self.connection = loader.connection
        self.home = settings.absolute_home
        self.paths = paths
        self.source = source
        self.limit = limit
        self.flow_run_url = flow_run_url
        self.run_id = run_id
        self.started_at = datetime.now(UTC)
        self.docs = DocsIndex(self.home, run_id)
        self.summary = IngestSummary(run_id=run_id)
        self.todo = Survey()
        self.below: Path | None = None  # of which the paths are parts
        self.given_up: ClusterUnusable | None = None  # why the run ended with work left
        self.is_heard = True  # whether the server, where somebody looks at one, has taken the report
        self.pace = PublishPace(settings.snapshot_seconds)
        self._clock = time.monotonic()

    @classmethod
    @contextmanager
    def begin(
        cls,
        settings: Settings,
        paths: list[str],
        *,
        source: str | None,
        limit: int | None,
        flow_run_url: str | None,
        tell: Callable[[str], None] = stop.say,
        below: str | None = None,
    ) -> "Iterator[IngestRun]":
        """Wait for the warehouse, tidy up after a run that was killed, and record that this one runs. Waiting is told to `tell`."""
        run_id = secrets.token_hex(8)
        with opened_loader(
            settings, run_id, stop.waiting(settings.lake or settings.absolute_home, settings.lock_wait_seconds, tell)
        ) as loader:
            run = cls(settings, loader, run_id, paths, source, limit, flow_run_url)
            loader.tidy_up()
            run.below = None if below is None else Path(openable(below))
            run.todo = todo = run.survey()
            run.summary.total_bytes, run.summary.limit = todo.pending_bytes, limit
            run.summary.seen = run.summary.known = todo.known_pages
            run.summary.passed_over.update(todo.passed_over)
            run._record("running")
            run.tell()
            try:
                yield run
            except BaseException as error:
                run._record_end_by(error)
                raise

    def survey(self) -> Survey:
        """How much there is to do, without reading a page. Raises SourceUnreadable for a path that is not there."""
        if looked:
            return looked[-1].again(self._known)
        passed = Tally()
        return survey(discover([Path(openable(path)) for path in self.paths], passed, self.below), self._known, self.source, passed)

    def batches(self, slots: Callable[[], int]) -> Iterator[PageBatch]:
        """What is still to do, in batches for so many workers; ends early, between two batches, where a stop is asked for."""
        sizes = BatchSizes(self.settings.batch_pages, slots, self.todo.pending_bytes)
        planned = plan_batches(
            self.todo.pending, plan, self._known, run_id=self.run_id, batch_pages=sizes.next, limit=self.limit
        )  # fmt: skip
        for batch in planned:
            sizes.planned(batch)
            if stop.requested.is_set():
                self.summary.is_interrupted = True
                return
            self.summary.plan(len(batch.pieces), batch.byte_share)
            yield batch
        self.summary.is_planned = True

    def look(self, pages_read: int) -> None:
        """Workers have read so many pages more, of batches that are not whole yet."""
        self.summary.look(pages_read, time.monotonic() - self._clock)
        self.tell()

    def settled(self, batch: PageBatch, staged: StagedBatch, loaded: LoadedBatch) -> None:
        """Count a batch that was loaded or refused, and let whoever watches know."""
        summary = self.summary
        summary.batches += 1
        summary.seen += len(staged.fates)
        summary.settle(len(batch.pieces), batch.byte_share)
        summary.loaded += loaded.fates.loaded
        summary.known += loaded.fates.known
        summary.rejected.update(loaded.fates.rejected)
        summary.tried_again += staged.tried_again
        summary.warnings.update(staged.warnings.keys())
        for stretch in batch.stretches:
            summary.passed_over.update(stretch.passed_over)
        summary.rows.update(loaded.inserted)
        summary.refused.extend([f"{batch.name}: {staged.refusal}"] if staged.refusal else [])
        summary.seconds = time.monotonic() - self._clock
        took = staged.steps
        summary.add_steps(
            batch.name, len(staged.fates), extract=took.extract, transform=took.transform, validate=took.validate, load=loaded.seconds
        )
        self.tell()

    def tell(self) -> None:
        """Let whoever watches know how far the run is; also one that finds no batch to do, since another run did it meanwhile."""
        for watcher in watching or [Silent()]:
            watcher.saw(self.summary)

    def give_up(self, error: ClusterUnusable) -> None:
        """Batches can be carried no more; the next run goes on. Whoever asked for a stop has got it."""
        self.summary.is_interrupted, self.given_up = True, None if stop.requested.is_set() else error

    def report(self) -> RunReport:
        """What the Prefect UI shows of it."""
        unmet, judged = unmet_checks(self.connection, self.run_id), self.summary.rows["ops.checks"]
        docs_url = self.settings.docs_url or (self.home / "data_docs" / "index.html").as_uri()
        counts, steps, rejects = self.summary.counts(), self.summary.step_rows(), rejects_of_run(self.connection, self.run_id)
        return RunReport(self.run_id, counts, steps, rejects, unmet, judged, docs_url, self.home)

    def end(self) -> None:
        """Finish Data Docs and record how the run went."""
        self.docs.finish()
        self.summary.seconds = time.monotonic() - self._clock
        self._record("interrupted" if self.summary.is_interrupted else "completed")
        self.tell()

    def raise_for_outcome(self) -> None:
        """Raises SourceUnreadable, BatchRefused or NothingLoaded where an operator must look."""
        refuse_what_has_no_page(self.todo.files, self.summary.passed_over, self.paths)
        refuse_what_gave_nothing(self.summary)

    def _known(self, keys: list[str]) -> dict[str, list[KnownStretch]]:
        return known_inputs(self.connection, keys)

    def _record_end_by(self, error: BaseException) -> None:
        """Record that `error` ends the run. Where the disk refuses that, too, `error` stays what is told of the run."""
        try:
            self._record("failed" if isinstance(error, Exception) else "interrupted")  # Ctrl-C, or cancelled in the UI
        except (StorageFailed, WarehouseUnusable) as second:  # the next run marks this one as interrupted
            error.add_note(f"That the run ended could not be recorded: {second}")

    def _record(self, state: str) -> None:
        given = {"source": self.source, "limit": self.limit} | self.settings.model_dump(mode="json", exclude={"home"})
        row = {
            "run_id": self.run_id, "flow": "ingest_pages", "flow_run_url": self.flow_run_url, "state": state, "started_at": self.started_at,
            "ended_at": None if state == "running" else datetime.now(UTC), "paths": self.paths, "parameters": json.dumps(given),
            "version": VERSION, "extractor": extractor(),
        }  # fmt: skip
        self.loader.record_run(row | self.summary.run_columns())
