"""The main job: crawled pages become rows of the warehouse, every page accounted for."""

import gc
from collections.abc import Callable
from functools import partial
from typing import Annotated

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Cancelled, Completed
from pydantic import Field

from flows import events, stop
from flows.batches_ahead import staged_batches, whole
from flows.carriers import carrier_of
from flows.cli import KINDS
from flows.healing import tried_again
from flows.ingest_run import IngestRun
from flows.relating import relate_loaded
from flows.run_name import NamedByOutcome, outcome, run_name
from flows.settings import Settings, read_settings
from flows.summary import IngestSummary
from tasks.finish_batch import finish_batch
from tasks.load_tables import load_tables
from tasks.planning.batches import PageBatch
from tasks.publish_snapshot import publish_snapshot
from tasks.report_run import report_if_heard, today_if_heard
from tasks.show_progress import RunProgress
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.carrier import Carrier
from warehouse.connection import SNAPSHOT_FILE, Connection
from warehouse.errors import ClusterUnusable
from warehouse.ledger import is_published
from warehouse.watch import news, snapshot_file, today


@flow(name="ingest-pages", flow_run_name=run_name, persist_result=False)
def ingest_pages(
    paths: Annotated[list[str], Field(min_length=1)],
    home: str | None = None,
    source: Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})] | None = None,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
    batch_pages: Annotated[int, Field(ge=1, le=5000)] | None = None,
    limit: Annotated[int, Field(ge=1)] | None = None,
    below: str | None = None,
) -> State[dict[str, object]]:
    """Extract, transform, validate and load the pages under `paths` that the warehouse does not know yet.

    Returns the counts of the run, as the data of its state: a call gives them, or raises CancelledRun where a stop was
    asked for. Raises NothingLoaded where every page was rejected, BatchRefused where a batch was; what was loaded stays
    loaded. A run that was stopped or killed is finished by the next one over the same paths, and so is one that raises ClusterUnusable,
    since there is no cluster to carry its batches.

    Args:
        paths: Files and folders to load, as the worker's machine knows them; relative ones are relative to the checkout.
        home: Folder of the warehouse, the raw store and Data Docs. Without: BROADSHEET_HOME, or broadsheet-data.
        source: Read every path as this kind. Without: each file is recognised.
        workers: Worker processes, 1 to 256. Without: BROADSHEET_WORKERS, or one per core.
        batch_pages: Pages in a batch at most, 1 to 5000: two task runs. Without: BROADSHEET_BATCH_PAGES, or 1000.
        limit: Stop after this many pages; the next run goes on after them. Without: all.
        below: The folder of which the paths are parts, as of a shard: pages without an address are named by their place in it.
    """
    settings = read_settings(home=home, workers=workers, batch_pages=batch_pages)
    with tried_again(), NamedByOutcome(run_name()) as named, stop.on_signals():
        run = load_pages(settings, paths, source, limit, below, begun=lambda summary: named.by(partial(outcome, summary)))
        named.is_heard = run.is_heard
        if run.summary.is_interrupted:  # a state, not an exception: Prefect would call that a crash
            return Cancelled(message=f"Stopped between two batches, the next run goes on from there: {run.summary.line()}")
        run.raise_for_outcome()
        nothing = f"Nothing new: all {run.todo.known_pages} pages in {run.todo.files} files are known."
        return Completed(message=run.summary.line() if run.todo.pending else nothing, data=run.summary.as_dict())


def load_pages(
    settings: Settings,
    paths: list[str],
    source: str | None = None,
    limit: int | None = None,
    below: str | None = None,
    begun: Callable[[IngestSummary], None] = lambda _: None,
) -> IngestRun:
    """What is new under `paths`, batch by batch, then a snapshot and a report; the run that has ended. A harvest ends with it, too.

    Raises ClusterUnusable where there is work left that nobody carries.
    """
    with IngestRun.begin(settings, paths, source=source, limit=limit, flow_run_url=flow_run_url(), tell=say_and_log, below=below) as run:
        begun(run.summary)
        if run.todo.pending:  # no worker is started for nothing, as most is that a schedule asks for
            with carrier_of(settings, settings.work_order(), say_and_log) as carrier:
                load_batches(run, carrier)
        relate_loaded(run, say_and_log)
        run.end()
        if run.loader.is_file and (run.todo.pending or not is_published(run.connection, run.home)):
            publish(run)
        get_run_logger().info("%s", run.summary.line())
        run.is_heard = report(run)
    if run.given_up:
        raise run.given_up
    return run


def say_and_log(message: str) -> None:
    """Tell whoever started the run: at the terminal, or in the UI."""
    stop.say(message)
    get_run_logger().info("%s", message)


def is_heard() -> bool:
    """Whether the server is one that somebody looks at: that of a run's own has no UI."""
    return get_current_settings().server.ui.enabled


def flow_run_url() -> str | None:
    """This run's page in the UI."""
    return flow_run.ui_url if is_heard() else None


def load_batches(run: IngestRun, carrier: Carrier) -> None:
    """Every batch that is to do, and a snapshot now and then; as many as a cluster carries."""
    progress = RunProgress()
    gc.collect()
    gc.freeze()  # all that is there stays: else what Prefect leaves in cycles waits until it is a quarter of that, some 50 MB

    def show(*, is_last: bool = False) -> None:
        progress.move(run.summary.share_done, run.summary.progress_line(), is_last=is_last)

    def look() -> None:
        run.look(carrier.pages_read())
        show()

    show()
    try:
        for batch, staged in staged_batches(run.batches(lambda: carrier.slots), carrier, lambda: run.docs.documented, look):
            look()  # what workers have told of this batch is told no more once it is counted
            load_one(run, carrier, batch, staged)
            show()
            if run.loader.is_file and run.pace.is_due():
                publish(run)
    except ClusterUnusable as error:
        run.give_up(error)
    run.summary.is_interrupted |= carrier.has_left
    show(is_last=True)


def load_one(run: IngestRun, carrier: Carrier, batch: PageBatch, staged: StagedBatch) -> None:
    """Load one batch, then count it. One that is refused is judged by what is new in it: a worker cannot know what the warehouse has."""
    if staged.refusal and (known := run.loader.known_among(staged)):
        run.loader.discard(staged)
        staged = finish_batch(batch.name, whole(batch), carrier, run.docs.documented, whole(known))
    run.docs.add(staged.docs)
    loaded = load_tables(batch.name, run.loader, whole(batch), whole(staged))
    run.settled(batch, staged, loaded)


def publish(run: IngestRun) -> None:
    """What is committed, for analysts."""
    with run.pace.publishing():
        publish_kept(run.connection, run.settings)


def publish_kept(connection: Connection, settings: Settings) -> None:
    """The same, of any run."""
    home = settings.absolute_home
    publish_snapshot(connection, home, settings.snapshots_kept)
    if is_heard():
        events.emit_published(home, home / SNAPSHOT_FILE)


def report(run: IngestRun) -> bool:
    """Show what came of it, of a run with nothing new only how the day looks now; whether there is a server that answers."""
    is_answering = report_if_heard(run.report()) if run.todo.pending else True
    if is_answering and is_heard() and run.summary.loaded:
        events.emit_loaded(run.home, run.summary)
    if is_answering and is_heard() and run.loader.is_file:  # the marts of the day are a home's
        now = today(run.connection)
        events.emit_news(run.home, news(run.connection, now, run.run_id))
        today_if_heard(now, snapshot_file(run.home), run.home)
    return is_answering
