"""Door: rows of what was fetched, and the outlets that it was fetched for."""

from collections.abc import Callable

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE


@task(task_run_name="load-fetches", cache_policy=NO_CACHE, persist_result=False)
def load_fetches(load: Callable[[], dict[str, int]]) -> dict[str, int]:
    """Each file of rows in one transaction; one that was loaded before changes nothing. Raises StorageFailed, WarehouseBusy."""
    counts = load()
    get_run_logger().info("%s", ", ".join(f"{count} {table}" for table, count in counts.items()))
    return counts
