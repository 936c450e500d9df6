"""What the flow's own process and Prefect's server take of each page, by step, without the workers' share of the time.

    uv run python -m tests.bench.flow_cost --pages 2000 --more 6000

Everything is real but the reading: a worker hands in rows and bytes of real pages (or of the samples, where those are not at hand) that
were read once, under keys, addresses and texts of their own, in a tenth of the time of `ingest_cost`. The flow's stack is sampled by its
CPU; what threads of DuckDB or Prefect take meanwhile counts for the step that waits for them. With --more what one more page costs.
Memory is not told: what hands in is loaded here as well.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import FrameType

from tasks.workers.work import Work
from tests.bench.corpus import write_corpus
from tests.bench.handed_in import read_pages
from tests.bench.long_load import ONCE, stubs
from tests.bench.many_batches import cpu_seconds, server_process
from tests.conftest import ROOT

TICK = 0.01
STEPS = {  # the innermost of these that is on the stack
    "tasks/loading/batch.py load": "load",
    "tasks/relation/indexing.py _fingerprinted": "relate: fingerprints",
    "tasks/relation/meetings.py meet": "relate: who meets whom",
    "tasks/relation/indexing.py _aligned": "relate: align",
    "tasks/relation/relate.py decide": "relate: decide",
    "tasks/relation/relate.py relate": "relate: the rest",
    "warehouse/search/stretches.py write_runs": "search: runs",
    "warehouse/search/stretches.py write_together": "search: together",
    "warehouse/search/index.py update_index": "search: the rest",
    "tasks/publish_snapshot.py publish_snapshot": "publish: the rest",
    "flows/batches_ahead.py staged_batches": "wait for workers, plan",
    "flows/ingest_pages.py report": "report",
    "flows/ingest_pages.py load_pages": "run: the rest",
}
spent: Counter[str] = Counter()  # seconds of CPU


def main() -> None:
    """Read once, then run the flow in a process of its own, for each count of pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--more", type=int)
    parser.add_argument("--keep", type=Path, help="a folder for the homes, else they are removed")
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)  # the flow's own process
    given = parser.parse_args()
    if given.run:
        flow(*given.run)
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        folder = given.keep or Path(name)
        read_pages(folder / ONCE)
        told = [run(folder, pages) for pages in (given.pages, given.more) if pages]
    if given.more:
        added = given.more - given.pages
        each = {role: 1000 * (told[1][role] - told[0][role]) / added for role in ("flow", "server")}
        print("one more page: " + ", ".join(f"{role} {cost:.2f} ms" for role, cost in each.items()))


def run(folder: Path, pages: int) -> dict[str, float]:
    """One run; prints what it took."""
    home = folder / f"home-{pages}"
    (home / ONCE).parent.mkdir(parents=True)
    (home / ONCE).symlink_to(folder / ONCE)
    corpus = write_corpus(folder / f"in-{pages}", pages, stubs)
    again = [sys.executable, "-m", "tests.bench.flow_cost", "--run", str(corpus), str(home)]
    told: dict[str, float] = json.loads(subprocess.run(again, check=True, cwd=ROOT, stdout=subprocess.PIPE).stdout.splitlines()[-1])
    print(f"{pages} pages: flow {told['flow']:.2f} s; server {told['server']:.2f} s")
    for step in sorted(told.keys() - {"flow", "server"}, key=lambda name: -told[name]):
        if told[step]:
            print(f"  {step:<28} {told[step]:7.2f} s {1000 * told[step] / pages:7.2f} ms/page")
    return told


def flow(corpus: str, home: str) -> None:
    """The run, in this process, which is measured from within."""
    from flows.commands.orchestrated import orchestrated

    signal.signal(signal.SIGPROF, Sampler().take)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    with orchestrated("flows.ingest_pages", "ingest_pages") as ingest_pages:
        from tasks.workers.pool import WorkerPool

        work = Work(finish=import_module("tests.bench.handed_in").handed_in)
        vars(import_module("flows.ingest_pages"))["carrier_of"] = lambda settings, order, _: WorkerPool(settings.workers, order, work)
        server = server_process()
        ingest_pages([corpus], home, workers=2)
        took = cpu_seconds(server)
    signal.setitimer(signal.ITIMER_PROF, 0)
    told = {"flow": time.process_time(), "server": took} | spent
    print("\n" + json.dumps(told), flush=True)


class Sampler:
    """Enters CPU since the last look at the step on the stack."""

    def __init__(self) -> None:
        self._last = time.process_time()

    def take(self, _signal: int, frame: FrameType | None) -> None:
        """A signal that comes while DuckDB works is heard when it has ended, with all that it took."""
        now, step = time.process_time(), "start and end"
        took, self._last, found = now - self._last, now, False
        while frame is not None and not found:
            path = frame.f_code.co_filename
            name = f"{os.path.relpath(path, ROOT)} {frame.f_code.co_name}" if path.startswith(str(ROOT)) else ""
            found = name in STEPS
            step, frame = STEPS.get(name, step), frame.f_back
        spent[step] += took


if __name__ == "__main__":
    main()
