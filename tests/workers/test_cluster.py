"""A cluster's parts without a flow: who is let in, what a machine must see, what is told, and what one machine never loads."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import Scheduler, Worker

from flows.version import extractor
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch, Stretch
from tasks.sources.page import InputFile, PageRef
from tasks.workers.cluster.access import ClusterAccess
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.client import Cluster
from tasks.workers.cluster.dask import identity
from tasks.workers.cluster.head import Head
from tasks.workers.order import WorkOrder
from tests.conftest import ROOT
from tests.flows.bad_inputs import article, dated
from tests.flows.machines import Machines, Network
from warehouse.errors import ClusterUnusable

BUILD = Build.here(extractor())
OLD_BUILD = replace(BUILD, libraries=BUILD.libraries | {"polars": "0.1"})


def a_batch(folder: Path, *, number: int = 1, pages: int = 3) -> PageBatch:
    """Pages that are there, planned."""
    folder.mkdir(exist_ok=True)
    files = []
    for page in range(pages):
        path = folder / f"{page}.html"
        path.write_text(article(f"Story {page} of the day", head=dated("2026-01-02T03:04:05Z"), paragraphs=40 + page))
        files.append(InputFile(str(path), path.name, path.stat().st_size, 1, "html_folder"))
    refs = tuple(PageRef("html_folder", file.path, file.uri, end=file.size) for file in files)
    return PageBatch("a" * 16, number, refs, tuple(Stretch(file, 0, file.size, True, 1) for file in files))


def an_order(home: Path) -> WorkOrder:
    return WorkOrder(home, 20.0, DEFAULT_LIMITS, extractor())


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A head and a machine, on loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = Machines(Network("127.0.0.1"), tmp_path_factory.mktemp("machines"), kept, free.getsockname()[1])
    try:
        made.head()
        made.join("a")
        yield made
    finally:
        made.end()


def joined(machines: Machines, order: WorkOrder, told: list[str], **options: float) -> Cluster:
    return Cluster(ClusterAccess(machines.address, **options), order, BUILD, told.append)  # type: ignore[arg-type]


def is_busy(machine: dict[str, Any]) -> bool:
    """As it has told the head last, which it does each second."""
    return bool(machine["metrics"].get("task_counts", {}).get("executing"))


def test_what_machines_read_is_told_while_a_batch_is_under_way(machines: Machines, tmp_path: Path):
    with joined(machines, an_order(tmp_path / "home"), []) as cluster, ThreadPoolExecutor(1) as thread:
        assert cluster.slots == 1
        finished, read = thread.submit(cluster.finish, a_batch(tmp_path / "in", pages=200)), 0  # told once a second
        while not finished.done():
            read += cluster.pages_read()
            time.sleep(0.05)
    assert 0 < read <= 200
    assert {fate.reason for fate in finished.result().fates} == {None}
    assert all(path.exists() for path in finished.result().tables.values())
    assert not list((tmp_path / "home").rglob(".shared-*")), "the probe is gone with the run"


def test_inputs_that_nobody_sees_are_a_matter_of_the_pages(machines: Machines, tmp_path: Path):
    batch, told = a_batch(tmp_path / "in"), list[str]()
    (tmp_path / "in" / "1.html").unlink()
    with joined(machines, an_order(tmp_path / "home"), told) as cluster:
        staged = cluster.finish(batch)
    assert [fate.reason for fate in staged.fates] == [None, "no_such_file", None]
    assert told == []


def test_what_a_machine_has_under_way_when_it_leaves_is_done_by_another(machines: Machines, tmp_path: Path):
    leaving, batch = machines.join("leaves"), a_batch(tmp_path / "in", pages=40)
    with joined(machines, an_order(tmp_path / "home"), []) as cluster, ThreadPoolExecutor(2) as threads:
        finished = [threads.submit(cluster.finish, replace(batch, number=number)) for number in (1, 2)]
        while not all(is_busy(each) for each in asyncio.run(identity(ClusterAccess(machines.address)))["workers"].values()):
            assert not all(future.done() for future in finished)
            time.sleep(0.05)
        assert leaving.ask_to_end() == 0, leaving.text()
        assert {fate.reason for future in finished for fate in future.result().fates} == {None}


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("unshare"), reason="only root can give a machine other folders")
@pytest.mark.parametrize("hidden", ["home", "in"])
def test_a_machine_that_does_not_see_a_folder_is_left_out_and_no_page_is_refused(machines: Machines, tmp_path: Path, hidden: str):
    batch, told = a_batch(tmp_path / "in"), list[str]()
    (tmp_path / "home").mkdir()
    mounted = ["unshare", "-m", "sh", "-c", f'mount -t tmpfs none {tmp_path / hidden} && exec "$@"', "sh"]
    blind = machines.join(f"blind-{hidden}", before=mounted)
    with joined(machines, an_order(tmp_path / "home"), told) as cluster, ThreadPoolExecutor(4) as threads:
        batches = [replace(batch, number=number) for number in range(1, 5)]
        staged = list(threads.map(cluster.finish, batches))
    assert {fate.reason for each in staged for fate in each.fates} == {None}
    assert blind.process.wait(60) == 20, blind.text()
    assert any("is left out" in line and str(tmp_path / hidden) in line for line in told), told


def test_a_machine_of_another_state_of_the_code_is_refused(machines: Machines, tmp_path: Path):
    for room in ("flows", "tasks", "expectations", "warehouse"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / "tasks" / "shaping" / "articles.py"
    changed.write_text(changed.read_text() + "\n# another state\n")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from flows.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path, "cluster", "join", machines.address], env=machines.environment, cwd=tmp_path,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 20, done.stdout + done.stderr
    assert BUILD.version in done.stderr and "and not" in done.stderr, done.stderr


def test_a_head_takes_no_worker_that_is_of_another_build_whoever_started_it():
    async def tried() -> None:
        async with Head(BUILD, host="127.0.0.1", port=0, dashboard=False, dashboard_address="127.0.0.1:0") as head:
            for resources in ({}, {OLD_BUILD.name: 1.0}):
                with pytest.raises((ValueError, RuntimeError)):
                    await Worker(head.address, resources=resources, host="127.0.0.1", dashboard_address="127.0.0.1:0")
            assert not head.workers

    asyncio.run(tried())


def test_no_batch_is_handed_to_a_worker_of_another_build_and_waiting_ends(tmp_path: Path):
    """Dask's own scheduler, which takes any worker."""
    told: list[str] = []

    async def serve(ready: threading.Event, ended: threading.Event, at: list[str]) -> None:
        here = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
        async with Scheduler(port=0, dashboard=False, **here) as head, Worker(head.address, resources={OLD_BUILD.name: 1}, **here):
            at.append(head.address)
            ready.set()
            await asyncio.to_thread(ended.wait)

    ready, ended, at = threading.Event(), threading.Event(), list[str]()
    with ThreadPoolExecutor(1) as thread:
        serving = thread.submit(lambda: asyncio.run(serve(ready, ended, at)))
        try:
            assert ready.wait(60)
            access = ClusterAccess(at[0], wait_seconds=2)
            with Cluster(access, an_order(tmp_path), BUILD, told.append) as cluster, pytest.raises(ClusterUnusable, match="within 2 s"):
                cluster.finish(a_batch(tmp_path / "in"))
            stopped = Cluster(ClusterAccess(at[0]), an_order(tmp_path), BUILD, told.append, is_stopping=lambda: True)
            with stopped as cluster, pytest.raises(ClusterUnusable, match="stopped while waiting"):
                cluster.finish(a_batch(tmp_path / "in"))
            with Cluster(ClusterAccess(at[0]), an_order(tmp_path), BUILD, told.append) as cluster, ThreadPoolExecutor(1) as one:
                given_up = one.submit(cluster.finish, a_batch(tmp_path / "in"))
                cluster.leave()
                assert isinstance(given_up.exception(60), CancelledError)
        finally:
            ended.set()
        serving.result(60)
    assert "(1 of another build are there)" in told[0]
