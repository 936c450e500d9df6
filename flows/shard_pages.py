"""Much input as many runs: each shard is an ordinary ingest, which a worker of the work pool takes when it has room."""

from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.deployments import run_deployment
from prefect.runtime import flow_run
from prefect.states import Completed
from pydantic import Field

from flows import stop
from flows.cli import KINDS
from flows.healing import tried_again
from flows.ingest_pages import say_and_log
from flows.settings import read_settings
from flows.sharding import PAGES, shards_of
from tasks.sources.printable import openable, printable

LOAD = "ingest-pages/load"  # the deployment that runs a shard


@flow(name="shard-pages", flow_run_name="shard", persist_result=False)
def shard_pages(
    paths: Annotated[list[str], Field(min_length=1)],
    pages: Annotated[int, Field(ge=1)] = PAGES,
    home: str | None = None,
    source: Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})] | None = None,
) -> State[dict[str, object]]:
    """Have what is new under `paths` loaded by runs of the deployment `load`, one for so many pages each; ends when all are asked for.

    Asked for twice, what is loaded by then is not loaded again: each run looks first.

    Args:
        paths: Files and folders to load, as the workers' machines know them.
        pages: Pages of a shard at most, but for a single file that has more.
        home: Folder of the warehouse. Without: BROADSHEET_HOME, or broadsheet-data.
        source: Read every path as this kind. Without: each file is recognised.
    """
    settings = read_settings(home=home)
    with tried_again(), stop.on_signals():
        shards = shards_of(settings, [Path(openable(path)) for path in paths], source, pages, say_and_log)
        for shard in shards:
            stop.here()
            given = {"paths": [printable(path) for path in shard.paths], "below": printable(shard.below), "source": source}
            run_deployment(
                LOAD, parameters=given | {"home": str(settings.absolute_home)}, timeout=0, as_subflow=False,
                idempotency_key=f"{flow_run.id}-{shard.number}",
            )  # fmt: skip
    told = f"{len(shards)} shards, {sum(shard.pages for shard in shards)} pages"
    get_run_logger().info("%s", told)
    return Completed(message=told, data={"shards": len(shards), "pages": sum(shard.pages for shard in shards)})
