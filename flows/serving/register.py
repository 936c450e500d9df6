"""Tells a Prefect server what is served: work pool, queue of the home, deployments, automations. Doing it again changes nothing.

`python -m flows.serving.register` does it at the server of PREFECT_API_URL, with the variables that prefect.yaml names.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import yaml
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType
from prefect.utilities.templating import apply_values, find_placeholders
from prefect.workers.process import ProcessWorker

from flows.environment import PREFIX
from flows.serving.automations import apply_automations
from flows.serving.plan import POOL

FIRST_SECONDS = 15  # the scheduler plans what is still to come only, and looks for new deployments every 5 s
WAREHOUSE = PREFIX + "WAREHOUSE"
DECLARED = Path(__file__).with_name("prefect.yaml")


def register() -> None:
    """Everything, with values from the environment."""
    with get_client(sync_client=True) as client:
        _make_pool(client)
        declared = yaml.safe_load(DECLARED.read_text("utf-8"))["deployments"]
        ready = [each for each in declared if _is_ready(each)]
        for queue in sorted({named for each in ready if (named := _filled(each)["work_pool"].get("work_queue_name"))}):
            _give_places(client, queue, None if os.environ.get(WAREHOUSE) else 1)  # a lake has many loaders
        kept = {_deployment(each).apply() for each in ready}
        known = {(each["name"], each["entrypoint"]) for each in declared}
        for gone in client.read_deployments():
            if gone.id not in kept and (gone.name, gone.entrypoint) in known:  # of a start with more options
                client.delete_deployment(gone.id)
        apply_automations(client)


def _is_ready(declared: dict[str, Any]) -> bool:
    """Whether all variables that a deployment names are set."""
    return all(os.environ.get(name) for name in _variables([declared["parameters"], declared["tags"]]))


def _variables(template: Any) -> Iterator[str]:
    if isinstance(template, str):
        yield from (placeholder.name.removeprefix("$") for placeholder in find_placeholders(template))
    elif isinstance(template, dict | list):
        for part in template.values() if isinstance(template, dict) else template:
            yield from _variables(part)


def _filled(declared: dict[str, Any]) -> dict[str, Any]:
    return dict(apply_values(declared, {}))


def _deployment(declared: dict[str, Any]) -> RunnerDeployment:
    module, _, name = str(declared["entrypoint"]).rpartition(".")
    flow: Flow[..., Any] = getattr(import_module(module), name)  # takes seconds, and so comes before the clock is asked
    os.environ["DEPLOY_FIRST"] = f"{datetime.now(UTC) + timedelta(seconds=FIRST_SECONDS):%Y%m%dT%H%M%SZ}"
    told = _filled(declared)
    pool, limit = told["work_pool"], told.get("concurrency_limit")
    made = flow.to_deployment(
        told["name"],
        schedules=[_schedule(each) for each in told.get("schedules", [])],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
        parameters=told["parameters"],
        description=told["description"],
        tags=told["tags"],
        work_pool_name=pool["name"],
        work_queue_name=pool.get("work_queue_name"),
        job_variables=pool["job_variables"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(RunnerDeployment, made)  # outside of an event loop it is no coroutine


def _schedule(told: dict[str, Any]) -> Schedule:
    interval = {"interval": timedelta(seconds=told["interval"])} if "interval" in told else {}
    return Schedule(**told | interval)


def _make_pool(client: SyncPrefectClient) -> None:
    template = ProcessWorker.get_default_base_job_template()
    client.create_work_pool(WorkPoolCreate(name=POOL, type="process", base_job_template=template), overwrite=True)


def _give_places(client: SyncPrefectClient, queue: str, places: int | None) -> None:
    try:
        found = client.read_work_queue_by_name(queue, work_pool_name=POOL)
        client.update_work_queue(found.id, concurrency_limit=places)
    except ObjectNotFound:
        client.create_work_queue(queue, concurrency_limit=places, work_pool_name=POOL)


if __name__ == "__main__":
    register()
