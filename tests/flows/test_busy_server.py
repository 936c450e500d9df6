"""A server that was told twice how a run ended, since its first answer came too late."""

import subprocess
import sys
from typing import Any

import pytest
from httpx import Request
from prefect import flow
from prefect.client.base import PrefectHttpxSyncClient
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
CALLED = """
from flows.commands.orchestrated import orchestrated
with orchestrated("tests.flows.test_busy_server", "told_twice") as called:
    print(called())
"""


@flow(persist_result=False)
def told_twice() -> State[dict[str, int]]:
    """From here on the first answer to how it ended is lost, and Prefect's client asks once more."""
    send = PrefectHttpxSyncClient.send

    def send_again(self: PrefectHttpxSyncClient, request: Request, *given: Any, **more: Any) -> Any:
        if request.url.path.endswith("/set_state") and b"COMPLETED" in request.content:
            send(self, request, *given, **more)
        return send(self, request, *given, **more)

    PrefectHttpxSyncClient.send = send_again  # type: ignore[method-assign]
    return Completed(message="3 pages", data={"loaded": 3})


def test_a_run_that_ended_well_is_no_failure_where_the_server_has_lost_what_it_gave(
    command_environment: dict[str, str], prefect_server: str
):
    environment = command_environment | {"PREFECT_API_URL": prefect_server}
    done = subprocess.run(
        [sys.executable, "-c", CALLED], check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240
    )
    assert (done.returncode, done.stdout) == (0, "None\n"), done.stderr
