"""What a load ends with: its articles are related to those that are there, or wait for a run that does so."""

from collections.abc import Callable

from flows import stop
from flows.ingest_run import IngestRun
from tasks.relate_articles import relate_articles
from tasks.relation.relate import waiting
from warehouse.relating.told import unrelated

RELATING = "relate the articles of"
MOST_OF_OTHERS = 100_000  # articles of a lake that a load relates besides its own; 1 ms of CPU each


def relate_loaded(run: IngestRun, tell: Callable[[str], None]) -> None:
    """Relate what was loaded, by this run or by one that was killed, to what it is a copy of. Whoever asked for a stop gets it: the next
    run relates the rest. `tell` whoever started the run where that is left to another one.

    A load into a lake that a cluster carries leaves it: one process relates, and meanwhile all machines would wait for the next load.
    """
    is_left = run.settings.lake is not None and run.settings.cluster is not None
    if not run.summary.is_interrupted and not is_left:
        _relate(run, tell)
    run.summary.unrelated = unrelated(run.connection)
    if is_left and run.summary.unrelated:
        tell(f"{run.summary.unrelated:,} articles of this lake wait to be related: `broadsheet relate`, or the deployment `relate`")


def _relate(run: IngestRun, tell: Callable[[str], None]) -> None:
    wait = stop.waiting(run.settings.lake or run.home, run.settings.lock_wait_seconds, tell, RELATING)
    try:
        with run.loader.to_relate(run.home, wait) as corpus:
            if corpus is None:
                tell("another run relates the articles of this lake; what it does not have yet is related by the next one")
            elif (count := waiting(corpus)) > run.summary.loaded + MOST_OF_OTHERS and not run.loader.is_file:
                tell(f"{count:,} articles of this lake are not in the index under {run.home}: relate them with `broadsheet relate`")
            elif count or unrelated(run.connection):
                relate_articles(corpus, run.run_id, False, stop.requested.is_set)
    except KeyboardInterrupt:
        if not stop.requested.is_set():
            raise
