"""The main job: crawled pages become rows of the warehouse, every page accounted for."""

from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Cancelled, Completed
from pydantic import Field

from flows import stop
from flows.batches_ahead import staged_batches, whole
from flows.cli import KINDS
from flows.ingest_run import IngestRun
from flows.settings import read_settings
from tasks.finish_batch import finish_batch
from tasks.load_tables import load_tables
from tasks.loading.batch import discard, known_among
from tasks.planning.batches import PageBatch
from tasks.publish_snapshot import publish_snapshot
from tasks.report_run import RunProgress, report_if_heard
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.pool import WorkerPool


def run_name() -> str:
    """ingest crawl-2025-03.warc.gz +2: what a list of runs in the UI has room for."""
    first, *others = flow_run.parameters["paths"] or ["nothing"]
    return f"ingest {Path(first).name or first}" + (f" +{len(others)}" if others else "")


@flow(name="ingest-pages", flow_run_name=run_name, persist_result=False)
def ingest_pages(
    paths: Annotated[list[str], Field(min_length=1)],
    home: str | None = None,
    source: Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})] | None = None,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
    batch_pages: Annotated[int, Field(ge=1, le=5000)] | None = None,
    limit: Annotated[int, Field(ge=1)] | None = None,
) -> State[dict[str, object]]:
    """Extract, transform, validate and load the pages under `paths` that the warehouse does not know yet.

    Returns the counts of the run, as the data of its state: a call gives them, or raises CancelledRun where a stop was
    asked for. Raises NothingLoaded where every page was rejected, BatchRefused where a batch was; what was loaded stays
    loaded. A run that was stopped or killed is finished by the next one over the same paths.

    Args:
        paths: Files and folders to load, as the worker's machine knows them; relative ones are relative to the checkout.
        home: Folder of the warehouse, the raw store and Data Docs. Without: BROADSHEET_HOME, or broadsheet-data.
        source: Read every path as this kind. Without: each file is recognised.
        workers: Worker processes, 1 to 256. Without: BROADSHEET_WORKERS, or one per core.
        batch_pages: Pages in a batch at most, 1 to 5000: two task runs. Without: BROADSHEET_BATCH_PAGES, or 1000.
        limit: Stop after this many pages; the next run goes on after them. Without: all.
    """
    settings = read_settings(home=home, workers=workers, batch_pages=batch_pages)
    progress = RunProgress()
    with (
        stop.on_signals(),
        WorkerPool(settings.workers, settings.work_order()) as pool,
        IngestRun.begin(settings, paths, source=source, limit=limit, flow_run_url=flow_run_url(), tell=say_and_log) as run,
    ):
        progress.move(run.summary.share_done, run.summary.line())
        for batch, staged in staged_batches(run.batches(), pool, settings.workers, lambda: run.docs.documented):
            load_one(run, pool, batch, staged)
            progress.move(run.summary.share_done, run.summary.line())
            if run.is_snapshot_due():
                publish_snapshot(run.connection, run.home, settings.snapshots_kept)
        run.end()
        publish_snapshot(run.connection, run.home, settings.snapshots_kept)
        report_if_heard(run.report())
    get_run_logger().info("%s", run.summary.line())
    if run.summary.is_interrupted:  # a state, not an exception: Prefect would call that a crash
        return Cancelled(message=f"Stopped between two batches, the next run goes on from there: {run.summary.line()}")
    run.raise_for_outcome()
    return Completed(message=run.summary.line(), data=run.summary.as_dict())


def say_and_log(message: str) -> None:
    """Tell whoever started the run: at the terminal, or in the UI."""
    stop.say(message)
    get_run_logger().info("%s", message)


def flow_run_url() -> str | None:
    """This run's page in the UI; None where the server is the run's own and has none."""
    return flow_run.ui_url if get_current_settings().server.ui.enabled else None


def load_one(run: IngestRun, pool: WorkerPool, batch: PageBatch, staged: StagedBatch) -> None:
    """Load one batch, then count it. One that is refused is judged by what is new in it: a worker cannot know what the warehouse has."""
    if staged.refusal and (known := known_among(run.connection, staged)):
        discard(staged)
        staged = finish_batch(batch.name, whole(batch), pool, run.docs.documented, whole(known))
    run.docs.add(staged.docs)
    loaded = load_tables(batch.name, run.connection, run.raw_store, whole(batch), whole(staged))
    run.settled(batch, staged, loaded)
