"""Batches on their way through the workers: in their order, and never so many that what they staged piles up."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from prefect.exceptions import CancelledRun
from prefect.futures import PrefectFuture
from prefect.utilities.annotations import opaque

from flows import stop
from tasks.finish_batch import finish_batch
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.carrier import Carrier
from tasks.workers.work import Documented

T = TypeVar("T")
LOOK_SECONDS = 1.0  # between two calls of `meanwhile`
BATCHES_AHEAD = 2  # staged or queued beyond the workers' own, so that no worker waits for the loader


def staged_batches(
    batches: Iterable[PageBatch],
    carrier: Carrier,
    documented: Callable[[], Documented],
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[tuple[PageBatch, StagedBatch]]:
    """Each batch as workers have staged it; `meanwhile` is called while one is waited for. Raises what its worker has raised.

    Where a stop was asked for, batches that do not end in time are given up: they are left out, and `carrier.has_left` is true.
    """
    ahead: deque[tuple[PageBatch, PrefectFuture[StagedBatch]]] = deque()
    for batch in batches:
        ahead.append((batch, finish_batch.submit(batch.name, whole(batch), carrier, documented())))
        while not carrier.has_left and len(ahead) >= carrier.slots + BATCHES_AHEAD:  # slots come and go with the machines of a cluster
            yield from _settled(*ahead.popleft(), carrier, meanwhile)
    while ahead:
        yield from _settled(*ahead.popleft(), carrier, meanwhile)


def whole(value: T) -> T:
    """`value` for a task as it is: Prefect would search it for futures, row by row."""
    return cast(T, opaque(value))


def _settled(
    batch: PageBatch, future: PrefectFuture[StagedBatch], carrier: Carrier, meanwhile: Callable[[], None]
) -> Iterator[tuple[PageBatch, StagedBatch]]:
    """The batch, or nothing where it was given up."""
    done = threading.Event()
    future.add_done_callback(lambda _: done.set())
    while not done.wait(LOOK_SECONDS):
        meanwhile()
        if stop.requested.is_urgent() and not carrier.has_left:
            carrier.leave()
    try:
        yield batch, future.result()
    except CancelledRun:
        if not carrier.has_left:
            raise
