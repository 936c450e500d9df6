"""Door: what analysts open becomes what the loader has."""

from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from warehouse.connection import Connection
from warehouse.snapshot import publish_snapshot as publish


@task(task_run_name="publish-snapshot", cache_policy=NO_CACHE, persist_result=False)
def publish_snapshot(connection: Connection, home: Path) -> None:
    """Swap a copy of the loader's file in under the stable name; readers keep what they have open."""
    publish(connection, home)
    get_run_logger().info("published %s", home / "warehouse.duckdb")
