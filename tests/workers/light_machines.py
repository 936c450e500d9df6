"""Machines without worker processes, forked from one that has loaded Dask: cheap enough to be killed. And work that kills them.

python -m tests.workers.light_machines ADDRESS BUILD COUNT
"""

import asyncio
import os
import signal
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

from distributed import Worker

from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.cluster import machine
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.work import Work


class Light(machine.Machine):
    """Does what it is given in the thread that asks."""

    def __init__(self) -> None:
        self.address = ""

    def busy_with(self, _run_id: str) -> Any:
        return nullcontext()


def read(part: PageBatch, _order: WorkOrder) -> DissectedBatch:
    if any(ref.uri == "killer" for ref in part.pieces):  # type: ignore[union-attr]
        os.kill(os.getpid(), signal.SIGKILL)
    return DissectedBatch(part, [PageOutcome(ref) for ref in part.pieces])  # type: ignore[arg-type]


def finish_read(dissected: DissectedBatch, *_: object) -> StagedBatch:
    fates = tuple(PageFate(outcome.ref.uri, outcome.reason) for outcome in dissected.outcomes)
    return StagedBatch({}, (), fates, datetime.now(UTC), Steps(), attempts=dissected.attempts)


def finish(batch: PageBatch, order: WorkOrder, *_: object) -> StagedBatch:
    return finish_read(read(batch, order))


DEADLY = Work(finish, read, finish_read)


async def serve(address: str, build: str) -> None:
    machine._here[:] = [Light()]
    options: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "memory_limit": 0}
    async with Worker(address, nthreads=1, resources={build: 1}, **options) as worker:
        await worker.finished()


if __name__ == "__main__":
    for _ in range(int(sys.argv[3])):
        if os.fork() == 0:
            asyncio.run(serve(*sys.argv[1:3]))
            os._exit(0)
    os.wait()
    signal.pause()
