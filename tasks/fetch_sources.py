"""Door: everything that is due is asked for, politely; what came lies in files of the home folder."""

from collections.abc import Callable

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.harvesting.harvest import HarvestOrder, Watch, harvest
from tasks.harvesting.harvest_tally import HarvestTally


@task(task_run_name="fetch-sources", cache_policy=NO_CACHE, persist_result=False)
def fetch_sources(order: HarvestOrder, is_stopped: Callable[[], bool], watch: Watch) -> HarvestTally:
    """One request at a time to a host. What fails is a row of ops.fetches, never an exception. Raises StorageFailed.

    No retries here: which URL is asked again, and when, is the harvest's business and not the task's.
    """
    tally = harvest(order, is_stopped, watch)
    get_run_logger().info("%s", tally.line())
    return tally
