"""Door: pages of a batch, read and dissected in a worker process."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.planning.batches import PageBatch
from tasks.workers.attempts import count_attempts
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.pool import WorkerPool


@task(task_run_name="dissect-{name}", cache_policy=NO_CACHE, persist_result=False)
def dissect_pages(name: str, batch: PageBatch, pool: WorkerPool) -> DissectedBatch:
    """Dissect every page; a page that hangs or breaks becomes a reject, never an exception.

    No retries here: the same bytes fail the same way. A worker that dies is the pool's business, and what may heal the next run's.
    """
    dissected = count_attempts(pool.dissect(batch))
    found = ", ".join(f"{count} {outcome}" for outcome, count in dissected.counts_by_outcome().items())
    get_run_logger().info("%s: %s in %.1f s", name, found, dissected.seconds)
    return dissected
