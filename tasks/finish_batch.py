"""Door: a batch of pages extracted, transformed and validated, by a worker of this machine or another; what is left is to load it.

One task run for the three steps, since a task run costs some 35 ms of CPU here and in Prefect's server, as much as a page: their
seconds are in its log, in ops.batches, and in the run's artifact of steps.
"""

from concurrent.futures import CancelledError
from typing import cast

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled

from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.carrier import Carrier
from tasks.workers.work import Documented, Known


@task(task_run_name="extract-transform-validate-{name}", cache_policy=NO_CACHE, persist_result=False)
def finish_batch(name: str, batch: PageBatch, carrier: Carrier, documented: Documented, known: Known = frozenset()) -> StagedBatch:
    """Everything but the commit. A page that hangs or breaks becomes a reject, never an exception; a batch that is not credible is refused,
    and one that was given up with its run is Cancelled.

    No retries here: the same bytes fail the same way. A worker that dies is the carrier's business, and what may heal the next run's.
    """
    try:
        staged, logger = carrier.finish(batch, documented, known), get_run_logger()
    except CancelledError:
        # a state, which is what Prefect takes it for
        return cast(StagedBatch, Cancelled(message="Given up, since the run ends: the next one reads it."))
    found = ", ".join(f"{count} {outcome}" for outcome, count in staged.counts_by_outcome().items()) or "no pages"
    took = staged.steps
    logger.info("%s: %s; extract %.1f s, transform %.1f s, validate %.1f s", name, found, took.extract, took.transform, took.validate)
    if staged.refusal:
        logger.error("%s refused: %s", name, staged.refusal)
    elif staged.warnings:
        logger.warning("%s: %s", name, "; ".join(f"{label} {told}" for label, told in staged.warnings.items()))
    return staged
