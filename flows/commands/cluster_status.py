"""broadsheet cluster status: the machines of a cluster, and what they do."""

import asyncio
from typing import Any

from flows.cluster_settings import access_of
from flows.terminal import put, put_json
from warehouse.errors import ClusterUnusable


def run(address: str | None, as_json: bool, **files: Any) -> int:
    """Print it; 1 where no machine is there. Raises ClusterUnusable."""
    _, access = access_of(address, **files)
    from tasks.workers.cluster.dask import identity
    from tasks.workers.cluster.head import TOLD

    try:
        told = asyncio.run(identity(access))
    except (OSError, TimeoutError) as error:
        raise ClusterUnusable(f"expected the head of a cluster at {access.address}, came: {error}.") from error
    build = told.get(TOLD, {})
    machines = [_machine(at, each) for at, each in told["workers"].items()]
    if as_json:
        put_json({"head": told["address"], "build": build, "machines": machines})
    else:
        put(f"head      {told['address']}, broadsheet {build.get('version', 'of another kind')}, {build.get('extractor', '')}")
        put(f"machines  {len(machines)} with {sum(each['workers'] for each in machines)} workers")
        for each in machines:
            does = f"{each['workers']:>4} workers {each['running']:>4} batches under way {each['waiting']:>4} waiting"
            put(f"  {each['name']:<32} {does}  {each['at']}")
    return 0 if machines else 1


def _machine(at: str, told: dict[str, Any]) -> dict[str, Any]:
    counts = told["metrics"].get("task_counts", {})
    return {
        "name": told["name"],
        "at": at,
        "workers": told["nthreads"],
        "running": counts.get("executing", 0),
        "waiting": counts.get("ready", 0) + counts.get("constrained", 0),
    }
