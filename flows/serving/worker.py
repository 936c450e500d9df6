"""The process that runs deployments, each run in a process of its own."""

import asyncio
import os
import signal
import threading
import time
from contextlib import suppress
from typing import Any

from prefect.workers.process import ProcessWorker

from flows.serving.children import when_parent_ends
from flows.serving.plan import POOL, WORK_LIMIT

TOLD_SECONDS = 2.0  # for the server to be told how the last runs ended


class Worker(ProcessWorker):
    """Prefect's, which would kill its runs when it ends: this one lets them finish what is under way."""

    @classmethod
    def __dispatch_key__(cls) -> str:
        """Registered beside Prefect's, in place of which it would be taken for its type."""
        return "broadsheet"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ending = threading.Event()
        self._runs: set[int] = set()

    async def get_and_submit_flow_runs(self) -> Any:
        """None are taken any more once it is to end."""
        return [] if self._ending.is_set() else await super().get_and_submit_flow_runs()

    async def run(self, flow_run: Any, configuration: Any, task_status: Any = None) -> Any:
        noted = _Noted(task_status, self._runs)
        try:
            return await super().run(flow_run, configuration, noted)
        finally:
            self._runs.discard(noted.pid)

    def end(self) -> None:
        """Have each run stop as Ctrl-C stops a command, wait for them, and end the process. Called in a thread of its own."""
        self._ending.set()
        asked: set[int] = set()
        while runs := set(self._runs):
            for pid in runs - asked:  # the second signal would end it at once
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            asked |= runs
            time.sleep(0.2)
        time.sleep(TOLD_SECONDS)
        os._exit(0)


class _Noted:
    """Passes the process id of a run on to Prefect, and notes it."""

    def __init__(self, task_status: Any, runs: set[int]) -> None:
        self._task_status = task_status
        self._runs = runs
        self.pid = 0

    def started(self, pid: Any = None) -> None:
        self.pid = pid
        self._runs.add(pid)
        if self._task_status is not None:
            self._task_status.started(pid)


def main() -> None:
    worker = Worker(work_pool_name=POOL, name="serve", limit=int(os.environ[WORK_LIMIT]))
    when_parent_ends(worker.end)
    asyncio.run(worker.start())


if __name__ == "__main__":
    main()
