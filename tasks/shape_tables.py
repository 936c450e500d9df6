"""Door: a dissected batch as one frame per table."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.shaping.tables import Frames, shape_batch_tables
from tasks.workers.dissected_batch import DissectedBatch

__all__ = ["Frames", "shape_tables"]


@task(task_run_name="shape-{name}", cache_policy=NO_CACHE, persist_result=False)
def shape_tables(name: str, batch: DissectedBatch, extractor: str) -> tuple[DissectedBatch, Frames]:
    """One frame per table, each conforming to its contract, and the batch as it was shaped; rows not to be loaded are still among them."""
    shaped, frames = shape_batch_tables(batch, extractor)
    if shaped is not batch:
        get_run_logger().warning("%s: pages that no table could hold are rejected as shaping_failed", name)
    return shaped, frames
