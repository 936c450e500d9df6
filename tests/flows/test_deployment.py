"""The declarations of deployments and automations, at a Prefect server of one's own; `broadsheet serve` tells its own server the same."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import click
import pytest
import yaml
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows import orchestration
from flows.cli import KINDS, ingest
from flows.serving.api import Api
from flows.serving.automations import ALERTS, apply_automations
from flows.serving.queue import end_lost_runs, skip_equal_runs
from tests.conftest import ROOT
from tests.flows.prefect_api import asked
from tests.flows.served import eventually

GIVEN = {"DEPLOY_HOME": "/data/news", "DEPLOY_DROP": "/data/crawl", "DEPLOY_CRON": "15 2 * * *", "DEPLOY_QUEUE": "home-news"}


@pytest.fixture(scope="module")
def server(command_environment: dict[str, str], prefect_server: str) -> str:
    """A server that was told twice."""
    environment = command_environment | GIVEN | {"PREFECT_API_URL": prefect_server, "PWD": str(ROOT)}
    for _ in range(2):
        subprocess.run([sys.executable, "-m", "flows.serving.register"], env=environment, cwd=ROOT, check=True, timeout=120)
    for deployment in asked(f"{prefect_server}/deployments/filter", {}):
        asked(f"{prefect_server}/deployments/{deployment['id']}/pause_deployment", {})  # no worker is here to take its runs
    return prefect_server


@pytest.fixture(scope="module")
def drop(server: str) -> dict[str, Any]:
    return dict(asked(f"{server}/deployments/name/ingest-pages/drop"))


def test_told_twice_a_server_has_everything_once(server: str):
    names = sorted(deployment["name"] for deployment in asked(f"{server}/deployments/filter", {}))
    assert names == ["drop", "housekeeping", "load", "publish", "reprocess", "shard"], "harvest needs sources, relate a lake"
    declared = yaml.safe_load((ROOT / "flows/serving/automations.yaml").read_text())["automations"]
    there = [automation["name"] for automation in asked(f"{server}/automations/filter", {})]
    assert sorted(there) == sorted(each["name"] for each in declared)


def test_an_automation_that_was_disabled_stays_so(server: str):
    with temporary_settings({PREFECT_API_URL: server}), get_client(sync_client=True) as client:
        first = client.request("POST", "/automations/filter", json={}).json()[0]
        client.request("PATCH", "/automations/{id}", path_params={"id": first["id"]}, json={"enabled": False})
        apply_automations(client)
        assert client.request("GET", "/automations/{id}", path_params={"id": first["id"]}).json()["enabled"] is False


def test_the_drop_folder_is_loaded_by_cron_and_once_at_the_start(drop: dict[str, Any]):
    by_slug = {schedule["slug"]: schedule["schedule"] for schedule in drop["schedules"]}
    assert len(drop["schedules"]) == 2
    assert (by_slug["cron"]["cron"], by_slug["cron"]["timezone"]) == ("15 2 * * *", "UTC")
    assert "COUNT=1" in by_slug["at-start"]["rrule"]
    assert drop["parameters"] == {"paths": ["/data/crawl"], "home": "/data/news"}


def test_the_queue_of_a_home_has_one_place(server: str, drop: dict[str, Any]):
    assert drop["work_queue_name"] == "home-news"
    assert asked(f"{server}/work_pools/broadsheet/queues/home-news")["concurrency_limit"] == 1


def test_the_form_of_parameters_has_descriptions_choices_and_bounds(drop: dict[str, Any]):
    asked_for = drop["parameter_openapi_schema"]["properties"]
    assert [name for name, field in asked_for.items() if not field.get("description")] == []
    assert asked_for["source"]["anyOf"][0]["enum"] == list(KINDS)
    options = {option.name: option.type for option in ingest.params}
    for name in ("workers", "batch_pages", "limit"):
        option, field = options[name], asked_for[name]["anyOf"][0]
        assert isinstance(option, click.IntRange)
        assert (field["minimum"], field.get("maximum")) == (option.min, option.max), name


def test_a_run_is_called_dead_after_three_heartbeats():
    automations = yaml.safe_load((ROOT / "flows/serving/automations.yaml").read_text())["automations"]
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    beats = {deployed["work_pool"]["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] for deployed in deployments}
    assert beats == {orchestration.DEFAULTS["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]} == {str(automations[0]["trigger"]["within"] // 3)}


def test_every_flow_of_ours_is_watched():
    automations = yaml.safe_load((ROOT / "flows/serving/automations.yaml").read_text())
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    modules = {each["entrypoint"].rpartition(".")[2].replace("_", "-") for each in declared}
    assert modules == set(automations["definitions"]["ours"]["prefect.resource.name"])


class Heard(BaseHTTPRequestHandler):
    """A team's chat, which writes down what it is told."""

    told: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        self.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """The test's output is not the place for it."""


@pytest.fixture
def chat() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Heard) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_with_a_block_of_that_name_a_team_is_told(server: str, chat: str):
    block = {"name": "chat", "url": chat, "json_data": {"subject": "{{subject}}", "body": "{{body}}"}}
    with temporary_settings({PREFECT_API_URL: server}), get_client(sync_client=True) as client:
        CustomWebhookNotificationBlock(**block).save(ALERTS)
        apply_automations(client)
        acting = {each["name"]: each["actions"][0]["type"] for each in asked(f"{server}/automations/filter", {})}
        assert set(acting.values()) == {"change-flow-run-state", "send-notification"}, acting
        eventually(lambda: _drifts(client) or Heard.told, lambda: "nobody was told", 60)
        CustomWebhookNotificationBlock.delete(ALERTS)
    assert Heard.told[0]["subject"] == "Broadsheet: drift"
    assert "broadsheet.drift of broadsheet.home.news" in Heard.told[0]["body"]


def _drifts(client: SyncPrefectClient) -> None:
    """Again and again: the server takes a moment to know of an automation."""
    event = {
        "id": str(uuid4()), "event": "broadsheet.drift", "occurred": datetime.now(UTC).isoformat(), "payload": {"body": "shorter"},
        "resource": {"prefect.resource.id": "broadsheet.home.news"},
    }  # fmt: skip
    client.request("POST", "/events", json=[event])


def test_of_equal_runs_that_nobody_asked_for_the_newest_waits(server: str, drop: dict[str, Any]):
    def due(key: str | None, minutes: int, **parameters: Any) -> str:
        when = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": when}}
        told = {"idempotency_key": key, "parameters": parameters, "state": state}
        return str(asked(f"{server}/deployments/{drop['id']}/create_flow_run", told)["id"])

    old, newest, by_hand = due("drop-1", 30), due("drop-2", 20), due(None, 40)
    other = due("drop-3", 50, limit=1)
    assert skip_equal_runs(Api(server)) == 1
    states = {run: asked(f"{server}/flow_runs/{run}")["state_name"] for run in (old, newest, by_hand, other)}
    assert states == {old: "Skipped", newest: "Scheduled", by_hand: "Scheduled", other: "Scheduled"}
    assert skip_equal_runs(Api(server)) == 0
    asked(f"{server}/flow_runs/{newest}/set_state", {"state": {"type": "RUNNING", "name": "Running"}, "force": True})
    end_lost_runs(Api(server))
    assert asked(f"{server}/flow_runs/{newest}")["state_type"] == "CRASHED", "of a process that served, and is gone"
    assert asked(f"{server}/flow_runs/{by_hand}")["state_type"] == "SCHEDULED"


def test_each_shard_is_a_run_of_the_deployment_that_loads(server: str, command_environment: dict[str, str], tmp_path: Path):
    code = "import sys; from flows.shard_pages import shard_pages; shard_pages([sys.argv[1]], pages=10, home=sys.argv[2])"
    command = [sys.executable, "-c", code, str(ROOT / "samples"), str(tmp_path / "home")]
    subprocess.run(command, env=command_environment | {"PREFECT_API_URL": server}, cwd=ROOT, check=True, timeout=120)
    load = asked(f"{server}/deployments/name/ingest-pages/load")["id"]
    runs = asked(f"{server}/flow_runs/filter", {"deployments": {"id": {"any_": [load]}}})
    assert len(runs) > 2
    assert {run["state_type"] for run in runs} == {"SCHEDULED"}
    assert {run["parameters"]["below"] for run in runs} == {str(ROOT / "samples")}
    given = [path for run in runs for path in run["parameters"]["paths"]]
    assert len(given) == len(set(given))
