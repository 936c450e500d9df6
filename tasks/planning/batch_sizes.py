"""How many pages a batch has: many where there is much to do, since a batch costs what it costs, fewer where workers would wait.

Judging takes some 0.6 s of CPU a batch whatever its size, as long as dissecting twenty pages, so large batches are cheap. But the first
ones keep all other workers waiting for them to be planned, and of the last ones each worker should end at about the same time: OpenMP
calls the same schedule `guided`.
"""

from collections.abc import Callable
from math import isqrt

from tasks.planning.batches import PageBatch

FIRST = 100  # pages, before anything is known of their size
LEAST = 150  # a smaller batch would cost more to judge than to wait for
FLOW_TAKES = 14  # pages that a worker reads while the flow plans, hands over and commits one batch: 330 ms of CPU, tests/bench/long_load.py
SHARES = 2  # batches that each worker has still before it, so that none of them is long enough to be waited for


class BatchSizes:
    """The size of each next batch of a run, from what is left to do."""

    def __init__(self, most: int, workers: Callable[[], int], total_bytes: int) -> None:
        """`most`: pages of the largest; `workers`: how many there are, asked each time; `total_bytes`: of inputs still to be read."""
        self._most = most
        self._workers = workers
        self._left = total_bytes
        self._pages = self._bytes = 0

    def planned(self, batch: PageBatch) -> None:
        """What has been planned by now is no longer left."""
        self._left = max(0, self._left - batch.byte_share)
        self._pages += len(batch.pieces)
        self._bytes += batch.byte_share

    def next(self) -> int:
        """Pages, 1 to `most`."""
        if not self._pages or not self._bytes:
            return min(FIRST, self._most)
        pages_left, workers = self._left * self._pages // self._bytes, max(1, self._workers())
        return min(self._most, max(_least(pages_left, workers), pages_left // (SHARES * workers)))


def _least(pages_left: int, workers: int) -> int:
    """Below this workers would wait for the flow, which takes one batch after the other: of many workers each should be busy for as long
    as it takes with the batches of all others, or, where that is more than is left, with all that are left."""
    return max(LEAST, min(FLOW_TAKES * workers, isqrt(FLOW_TAKES * pages_left)))
