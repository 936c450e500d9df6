"""What workers are sent. Imports are the worker's: the flow's process needs no library of dissection, nor of judging."""

from collections.abc import Callable
from dataclasses import dataclass

from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder

Documented = frozenset[str]  # expectations of which Data Docs have pages enough
Known = frozenset[str]  # page_ids that the warehouse has, where that matters


def finish_in_worker(batch: PageBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    """A whole batch."""
    from tasks.workers.finish_batch import finish_batch

    return finish_batch(batch, order, documented, known)


def read_in_worker(part: PageBatch, order: WorkOrder) -> DissectedBatch:
    """A page of a batch that has killed two workers."""
    from tasks.workers.dissect_batch import dissect_batch

    return dissect_batch(part, order)


def finish_read_in_worker(dissected: DissectedBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    """What is left to do of such a batch."""
    from tasks.workers.finish_batch import finish_dissected

    return finish_dissected(dissected, order, documented, known)


@dataclass(frozen=True, slots=True)
class Work:
    """What workers are sent."""

    finish: Callable[[PageBatch, WorkOrder, Documented, Known], StagedBatch] = finish_in_worker
    read: Callable[[PageBatch, WorkOrder], DissectedBatch] = read_in_worker
    finish_read: Callable[[DissectedBatch, WorkOrder, Documented, Known], StagedBatch] = finish_read_in_worker
