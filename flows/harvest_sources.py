"""Outlets on the web become WARC files, then pages: what is due is asked for, politely, and what is new is loaded."""

from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed
from pydantic import Field

from flows import stop
from flows.batches_ahead import whole
from flows.harvest_run import HarvestChoice, HarvestRun, watching
from flows.healing import tried_again
from flows.ingest_pages import load_pages, say_and_log
from flows.outcome import refuse_refused_batches
from flows.run_name import NamedByOutcome
from flows.settings import Settings, read_settings
from flows.summary import IngestSummary
from tasks.fetch_sources import fetch_sources
from tasks.harvesting.harvest_tally import HarvestTally
from tasks.load_fetches import load_fetches
from tasks.publish_snapshot import publish_snapshot
from tasks.show_progress import RunProgress
from warehouse.connection import open_loader

TOLD = ("new", "changed", "unchanged", "failed")  # outcomes of ops.fetches that a run is named by


def run_name() -> str:
    """harvest sources.toml"""
    return f"harvest {Path(flow_run.parameters['sources']).name}"


@flow(name="harvest-sources", flow_run_name=run_name, persist_result=False)
def harvest_sources(
    sources: str,
    home: str | None = None,
    only: list[str] | None = None,
    limit: Annotated[int, Field(ge=1)] | None = None,
    again: bool = False,
    fetch_only: bool = False,
    allow_hosts: list[str] | None = None,
    workers: Annotated[int, Field(ge=1, le=256)] | None = None,
) -> State[dict[str, object]]:
    """Ask the outlets of `sources` for what is due, keep it as WARC files in HOME/harvest, and load what is new of it.

    Returns the counts of the harvest and of the load. Raises SourceUnreadable where nothing at all could be fetched, BatchRefused
    where a batch of pages was. A run that was stopped or killed is finished by the next one: what it had fetched is loaded first.

    Args:
        sources: The file that names the outlets, as docs/harvest.md tells; relative to the checkout.
        home: Folder of the warehouse. Without: BROADSHEET_HOME, or broadsheet-data.
        only: Names of outlets in the file; without, all.
        limit: At most so many pages; lists are asked for besides. Without: as the file says.
        again: Ask also for what is not due yet; what has not changed costs an answer without a body.
        fetch_only: Load no pages; the next harvest, or `broadsheet ingest HOME/harvest/pages`, does.
        allow_hosts: NAME or NAME=ADDRESS of hosts that need not be at a public address.
        workers: Worker processes of the load, 1 to 256. Without: BROADSHEET_WORKERS, or one per core.
    """
    settings = read_settings(home=home, workers=workers)
    choice = HarvestChoice(Path(sources), tuple(only or ()), limit, again, tuple(allow_hosts or ()))
    with tried_again(), NamedByOutcome(run_name()) as named, stop.on_signals(), HarvestRun.begin(settings, choice, say_and_log) as run:
        named.by(lambda error: outcome(run.tally, error))
        summary = fetch_and_load(run, settings, fetch_only=fetch_only)
        told = f"{run.tally.line()}; {summary.loaded} articles loaded"
        get_run_logger().info("%s", told)
        if run.tally.is_interrupted or summary.is_interrupted:
            return Cancelled(message=f"Stopped, the next harvest goes on from there: {told}")
        refuse_refused_batches(summary)
        run.raise_for_outcome()
        return Completed(message=told, data=run.tally.as_dict() | {"pages": summary.as_dict()})


def outcome(tally: HarvestTally, error: BaseException | None) -> str:
    """How a harvest ended, in few words: `12 new, 3 changed, 80 unchanged`, `nothing due`, `stopped after 40 requests`."""
    if tally.is_interrupted or not (error is None or isinstance(error, Exception)):
        return f"stopped after {tally.requests:,} requests"
    told = ", ".join(f"{tally.outcomes[each]:,} {each}" for each in TOLD if tally.outcomes[each])
    return f"failed: {told or 'no answer'}" if error else told or "nothing due"


def fetch_and_load(run: HarvestRun, settings: Settings, *, fetch_only: bool) -> IngestSummary:
    """Ask, write down, load; what is written down is published also where no page is."""
    run.tally = fetch_sources(whole(run.order()), stop.requested.is_set, HarvestMover())
    load_fetches(run.load)
    summary = IngestSummary() if fetch_only or run.tally.is_interrupted else load_new(run, settings)
    if not summary.run_id:
        publish(settings)
    return summary


def load_new(run: HarvestRun, settings: Settings) -> IngestSummary:
    """Pages of WARC files that were not loaded, of earlier harvests too; where there are none no worker is started."""
    if not run.has_pages_to_load():
        return IngestSummary()
    return load_pages(settings, [str(run.pages_folder)]).summary


def publish(settings: Settings) -> None:
    """A snapshot with what was written down, where no load makes one; in a lake what is committed is published."""
    if settings.lake is not None:
        return
    with open_loader(settings.absolute_home, settings.lock_wait_seconds) as connection:
        publish_snapshot(connection, settings.absolute_home, settings.snapshots_kept)


class HarvestMover:
    """Moves the bar in the UI and tells whoever watches."""

    def __init__(self) -> None:
        self._progress = RunProgress("harvest-progress")

    def __call__(self, tally: HarvestTally) -> None:
        for watcher in watching:
            watcher.saw(tally)
        self._progress.move(tally.done_bytes / max(tally.total_bytes, 1), tally.line())
