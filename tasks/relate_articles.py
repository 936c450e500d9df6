"""Door: articles that are not related yet, with those that they are copies of."""

from collections.abc import Callable

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from tasks.relation.relate import Related, relate
from warehouse.relating.corpus import Corpus


@task(task_run_name="relate-articles", cache_policy=NO_CACHE, persist_result=False)
def relate_articles(corpus: Corpus, run_id: str, anew: bool, is_stopped: Callable[[], bool]) -> Related:
    """Rows of core.copies and core.stories. One that is stopped is gone on with by the next. Raises what relate() does."""
    related = relate(corpus, run_id, anew=anew, is_stopped=is_stopped)
    get_run_logger().info("%s", related.line())
    return related
