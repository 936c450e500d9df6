"""The door that a flow hands batches through, wherever they are carried: to processes of this machine, or to other machines.

What becomes of a batch that kills who carries it is told here, once for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, ClassVar, Self

from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import PageBatch
from tasks.sources.page import Unreadable
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.deadline import longest
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.work import Documented, Known, Work
from warehouse.errors import WorkersUnusable

FINISH_SECONDS = 600.0  # by the clock, for shaping and judging what was read already: seconds are usual


class Carrier(ABC):
    """Finishes batches. Safe to call from several threads."""

    died: ClassVar[tuple[type[BaseException], ...]]  # what `_answer` raises where who carried the batch has died

    def __init__(self, order: WorkOrder, work: Work) -> None:
        self._order = order
        self._work = work
        self.has_left = False  # whether batches are given up, since the run is to end

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None: ...

    @abstractmethod
    def leave(self) -> None:
        """Finish nothing more: `finish` of batches under way, and of any other, raises CancelledError."""

    @property
    @abstractmethod
    def slots(self) -> int:
        """Batches that can be worked on at the same time, at this moment."""

    @abstractmethod
    def pages_read(self) -> int:
        """Pages that workers have read since the last call, of batches that are not whole yet."""

    @abstractmethod
    def _answer(self, work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
        """What `work` returns, done elsewhere. Raises one of `died`; CancelledError where the run ends by an exception."""

    def finish(
        self, batch: PageBatch, documented: Documented = frozenset(), known: Known = frozenset(), order: WorkOrder | None = None
    ) -> StagedBatch:
        """The batch, staged. One that kills who carries it is tried once more, then its pages one by one. `order` where it is another one.

        Raises WorkersUnusable where no worker can be started, or finish what was read page by page; CancelledError where the run ends by
        an exception, or the carrier has left; StorageFailed and ContractBroken as a worker does.
        """
        order = order or self._order
        for attempt in (1, 2):
            with suppress(*self.died):
                staged: StagedBatch = self._run(self._work.finish, batch, order, documented, known)
                return replace(staged, attempts=staged.attempts + attempt - 1)
        return self.finish_read(self._one_by_one(batch, order), order, documented, known)

    def read_alone(self, part: PageBatch, order: WorkOrder) -> DissectedBatch:
        """A page that is suspected: read, or rejected as what kills."""
        try:
            dissected: DissectedBatch = self._run(self._work.read, part, order)
            return dissected
        except self.died as error:
            piece = part.pieces[0]
            ref = piece.ref if isinstance(piece, Unreadable) else piece
            detail = f"expected the worker to survive the page, it ended three times, at last alone with it: {error}"
            return DissectedBatch(part, [PageOutcome(ref, reason="worker_died", detail=detail[:500])])

    def finish_read(self, dissected: DissectedBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
        """What is left to do of a batch whose pages were read one by one. Raises WorkersUnusable."""
        try:
            staged: StagedBatch = self._answer(self._work.finish_read, (dissected, order, documented, known), FINISH_SECONDS)
        except self.died as error:
            raise WorkersUnusable(
                f"expected a worker to shape and judge {dissected.batch.name}, whose pages were read one by one after two workers "
                f"had died; it ended as well: {error}. Look for a shortage of memory (dmesg), or load with a smaller --batch-pages."
            ) from error
        return staged

    def _run(self, work: Callable[..., Any], batch: PageBatch, order: WorkOrder, *more: object) -> Any:
        # the last resort: each page has its own deadline in the worker, this one ends a worker that stopped counting
        return self._answer(work, (batch, order, *more), 60 + longest(order.seconds_per_page) * max(1, len(batch.pieces)))

    def _one_by_one(self, batch: PageBatch, order: WorkOrder) -> DissectedBatch:
        parts = [self.read_alone(part, order) for part in batch.parts()]
        return DissectedBatch(
            batch,
            outcomes=[outcome for part in parts for outcome in part.outcomes],
            staged=[file for part in parts for file in part.staged],
            started_at=min((part.started_at for part in parts if part.started_at), default=None),
            seconds=sum(part.seconds for part in parts),
            attempts=3,
        )
