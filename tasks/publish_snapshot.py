"""Door: what analysts open becomes what the loader has."""

from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from warehouse.connection import Connection
from warehouse.snapshot import publish_snapshot as publish


@task(task_run_name="publish-snapshot", cache_policy=NO_CACHE, persist_result=False)
def publish_snapshot(connection: Connection, home: Path, kept: int) -> None:
    """Have warehouse.duckdb lead to a copy of what is committed; readers keep what they have open, and the newest `kept` stay."""
    get_run_logger().info("published %s", publish(connection, home, kept=kept))
