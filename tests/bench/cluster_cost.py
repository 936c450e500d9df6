"""What a cluster costs a run, and how it scales.

    uv run python -m tests.bench.cluster_cost
    uv run python -m tests.bench.cluster_cost --only fed --lake --pages 1000 --more 9000

`handed`: CPU of the flow for handing a batch over by Dask and by the local pool, with nothing done to it. `fed`: CPU of one more page
in the machine, in the flow with its Prefect server, and in the head; their ratio is how many cores one flow feeds. `scaled`: two machines
of one process each against one, on real pages. What a flow takes of very many pages tells tests/bench/long_load.py. What a busy
neighbour takes is left out: a worker that waits for a core is at work, by the kernel's own count (/proc/PID/schedstat), so what is told is
the share of time in which workers have something to do.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from flows.version import extractor
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch, plan_batches
from tasks.planning.survey import survey
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.carrier import Carrier
from tasks.workers.cluster.access import ClusterAccess
from tasks.workers.cluster.build import Build
from tasks.workers.cluster.client import Cluster
from tasks.workers.cluster.machine import ON_MACHINES
from tasks.workers.order import WorkOrder
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known, Work
from tests.bench.corpus import MANIFEST, write_corpus
from tests.bench.ingest_cost import by_role
from tests.bench.machines import cluster, warehouse_of
from tests.bench.processes import _descendants as descendants
from tests.bench.processes import run_measured
from tests.flows.machines import PROGRAM, Machines

TICK = os.sysconf("SC_CLK_TCK")
HANDED, SCALED_BATCH = 60, 40  # batches; pages


def nothing(batch: PageBatch, _order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    """What comes back of a batch, without the work."""
    fates = tuple(PageFate(f"{place:016x}", None) for place, _ in enumerate(batch.pieces))
    return StagedBatch({}, (), fates, datetime.now(UTC), Steps())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("handed", "fed", "scaled"))
    parser.add_argument("--lake", action="store_true", help="have `fed` load into a lake, of a PostgreSQL of its own")
    parser.add_argument("--pages", type=int, default=1000, help="of the first run of `fed`")
    parser.add_argument("--more", type=int, default=9000, help="of its second one: starting takes as much as thousands of pages")
    parser.add_argument("--scaled", type=int, default=800, help="pages of each turn of `scaled`")
    given = parser.parse_args()
    if not MANIFEST.exists():
        sys.exit(f"skipped: the real pages are not at {MANIFEST.parent}")
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        for name, measure in (("handed", handed), ("fed", fed), ("scaled", scaled)):
            if given.only in (None, name):
                measure(Path(folder), given)


def planned(corpus: Path, pages: int) -> list[PageBatch]:
    found = survey(discover([corpus], Tally()), lambda _: {}).pending
    return list(plan_batches(found, plan, lambda _: {}, run_id="b" * 16, batch_pages=pages))


def an_order(folder: Path) -> WorkOrder:
    return WorkOrder(folder, 60.0, DEFAULT_LIMITS, extractor())


def carried(made: Machines, folder: Path, work: Work | None = None) -> Cluster:
    return Cluster(ClusterAccess(made.address), an_order(folder), Build.here(extractor()), print, work=work or ON_MACHINES)


def handed(folder: Path, _given: argparse.Namespace) -> None:
    (batch,) = planned(write_corpus(folder / "handed", 1000), 2000)
    work = Work(finish=import_module("tests.bench.cluster_cost").nothing)  # not of __main__, which a machine has of its own
    costs: dict[str, list[float]] = {"pool": [], "dask": []}
    with (
        cluster(folder, 1, workers=2) as made,
        WorkerPool(2, an_order(folder / "h"), work) as pool,
        carried(made, folder / "h", work) as dask,
    ):
        for turn in range(4):  # in turns, the first one to warm up
            for name, carrier in (("pool", pool), ("dask", dask)):
                cost = hand(carrier, batch, turn)
                costs[name] += [cost] if turn else []
    pooled, dasked = (min(costs[name]) for name in ("pool", "dask"))
    print(f"hand-over of a batch of {len(batch.pieces)} pages, CPU of the flow: pool {1000 * pooled:.1f} ms, Dask {1000 * dasked:.1f} ms, "
          f"ratio {dasked / pooled:.2f} (bar <= 1.2); a page {1000 * dasked / len(batch.pieces):.3f} ms", flush=True)  # fmt: skip


def hand(carrier: Carrier, batch: PageBatch, turn: int) -> float:
    """CPU seconds of this process for one batch, with four on their way."""
    with ThreadPoolExecutor(4) as threads:
        began = time.process_time()
        list(threads.map(carrier.finish, [replace(batch, number=turn * HANDED + number) for number in range(HANDED)]))
        return (time.process_time() - began) / HANDED


def fed(folder: Path, given: argparse.Namespace) -> None:
    spent = []
    with cluster(folder, 1, workers=2) as made:
        head, machine = (each.process.pid for each in made.started)
        for pages in (given.pages, given.more):
            corpus = write_corpus(folder / f"fed-{pages}", pages)
            with warehouse_of(folder / f"of-{pages}", is_lake=given.lake) as named:  # a lake of its own: pages of the other would be known
                before = cpu_of_tree(machine), cpu_of_tree(head)
                told = [f"{name}={value}" for name, value in (named | {"BROADSHEET_CLUSTER": made.address}).items()]
                command = ["env", *told, PROGRAM, "ingest", str(corpus), "--home", str(folder / f"of-{pages}" / "home")]
                with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # which waits for all its children, and machines are ours
                    roles = by_role(apart.submit(run_measured, command).result())
            spent.append((cpu_of_tree(machine) - before[0], cpu_of_tree(head) - before[1], roles["flow"].cpu_seconds,
                          roles["server"].cpu_seconds, roles["flow"].peak_mb))  # fmt: skip
    worker, headed, flow, server = (1000 * (more - few) / (given.more - given.pages) for few, more in list(zip(*spent, strict=True))[:4])
    print(f"one more page: machine {worker:.2f} ms, flow {flow:.2f} ms, Prefect's server {server:.2f} ms, head {headed:.2f} ms of CPU")
    cores, all_counted = worker / (flow + server), worker / (flow + server + headed)
    print(f"cores that one flow feeds: {cores:.1f} (bar >= 40), with the head counted {all_counted:.1f}")
    print(f"flow's peak memory: {spent[0][4]:.0f} MB over {given.pages} pages, {spent[1][4]:.0f} MB over {given.more}", flush=True)


def cpu_of_tree(root: int) -> float:
    """CPU seconds of a process, its descendants, and those that it has reaped."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in descendants(root)]
    return sum(int(ticks) for fields in stats for ticks in fields[11:15]) / TICK


def scaled(folder: Path, given: argparse.Namespace) -> None:
    batches = planned(write_corpus(folder / "scaled", given.scaled), SCALED_BATCH)
    rates = {count: rate(folder / str(count), batches, count) for count in (1, 2)}
    for count, (busy, cost, wall) in rates.items():
        told = f"{1000 * cost:.1f} ms of CPU a page, {wall:.1f} pages/s by the clock"
        print(f"{count} machine(s): workers at work {busy:.1%} of the time, {told}")
    (busy_1, cost_1, _), (busy_2, cost_2, _) = rates[1], rates[2]
    print(f"two machines against twice one: {busy_2 / busy_1 * cost_1 / cost_2:.3f} (bar >= .9)", flush=True)


def rate(folder: Path, batches: list[PageBatch], count: int) -> tuple[float, float, float]:
    """Share of time at work of each worker, CPU a page, pages/s: between the first batch done and the last one handed over."""
    folder.mkdir()
    with cluster(folder, count) as made, carried(made, folder / "home") as dask, ThreadPoolExecutor(count + 2) as threads:
        list(threads.map(dask.finish, batches[:count]))  # processes begin
        pids = [pid for each in made.started[1:] for pid in descendants(each.process.pid) if is_worker(pid)]
        given = [threads.submit(dask.finish, batch) for batch in batches[count:]]
        began, before = time.monotonic(), at_work(pids)
        last = len(given) - count - 2  # then the queue runs empty
        given[last].result()
        wall, after = time.monotonic() - began, at_work(pids)
        done = sum(len(batch.pieces) for batch, future in zip(batches[count:], given, strict=True) if future.done())
        for future in given:
            future.result()
    cpu, waited = (sum(after[pid][place] - before[pid][place] for pid in after.keys() & before.keys()) for place in (0, 1))
    return (cpu + waited) / (wall * count), cpu / done, done / wall


def is_worker(pid: int) -> bool:
    """Whether it reads pages: forked from the fork server, with no process of its own."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return not children and "forkserver" in Path(f"/proc/{pid}/cmdline").read_text()


def at_work(pids: list[int]) -> dict[int, tuple[float, float]]:
    """Seconds on a core, and waiting for one, of each process that is there."""
    found = {}
    for pid in pids:
        if (told := Path(f"/proc/{pid}/schedstat")).exists():
            on, waiting, _ = told.read_text().split()
            found[pid] = (int(on) / 1e9, int(waiting) / 1e9)
    return found


if __name__ == "__main__":
    main()
