"""Prefect's environment, set before it is imported: quiet, offline, and with a server of its own only where none is configured."""

import os

DEFAULTS = {
    # nobody is told anything: https://docs.prefect.io/v3/concepts/telemetry
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # V2 calls out regardless of the settings above
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
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
