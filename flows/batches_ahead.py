"""Batches on their way through the workers: in their order, and never so many that what they staged piles up."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from prefect.futures import PrefectFuture
from prefect.utilities.annotations import opaque

from tasks.finish_batch import finish_batch
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented

T = TypeVar("T")
BATCHES_AHEAD = 2  # staged or queued beyond the workers' own, so that no worker waits for the loader


def staged_batches(
    batches: Iterable[PageBatch], pool: WorkerPool, workers: int, documented: Callable[[], Documented]
) -> Iterator[tuple[PageBatch, StagedBatch]]:
    """Each batch as workers have staged it. Raises what its worker has raised."""
    ahead: deque[tuple[PageBatch, PrefectFuture[StagedBatch]]] = deque()
    for batch in batches:
        ahead.append((batch, finish_batch.submit(batch.name, whole(batch), pool, documented())))
        if len(ahead) >= workers + BATCHES_AHEAD:
            yield _settled(*ahead.popleft())
    while ahead:
        yield _settled(*ahead.popleft())


def whole(value: T) -> T:
    """`value` for a task as it is: Prefect would search it for futures, row by row."""
    return cast(T, opaque(value))


def _settled(batch: PageBatch, future: PrefectFuture[StagedBatch]) -> tuple[PageBatch, StagedBatch]:
    return batch, future.result()
