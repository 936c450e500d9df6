"""A machine of a cluster: a process that speaks with the head, and worker processes of its own that do what one machine's do.

Not in Dask's own threads: deadlines are signals, a page that breaks a process would take the machine along, and dissection would keep
Dask from answering its head.
"""

import secrets
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.cluster.shared import MachineUnfit, Probe, unseen_inputs
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.fork_server import start_fork_server
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known, Work
from warehouse.errors import WorkersUnusable


class Machine:
    """The worker processes of this one, begun with the first batch; their fork server is warm before."""

    def __init__(self, workers: int) -> None:
        start_fork_server()
        self.address = ""  # as the cluster knows it
        self._workers = workers
        self._pool: WorkerPool | None = None
        self._lock = threading.Lock()
        self._runs: Counter[str] = Counter()  # batches under way, by run

    def pool(self, order: WorkOrder) -> WorkerPool:
        """The pool; orders come with each batch, since several flows may share a cluster."""
        with self._lock:
            if self._pool is None:
                self._pool = WorkerPool(self._workers, order).__enter__()
            return self._pool

    @contextmanager
    def busy_with(self, run_id: str) -> Iterator[None]:
        with self._lock:
            self._runs[run_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._runs[run_id] -= 1

    def pages_read(self) -> dict[str, int]:
        """Pages since the last call, by run: which batch each was of is not known, so runs that share the machine share them."""
        with self._lock:
            read, runs = self._pool.pages_read() if self._pool else 0, +self._runs
        share = {run_id: read * batches // runs.total() for run_id, batches in runs.items()}
        return {run_id: pages for run_id, pages in share.items() if pages}

    def stop(self) -> None:
        """End the processes; who waits for them gets CancelledError."""
        with self._lock:
            if self._pool is not None:
                self._pool.__exit__(KeyboardInterrupt, None, None)


_here: list[Machine] = []  # the one of this process


def begin(workers: int) -> Machine:
    """Make this process a machine."""
    _here[:] = [Machine(workers)]
    return _here[0]


def here(probe: Probe, is_checked: bool, work: Callable[..., Any], *arguments: Any) -> Any:
    """What the cluster runs: `work`, of a batch first of all, where this machine sees what the flow sees. Raises MachineUnfit.

    Arguments stand alone: Dask searches tuples for futures, page by page, at twice the cost of the hand-over.
    """
    machine, first = _this(), arguments[0]
    batch: PageBatch = getattr(first, "batch", first)
    if told := probe.unmet():
        raise _unfit(machine, told)
    if is_checked and (unseen := unseen_inputs(batch)):
        raise _unfit(machine, f"{len(unseen)} inputs of {batch.name} are not there as the run has found them, such as {unseen[0]}")
    with machine.busy_with(batch.run_id):
        try:
            return work(*arguments)
        except WorkersUnusable as error:
            raise MachineUnfit(machine.address, socket.gethostname(), str(error), may_be_the_batch=True) from error


def _this() -> Machine:
    if not _here:
        raise MachineUnfit(_dask_address(), socket.gethostname(), "it was not begun by `broadsheet cluster join`")
    return _here[0]


def _dask_address() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _unfit(machine: Machine, told: str) -> MachineUnfit:
    return MachineUnfit(machine.address, socket.gethostname(), told)


def _of_its_own(batch: PageBatch) -> PageBatch:
    """What it stages has names of this attempt: another may still write that was given up for dead."""
    return replace(batch, attempt=secrets.token_hex(4))


def finish_on_machine(batch: PageBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    return _this().pool(order).finish(_of_its_own(batch), documented, known, order)


def read_on_machine(part: PageBatch, order: WorkOrder) -> DissectedBatch:
    return _this().pool(order).read_alone(_of_its_own(part), order)


def finish_read_on_machine(dissected: DissectedBatch, order: WorkOrder, documented: Documented, known: Known) -> StagedBatch:
    own = replace(dissected, batch=_of_its_own(dissected.batch))
    return _this().pool(order).finish_read(own, order, documented, known)


ON_MACHINES = Work(finish_on_machine, read_on_machine, finish_read_on_machine)
