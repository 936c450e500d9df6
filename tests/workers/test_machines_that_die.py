"""A page that takes whole machines along is found, and only it is refused."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from distributed import Scheduler

from flows.version import extractor
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch
from tasks.sources.page import PageRef
from tasks.workers.cluster.access import ClusterAccess
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.client import Cluster
from tasks.workers.order import WorkOrder
from tests.conftest import ROOT
from tests.workers.light_machines import DEADLY

BUILD = Build.here(extractor())
MACHINES = 4  # one dies of the batch, one of its second try, one of the page alone


@pytest.fixture
def address() -> Iterator[str]:
    """A head that gives a batch back at the first death, and light machines."""
    ready, ended, at = threading.Event(), threading.Event(), list[str]()

    async def serve() -> None:
        options = {"host": "127.0.0.1", "dashboard": False, "dashboard_address": "127.0.0.1:0"}
        async with Scheduler(port=0, allowed_failures=0, **options) as head:
            at.append(head.address)
            ready.set()
            await asyncio.to_thread(ended.wait)

    with ThreadPoolExecutor(1) as thread:
        serving = thread.submit(lambda: asyncio.run(serve()))
        assert ready.wait(60)
        command = [sys.executable, "-m", "tests.workers.light_machines", at[0], BUILD.name, str(MACHINES)]
        light = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        try:
            yield at[0]
        finally:
            os.killpg(light.pid, signal.SIGKILL)
            light.wait(30)
            ended.set()
            serving.result(60)


def test_only_the_page_that_kills_machines_is_refused(address: str, tmp_path: Path):
    order = WorkOrder(tmp_path, 20.0, DEFAULT_LIMITS, extractor())
    pages = tuple(PageRef("html_folder", f"/in/{name}", name) for name in ("good", "killer", "fine"))
    with Cluster(ClusterAccess(address), order, BUILD, print, work=DEADLY) as cluster:
        while cluster.slots < MACHINES:
            threading.Event().wait(0.05)
        staged = cluster.finish(PageBatch("a" * 16, 1, pages, ()))
        assert cluster.finish(PageBatch("a" * 16, 2, pages[:1], ())).fates[0].reason is None
    assert dict(staged.fates) == {"good": None, "killer": "worker_died", "fine": None}
    assert staged.attempts == 3
