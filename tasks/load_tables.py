"""Door: accepted rows, rejects and the ledger entry, in one transaction."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.loading.batch import LoadedBatch
from tasks.loading.loader import Loader
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch


@task(task_run_name="load-{name}", cache_policy=NO_CACHE, persist_result=False)
def load_tables(name: str, loader: Loader, batch: PageBatch, staged: StagedBatch) -> LoadedBatch:
    """All of the batch or nothing. Raises StorageFailed where the disk refuses; the warehouse is then as it was."""
    loaded = loader.commit(batch, staged)
    rows = ", ".join(f"{count} {table}" for table, count in loaded.inserted.items())
    get_run_logger().info("%s: %s in %.1f s", name, rows or "no rows", loaded.seconds)
    if loaded.found_again:
        get_run_logger().warning("%s: the file of %d known pages was gone; they point to where it is now", name, loaded.found_again)
    return loaded
