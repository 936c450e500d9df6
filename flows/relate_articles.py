"""Copies: which articles have their text from which others, and whose it is. A load ends with it; this is the same by itself."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed

from flows import stop
from flows.healing import tried_again
from flows.ingest_pages import flow_run_url, publish_kept, say_and_log
from flows.settings import EXPORT_FIRST, expect_file, read_settings
from flows.version import extractor
from tasks.relate_articles import relate_articles as relate_as_task
from tasks.relation.relate import Related, waiting
from warehouse.connection import Connection, open_loader
from warehouse.ledger import mark_interrupted_runs
from warehouse.upsert import record_run
from warehouse.version import VERSION


@flow(name="relate-articles", flow_run_name="relate", persist_result=False)
def relate_articles(home: str | None = None, anew: bool = False) -> State[dict[str, object]]:
    """Relate the articles that no load has related yet, and publish. Loads wait for it.

    Returns how many articles were new to the index, and how many rows changed. A run that was stopped or killed is finished by the next
    one, or by the next load.

    Args:
        home: Folder of the warehouse. Without: BROADSHEET_HOME, or broadsheet-data.
        anew: Make the index of the warehouse anew, and relate all articles once more.
    """
    settings = read_settings(home=home)
    expect_file(settings, "relate articles", EXPORT_FIRST)
    at, seconds = settings.absolute_home, settings.lock_wait_seconds
    wait = stop.waiting(at, seconds, say_and_log)
    with tried_again(), stop.on_signals(), open_loader(at, seconds, on_wait=wait) as connection:
        mark_interrupted_runs(connection)
        if not anew and not waiting(connection, at):
            return Completed(message="Nothing new: all articles are related.", data=Related().as_dict())
        with recorded(connection, anew=anew) as (run_id, related):
            related.add(relate_as_task(connection, at, run_id, anew, stop.requested.is_set))
        publish_kept(connection, settings)
    if related.is_interrupted:
        return Cancelled(message=f"Stopped, the next one goes on from there: {related.line()}")
    return Completed(message=related.line(), data=related.as_dict())


@contextmanager
def recorded(connection: Connection, *, anew: bool) -> Iterator[tuple[str, Related]]:
    """A row of ops.runs around the block, which counts into what it is given; one that is killed stays `running` until the next run."""
    run_id, began, related = secrets.token_hex(8), datetime.now(UTC), Related()

    def tell(state: str) -> None:
        record_run(connection, {
            "run_id": run_id, "flow": "relate_articles", "flow_run_url": flow_run_url(), "state": state, "started_at": began,
            "ended_at": None if state == "running" else datetime.now(UTC), "paths": [], "parameters": json.dumps({"anew": anew}),
            "seen_count": related.articles, "loaded_count": 0, "known_count": 0, "rejected_count": 0, "version": VERSION,
            "passed_over_count": None, "passed_over": None, "extractor": extractor(),
        })  # fmt: skip

    tell("running")
    try:
        yield run_id, related
    except BaseException as error:
        tell("failed" if isinstance(error, Exception) else "interrupted")
        raise
    tell("interrupted" if related.is_interrupted else "completed")
