"""What the serving process asks Prefect's API, without loading Prefect: it stays small, and starts at once."""

import json
import urllib.request
from http.client import HTTPException
from typing import Any

ANSWER_SECONDS = 30.0
DROP = "ingest-pages/drop"


class Api:
    """Prefect's REST API at `url`. Every call raises OSError where it does not answer, or refuses."""

    def __init__(self, url: str) -> None:
        self._url = url

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return bool(self._ask("health", seconds=2))
        except OSError:
            return False

    def start_drop(self, key: str) -> None:
        """Ask for a run over the drop folder; once for each key."""
        deployment = self._ask(f"deployments/name/{DROP}")
        self._ask(f"deployments/{deployment['id']}/create_flow_run", {"idempotency_key": key, "state": {"type": "SCHEDULED"}})

    def under_way(self) -> list[dict[str, Any]]:
        """Runs of deployments that have been taken and have not ended."""
        wanted = {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}, "deployment_id": {"is_null_": False}}
        return list(self._ask("flow_runs/filter", {"flow_runs": wanted}))

    def due(self) -> list[dict[str, Any]]:
        """Runs that wait to be taken although their time has come, the newest first."""
        wanted = {"state": {"type": {"any_": ["SCHEDULED"]}}, "deployment_id": {"is_null_": False}}
        runs = self._ask("flow_runs/filter", {"flow_runs": wanted, "sort": "EXPECTED_START_TIME_DESC"})
        return [run for run in runs if run["estimated_start_time_delta"] > 0]

    def end(self, run: dict[str, Any], kind: str, name: str, why: str) -> None:
        """Call a run ended that has not begun, or whose process is gone."""
        state = {"type": kind, "name": name, "message": why}
        self._ask(f"flow_runs/{run['id']}/set_state", {"state": state, "force": True})

    def _ask(self, path: str, body: dict[str, Any] | None = None, seconds: float = ANSWER_SECONDS) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}/{path}", data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return json.loads(answer.read() or "null")
        except (HTTPException, ValueError) as error:  # it died while it answered
            raise OSError(f"no answer, or half of one: {error!r}") from error
