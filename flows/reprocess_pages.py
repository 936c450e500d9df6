"""The raw store again, with today's extractor: what would change is told before anything is replaced."""

from typing import Annotated

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed
from pydantic import Field

from flows import stop
from flows.batches_ahead import staged_batches
from flows.carriers import carrier_of
from flows.healing import tried_again
from flows.ingest_pages import say_and_log
from flows.reprocess_run import ReprocessRun
from flows.selection import Selection
from flows.settings import EXPORT_FIRST, expect_file, read_settings
from flows.taking_over import accept_proposal
from tasks.report_run import propose_if_heard
from tasks.reprocessing.proposal import changes_file
from tasks.show_progress import RunProgress
from warehouse.reprocess import summarise

SAMPLES = 3  # of each field, in the artifact
ALL = Selection()


@flow(name="reprocess-pages", flow_run_name="reprocess", persist_result=False)
def reprocess_pages(
    home: str | None = None,
    selection: Selection = ALL,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
    batch_pages: Annotated[int, Field(ge=1, le=5000)] | None = None,
    limit: Annotated[int, Field(ge=1)] | None = None,
    accept: bool = False,
) -> State[dict[str, object]]:
    """Read captures of the raw store again, and propose what comes of them in place of what the warehouse says.

    The proposal waits in HOME/reprocess; the warehouse changes only where `accept` is set, in one transaction, or by
    `broadsheet reprocess --accept` later. Loads may go on meanwhile. A run that is stopped or killed has changed nothing.

    Args:
        home: Folder of the warehouse. Without: BROADSHEET_HOME, or broadsheet-data.
        selection: Which captures; without, all of them.
        workers: Worker processes, 1 to 256. Without: BROADSHEET_WORKERS, or one per core.
        batch_pages: Captures in a batch at most, 1 to 5000. Without: BROADSHEET_BATCH_PAGES, or 1000.
        limit: At most so many captures.
        accept: Take the proposal over at once.
    """
    settings = read_settings(home=home, workers=workers, batch_pages=batch_pages)
    expect_file(settings, "reprocess captures", EXPORT_FIRST)
    with tried_again(), stop.on_signals(), ReprocessRun.begin(settings, selection, limit) as run:
        if run.refs:
            read_again(run)
        if run.summary.is_interrupted:
            return Cancelled(message=f"Stopped, nothing was changed: {run.summary.line()}")
        made = run.finish()
    propose_if_heard(*summarise(run.home, changes_file(run.home), SAMPLES))
    told = f"{made.seen} captures read again, {made.changes} fields differ"
    if accept:
        _, pages = accept_proposal(settings)  # not tried again: all would be read once more, and the proposal waits
        told += f"; {pages} captures taken over"
    get_run_logger().info("%s", told)
    return Completed(message=told, data=run.summary.as_dict() | {"changes": made.changes})


def read_again(run: ReprocessRun) -> None:
    """Every capture that was chosen, batch by batch."""
    progress = RunProgress("reprocess-progress")
    with carrier_of(run.settings, run.order(), say_and_log) as carrier:
        for batch, staged in staged_batches(run.batches(carrier.slots), carrier, lambda: run.docs.documented):
            run.keep(batch, staged)
            progress.move(run.summary.share_done, run.summary.line())
        run.summary.is_interrupted |= carrier.has_left
