"""Runs that stand in the way of others: equal ones that wait, and those whose process is gone."""

import json

from flows.serving.api import Api
from flows.serving.drop_folder import KEY

WAITS = "An equal run waits, which does all that this one would."
LOST = "The process that served ended with this run under way. The next run goes on from there."


def skip_equal_runs(api: Api) -> int:
    """Skip runs that a schedule or the drop folder has asked for where a newer one of the same deployment with the same parameters waits,
    as after hours without a worker, or behind a long run. Runs that a person asked for are left alone. Returns how many were skipped.
    """
    seen: set[str] = set()
    skipped = 0
    for run in api.due():
        same = json.dumps([run["deployment_id"], run["parameters"]], sort_keys=True)
        is_asked_by_none = run["auto_scheduled"] or str(run["idempotency_key"]).startswith(KEY)
        if same in seen and is_asked_by_none and run["state_name"] != "AwaitingRetry":
            api.end(run, "CANCELLED", "Skipped", WAITS)
            skipped += 1
        seen.add(same)
    return skipped


def end_lost_runs(api: Api) -> None:
    """Before a worker is started none can be under way, and one that is said to be would keep the one place of its home."""
    for run in api.under_way():
        api.end(run, "CRASHED", "Crashed", LOST)
