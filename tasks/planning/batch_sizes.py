"""How many pages a batch has: many where there is much to do, since a batch costs what it costs, fewer where workers would wait.

Judging takes some 0.6 s of CPU a batch whatever its size, as long as dissecting twenty pages, so large batches are cheap. But the first
ones keep all other workers waiting for them to be planned, and of the last ones each worker should end at about the same time: OpenMP
calls the same schedule `guided`.
"""

from collections.abc import Callable

from tasks.planning.batches import PageBatch

FIRST = 100  # pages, before anything is known of their size
LEAST = 150  # a smaller batch would cost more to judge than to wait for
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
        pages_left = self._left * self._pages // self._bytes
        return min(self._most, max(LEAST, pages_left // (SHARES * max(1, self._workers()))))
