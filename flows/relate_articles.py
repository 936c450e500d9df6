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
from flows.loaders import opened_loader
from flows.relating import RELATING
from flows.settings import Settings, read_settings
from flows.version import extractor
from tasks.loading.loader import Loader
from tasks.relate_articles import relate_articles as relate_as_task
from tasks.relation.relate import Related, waiting
from warehouse.errors import WarehouseBusy
from warehouse.relating.told import unrelated
from warehouse.version import VERSION


@flow(name="relate-articles", flow_run_name="relate", persist_result=False)
def relate_articles(home: str | None = None, anew: bool = False) -> State[dict[str, object]]:
    """Relate the articles that no load has related yet, and publish. Loads into a file wait for it; of a lake one run relates at a time,
    and loads go on beside it.

    Returns how many articles were new to the index, and how many rows changed. A run that was stopped or killed is finished by the next
    one, or by the next load.

    Args:
        home: Folder of the warehouse, or of the index where that is a lake. Without: BROADSHEET_HOME, or broadsheet-data.
        anew: Make the index of the warehouse anew, and relate all articles once more.
    """
    settings = read_settings(home=home)
    with tried_again(), stop.on_signals():
        related = relate_waiting(settings, anew=anew)
    if related is None:
        return Completed(message="Nothing new: all articles are related.", data=Related().as_dict())
    if related.is_interrupted:
        return Cancelled(message=f"Stopped, the next one goes on from there: {related.line()}")
    return Completed(message=related.line(), data=related.as_dict())


def relate_waiting(settings: Settings, *, anew: bool = False) -> Related | None:
    """Relate what waits for it, or all; None where nothing does. Raises what opened_loader and relate() do, WarehouseBusy where another run
    relates the same lake for too long."""
    run_id, at, seconds = secrets.token_hex(8), settings.absolute_home, settings.lock_wait_seconds
    of = settings.lake or at
    with opened_loader(settings, run_id, stop.waiting(of, seconds, say_and_log)) as loader:
        loader.tidy_up()
        with loader.to_relate(at, stop.waiting(of, seconds, say_and_log, RELATING), is_needed=True) as corpus:
            if corpus is None:
                raise WarehouseBusy(
                    f"Expected to relate the articles of {of}, but another run does; waited {seconds:g} s. "
                    "Wait for it to end, then run the same command again."
                )
            if not anew and not waiting(corpus) and not unrelated(loader.connection):
                return None
            with recorded(loader, run_id, anew=anew) as related:
                related.add(relate_as_task(corpus, run_id, anew, stop.requested.is_set))
        if loader.is_file:
            publish_kept(loader.connection, settings)
    return related


@contextmanager
def recorded(loader: Loader, run_id: str, *, anew: bool) -> Iterator[Related]:
    """A row of ops.runs around the block, which counts into what it is given; one that is killed stays `running` until the next run."""
    began, related = datetime.now(UTC), Related()

    def tell(state: str) -> None:
        loader.record_run({
            "run_id": run_id, "flow": "relate_articles", "flow_run_url": flow_run_url(), "state": state, "started_at": began,
            "ended_at": None if state == "running" else datetime.now(UTC), "paths": [], "parameters": json.dumps({"anew": anew}),
            "seen_count": related.articles, "loaded_count": 0, "known_count": 0, "rejected_count": 0, "version": VERSION,
            "passed_over_count": None, "passed_over": None, "extractor": extractor(),
        })  # fmt: skip

    tell("running")
    try:
        yield related
    except BaseException as error:
        tell("failed" if isinstance(error, Exception) else "interrupted")
        raise
    tell("interrupted" if related.is_interrupted else "completed")
