"""The automations of automations.yaml, at a Prefect server: made where they are missing, brought up to date where they are not."""

from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import AutomationCore

DECLARED = Path(__file__).with_name("automations.yaml")
ALERTS = "broadsheet-alerts"  # the name of the block that an operator may make, of any type that can notify
BODY = """\
{% if flow_run %}{{ flow_run.name }}: {{ flow_run.state.name }}, {{ flow_run.state.message }}
{{ flow_run|ui_url }}{% else %}{{ event.event }} of {{ event.resource.id }}: {{ event.payload }}{% endif %}"""


def apply_automations(client: SyncPrefectClient) -> None:
    """All of them; with a notification where there is a block to notify by, and something to tell. What was disabled stays so."""
    there = {each["name"]: each for each in client.request("POST", "/automations/filter", json={"limit": 200}).json()}
    alerts = _alerts(client)
    for declared in yaml.safe_load(DECLARED.read_text("utf-8"))["automations"]:
        told = AutomationCore.model_validate(_notifying(declared, alerts)).model_dump(mode="json", exclude={"owner_resource"})
        if known := there.get(told["name"]):
            client.request("PUT", "/automations/{id}", path_params={"id": known["id"]}, json=told | {"enabled": known["enabled"]})
        else:
            client.request("POST", "/automations/", json=told)


def _alerts(client: SyncPrefectClient) -> str | None:
    """The id of the block."""
    wanted = {"block_documents": {"name": {"any_": [ALERTS]}}}
    found = client.request("POST", "/block_documents/filter", json=wanted).json()
    return next((str(block["id"]) for block in found if "notify" in block["block_schema"]["capabilities"]), None)


def _notifying(declared: dict[str, Any], alerts: str | None) -> dict[str, Any]:
    """One that does something of its own needs no notification: what it does is an event that another one tells."""
    told = {"type": "send-notification", "block_document_id": alerts, "subject": f"Broadsheet: {declared['name']}", "body": BODY}
    return {"actions": [told if alerts else {"type": "do-nothing"}]} | declared
