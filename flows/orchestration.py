"""Prefect's environment, set before it is imported: quiet, offline, and with a server of its own only where none is configured."""

import os
import time

from flows import stop
from flows.environment import without_password
from warehouse.errors import OrchestratorUnreachable

ANSWER_SECONDS = 5.0
QUIET = {
    # nobody is told anything: https://docs.prefect.io/v3/concepts/telemetry
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # V2 calls out regardless of the settings above
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # seconds; as in prefect.yaml, automations.yaml counts on it
}
DEFAULTS = QUIET | {
    "PREFECT_CLIENT_MAX_RETRIES": "4",  # 30 s: longer than a server takes to start again, shorter than patience
    # the temporary server of a run without one needs no schedules
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",  # 1 s of CPU for what no run of ours uses
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",  # it complains about its own shutdown
    # the terminal shows our progress and, at the end, one message; the server still gets every line at INFO
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


def prepare() -> None:
    """Set what the user has not set. Call before the first `import prefect`; without effect afterwards."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)


def expect_server() -> None:
    """Raises OrchestratorUnreachable where the configured server does not answer; Prefect itself would try for half a minute."""
    from prefect.client.orchestration import get_client
    from prefect.context import SettingsContext, get_settings_context

    context = get_settings_context()
    settings = context.settings
    if not settings.api.url:
        return  # Prefect starts one
    # `temporary_settings` would read all settings anew: a third of what loading a page takes in this process
    impatient = {
        "api": settings.api.model_copy(update={"request_timeout": ANSWER_SECONDS}),
        "client": settings.client.model_copy(update={"max_retries": 0}),
    }
    with (
        SettingsContext(profile=context.profile, settings=settings.model_copy(update=impatient)),
        get_client(sync_client=True) as client,
    ):
        deadline = time.monotonic() + ANSWER_SECONDS  # it may be on its way up
        while (error := client.api_healthcheck()) and time.monotonic() < deadline:
            stop.here()
            time.sleep(0.5)
    if error:
        raise unreachable(error)


def unreachable(error: Exception) -> OrchestratorUnreachable:
    """What to say where Prefect's server does not answer, before a run or at its end."""
    from prefect.settings import PREFECT_API_URL

    told = without_password(f"{PREFECT_API_URL.value()} to answer, came: {type(error).__name__}: {error}")
    return OrchestratorUnreachable(
        f"expected Prefect's server at {told}. What was loaded is kept. Start the server (`prefect server start`), or "
        "unset PREFECT_API_URL to do without, and run the same command again."
    )
