"""Batches carried to the machines of a cluster, by Dask: the flow's end of it."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from distributed import Client, Future, KilledWorker
from distributed.client import FutureCancelledError

from tasks.planning.batches import PageBatch
from tasks.workers.carrier import Carrier
from tasks.workers.cluster.access import ClusterAccess
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.dask import TOPIC, security_of
from tasks.workers.cluster.join import START, refuse_other
from tasks.workers.cluster.machine import ON_MACHINES, here
from tasks.workers.cluster.shared import MachineUnfit, probe, unseen_inputs
from tasks.workers.order import WorkOrder
from tasks.workers.work import Work
from warehouse.errors import ClusterUnusable, WorkersUnusable

LOOK_SECONDS = 2.0  # between two looks at the machines: the head tells some kilobytes of each
TELL_SECONDS = 30.0  # between two lines while there is none
GOES_ON = "What was loaded is kept, and the same command goes on from there"


class Cluster(Carrier):
    """The door of WorkerPool. Machines may come and go meanwhile; the run ends where there is none for too long."""

    died = (KilledWorker,)

    def __init__(
        self, access: ClusterAccess, order: WorkOrder, build: Build, tell: Callable[[str], None],
        is_stopping: Callable[[], bool] = lambda: False, work: Work = ON_MACHINES,
    ) -> None:  # fmt: skip
        """`tell`: whoever started the run; `is_stopping`: whether they have asked for an end, which waiting for a machine then is."""
        super().__init__(order, work)
        self._access, self._build, self._tell, self._is_stopping = access, build, tell, is_stopping
        self._open = ExitStack()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()  # of what is looked at; held while the head is asked, so never in Dask's own thread
        self._read_lock = threading.Lock()  # of what machines tell, in that thread
        self._read: Counter[str] = Counter()  # pages, by run
        self._runs: set[str] = set()
        self._slots = 0
        self._looked = self._told = 0.0
        self._none_since: float | None = None
        self._gone: ClusterUnusable | CancelledError | None = None  # why nothing is carried any more

    def __enter__(self) -> Self:
        """Raises ClusterUnusable where no head answers, or one of another build; StorageFailed."""
        self._probe = self._open.enter_context(probe(self._order.shared_folders))
        try:
            self._client = Client(
                self._access.address, security=security_of(self._access), timeout=self._access.connect_seconds, set_as_default=False
            )
            self._open.callback(self._client.close, 5)
            self._client.subscribe_topic(TOPIC, self._hear)
            refuse_other(self._told_by_head(), self._access, self._build, "run")
        except OSError as error:
            self._open.close()
            raise ClusterUnusable(f"expected the head of a cluster at {self._access.address}, came: {error}. {START}.") from error
        except ClusterUnusable:
            self._open.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._gone = self._gone or ClusterUnusable("the run has ended")
        self._open.close()

    def leave(self) -> None:
        """Machines end what they have begun, and nobody waits for it."""
        with self._lock:
            self._gone, self.has_left = CancelledError("the run is to end"), True

    @property
    def slots(self) -> int:
        """Of all machines, as of two seconds ago; none is no reason to end, for a while. Raises ClusterUnusable."""
        self._look()
        return self._slots

    def pages_read(self) -> int:
        with self._read_lock:
            read = sum(self._read.pop(run_id, 0) for run_id in self._runs)
            self._read.clear()  # of other runs
        return read

    def _answer(self, work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:  # noqa: ARG002 - machines keep the time
        """Raises ClusterUnusable besides; WorkersUnusable where the workers of two machines end of the same batch."""
        first, is_checked, was_unfit = arguments[0], True, False
        batch: PageBatch = getattr(first, "batch", first)
        self._runs.add(batch.run_id)
        while True:
            self._look()
            key = f"{batch.name}-{batch.staging_name}-{next(self._numbers)}"
            future = self._client.submit(
                here, self._probe, is_checked, work, *arguments, key=key, pure=False, resources={self._build.name: 1}
            )  # fmt: skip
            try:
                return self._waited(future)
            except MachineUnfit as unfit:
                if is_checked and unseen_inputs(batch):  # nor are they here: that is a matter of the pages
                    is_checked = False
                elif unfit.may_be_the_batch and was_unfit:
                    raise WorkersUnusable(f"on {unfit.host}, as on another machine before: {unfit.told}") from unfit
                else:
                    was_unfit = was_unfit or unfit.may_be_the_batch
                    self._let_go(unfit)
            finally:
                future.release()  # or a machine that dies later would have Dask do finished batches again

    def _waited(self, future: "Future[Any]") -> Any:
        done = threading.Event()
        future.add_done_callback(lambda _: done.set())
        while not done.wait(LOOK_SECONDS):
            self._look()
        try:
            return future.result()
        except FutureCancelledError as error:
            raise self._gone or self._lost(error) from error
        except CancelledError as error:
            raise self._lost(error) from error

    def _look(self) -> None:
        """See who is there, now and then; who waits for it is told. Raises ClusterUnusable."""
        with self._lock:
            if self._gone is None and time.monotonic() - self._looked >= LOOK_SECONDS:
                self._looked = time.monotonic()
                try:
                    self._count()
                except ClusterUnusable as error:
                    self._gone = error
            if self._gone is not None:
                raise self._gone

    def _count(self) -> None:
        machines = self._told_by_head()["workers"].values()
        self._slots = sum(int(each["nthreads"]) for each in machines if self._build.name in each["resources"])
        if self._slots:
            self._none_since = None
            return
        now = time.monotonic()
        self._none_since = now if self._none_since is None else self._none_since
        self._without_machines(now - self._none_since, now, strangers=len(machines))

    def _told_by_head(self) -> dict[str, Any]:
        """Not by Client.scheduler_info: a timer of Dask's own puts an answer without machines in its place, now and then."""
        if self._client.status != "running" or self._client.scheduler is None:
            raise self._lost(None)
        try:
            return dict(self._client.sync(self._client.scheduler.identity))
        except (OSError, CancelledError, TimeoutError) as error:
            raise self._lost(error) from error

    def _without_machines(self, waited: float, now: float, strangers: int) -> None:
        seconds, at = self._access.wait_seconds, self._access.address
        others = f" ({strangers} of another build are there)" if strangers else ""
        if self._is_stopping():
            raise ClusterUnusable(f"stopped while waiting for a machine at {at}. {GOES_ON}.")
        if waited >= seconds:
            raise ClusterUnusable(
                f"expected a machine to join the cluster at {at} within {seconds:g} s, none has{others}. {GOES_ON}, once "
                f"`broadsheet cluster join {at}` runs on one."
            )
        if now - self._told >= TELL_SECONDS:
            self._told = now
            self._tell(f"no machine is in the cluster at {at}{others}; waiting for one, {seconds - waited:.0f} s more")

    def _let_go(self, unfit: MachineUnfit) -> None:
        """Without this machine; where it was the last one the run ends with what it said."""
        told = f"the machine {unfit.host} ({unfit.address}) is left out: {unfit.told}"
        self._tell(told)
        self._client.retire_workers(workers=[unfit.address], close_workers=True)
        with self._lock:
            self._count_without(told)

    def _count_without(self, told: str) -> None:
        self._count()
        if not self._slots:
            self._gone = ClusterUnusable(f"expected a machine that can do the work, {told}. {GOES_ON}, once that is well.")

    def _lost(self, error: BaseException | None) -> ClusterUnusable:
        told = f": {error}" if error else ""
        return ClusterUnusable(f"the head of the cluster at {self._access.address} is gone{told}. {GOES_ON}, once it is there again.")

    def _hear(self, event: tuple[float, dict[str, int]]) -> None:
        with self._read_lock:
            self._read.update(event[1])
