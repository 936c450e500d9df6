"""The deployment of prefect.yaml, as an operator uses it: deployed to a server, run by a worker, on a schedule."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from flows import orchestration
from flows.cli import KINDS, ingest
from tests.conftest import ROOT
from tests.flows.deployed import deploy, in_state, worker
from tests.flows.prefect_api import asked
from tests.flows.test_telemetry import audit, is_local, lines
from warehouse.ask import ask


@pytest.fixture(scope="module")
def environment(command_environment: dict[str, str], prefect_server: str) -> dict[str, str]:
    return command_environment | {"PREFECT_API_URL": prefect_server, "PWD": str(ROOT)}


@pytest.fixture(scope="module")
def deployment(environment: dict[str, str], prefect_server: str) -> dict[str, Any]:
    """What the server knows of the deployment; paused, or a test at 02:15 would run it twice."""
    found = deploy(environment)
    asked(f"{prefect_server}/deployments/{found['id']}/pause_deployment", {})
    return found


@pytest.fixture(scope="module")
def worker_folder(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where a worker of the pool logs, and every socket of it is written down."""
    folder = tmp_path_factory.mktemp("worker")
    with worker(environment | audit(folder / "sockets.log"), folder / "worker.log"):
        yield folder


def test_the_schedule_is_every_night_in_utc(deployment: dict[str, Any]):
    schedules = [(s["active"], s["schedule"]["cron"], s["schedule"]["timezone"]) for s in deployment["schedules"]]
    assert schedules == [(True, "15 2 * * *", "UTC")]


def test_the_form_of_parameters_has_descriptions_choices_and_bounds(deployment: dict[str, Any]):
    asked_for = deployment["parameter_openapi_schema"]["properties"]
    assert [name for name, field in asked_for.items() if not field.get("description")] == []
    assert asked_for["source"]["anyOf"][0]["enum"] == list(KINDS)
    options = {option.name: option.type for option in ingest.params}
    for name in ("workers", "batch_pages", "limit"):
        option, field = options[name], asked_for[name]["anyOf"][0]
        assert isinstance(option, click.IntRange)
        assert (field["minimum"], field.get("maximum")) == (option.min, option.max), name


def test_a_run_is_called_dead_after_three_heartbeats():
    automations = yaml.safe_load((ROOT / "prefect-automations.yaml").read_text())["automations"]
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    beats = {deployed["work_pool"]["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] for deployed in deployments}
    assert beats == {orchestration.DEFAULTS["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]} == {str(automations[0]["trigger"]["within"] // 3)}


def test_a_worker_runs_the_deployment_and_leaves_a_warehouse(
    deployment: dict[str, Any], worker_folder: Path, prefect_server: str, home: Path
):
    parameters = {"paths": ["samples"], "home": str(home)}
    asked_for = asked(f"{prefect_server}/deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})
    run = in_state(prefect_server, asked_for["id"], log=worker_folder / "worker.log")
    assert (run["state"]["type"], run["name"]) == ("COMPLETED", "ingest samples"), run["state"]
    assert "20 loaded" in run["state"]["message"]
    assert ask(home, "SELECT count(*) FROM core.articles").rows == [(20,)]
    assert ask(home, "SELECT flow_run_url FROM ops.runs").rows[0][0].endswith(run["id"])
    assert {host for host in lines(worker_folder / "sockets.log", "reach") if not is_local(host)} == set()
    assert "great_expectations" not in (worker_folder / "worker.log").read_text(), "a library talks to the operator"
