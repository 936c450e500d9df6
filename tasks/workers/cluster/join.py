"""A machine's life in a cluster: it joins where the same is run, works, and leaves; what it had under way goes to others."""

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Any

from distributed import Worker
from distributed.comm.addressing import get_address_host_port
from distributed.utils import get_ip

from tasks.workers.cluster.access import ClusterAccess
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.dask import TOPIC, identity, security_of
from tasks.workers.cluster.head import TOLD
from tasks.workers.cluster.machine import Machine, begin
from warehouse.errors import ClusterUnusable

TELL_SECONDS = 1.0  # between two tellings of pages that were read
HEAD_IS_GONE = ("worker-handle-scheduler-connection-broken", "scheduler-close")  # Dask's words for it, killed and ended
START = "Start it with `broadsheet cluster head`, or correct the address"


class _Joined(Worker):
    """Dask's worker, without a nanny: its processes are pebble's, and whoever runs the command restarts it."""

    def __init__(self, machine: Machine, address: str, **options: Any) -> None:
        super().__init__(address, nanny=None, **options)
        self._machine = machine
        self.why = ""  # it was closed

    async def close(self, *_: Any, reason: str = "", **__: Any) -> str | None:  # type: ignore[override] # as Dask's Worker has it, too
        """Nobody waits for what is under way: by now it is another machine's."""
        self.why = self.why or reason
        self._machine.stop()
        return await super().close(executor_wait=False, nanny=False, reason=reason)


async def serve_machine(
    access: ClusterAccess, workers: int, host: str | None, build: Build, ended: asyncio.Event, tell: Callable[[str], None]
) -> None:
    """Until `ended`. Raises ClusterUnusable where there is no head, where it refuses this machine, and when it goes."""
    await _expect_same(access, build)
    machine = begin(workers)
    at = host or get_ip(*get_address_host_port(access.address))  # else Dask would listen at every address
    worker = _Joined(
        machine, access.address, nthreads=workers, resources={build.name: workers}, host=at, memory_limit=0,
        security=security_of(access), name=f"{socket.gethostname()}-{os.getpid()}", dashboard_address=f"{at}:0",
    )  # fmt: skip
    try:
        await worker
    except (OSError, RuntimeError, ValueError, TimeoutError) as error:
        raise ClusterUnusable(f"expected to join {access.address}, came: {error.__cause__ or error}. {START}.") from error
    machine.address = worker.address
    tell(f"joined {access.address} with {workers} workers, as {worker.name}; Ctrl-C leaves it")
    telling = asyncio.ensure_future(_tell_pages(worker, machine))
    closed, waiting = asyncio.ensure_future(_closed(worker)), asyncio.ensure_future(ended.wait())
    await asyncio.wait({closed, waiting}, return_when=asyncio.FIRST_COMPLETED)
    telling.cancel()
    if ended.is_set():
        await worker.close_gracefully()
        return
    if worker.why in HEAD_IS_GONE:
        raise ClusterUnusable(f"the head at {access.address} is gone; what was under way here is for others. {START}, then join again.")
    raise ClusterUnusable(f"the cluster has let this machine go ({worker.why}): a run has told why, and it stands above.")


async def _closed(worker: Worker) -> None:
    await worker.finished()


async def _expect_same(access: ClusterAccess, build: Build) -> None:
    try:
        told = await identity(access)
    except (OSError, TimeoutError) as error:
        raise ClusterUnusable(f"expected the head of a cluster at {access.address}, came: {error}. {START}.") from error
    refuse_other(told, access, build, "machine")


def refuse_other(told: dict[str, Any], access: ClusterAccess, build: Build, what: str) -> None:
    """Raises ClusterUnusable where a head that says so runs another build than this `what`."""
    if TOLD not in told:  # Dask's own scheduler: only machines of this build get batches of it
        return
    theirs = Build.told(told[TOLD])
    if odd := build.differences(theirs):
        raise ClusterUnusable(
            f"expected this {what} to run what the cluster at {access.address} runs, it differs: there is {odd}. A row must not depend on "
            "where it was made: bring all to one version (`uv sync` with the same uv.lock), the head first."
        )


async def _tell_pages(worker: Worker, machine: Machine) -> None:
    while True:
        await asyncio.sleep(TELL_SECONDS)
        if read := machine.pages_read():
            worker.log_event(TOPIC, read)
