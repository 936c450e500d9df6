"""A flow that loads very many pages over a cluster into a lake: its memory, and what one more page costs it.

    uv run python -m tests.bench.long_load --pages 100000

Everything is real but the reading: a machine hands in rows of real pages (or of the samples, where those are not at hand) that it has read
once, under keys of their own, as Parquet in the store. So a core is enough to see what a flow does that forty feed on. Prints a line for
each tenth of the pages, and starts a PostgreSQL of its own.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

import polars as pl

from flows.settings import Settings
from flows.summary import IngestSummary
from tasks.planning.batches import PageBatch
from tasks.shaping.ledger import shape_inputs
from tasks.sources.page import Unreadable
from tasks.staging.stage_in_store import Frames, stage_in_store
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.carrier import Carrier
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.order import WorkOrder
from tasks.workers.work import Documented, Known, Work
from tests.bench.corpus import write_corpus
from tests.bench.lake_cost import read_once
from tests.bench.machines import cluster
from tests.bench.many_batches import cpu_seconds, resident_megabytes, server_process
from tests.conftest import ROOT
from tests.lake.postgres import running_postgres
from warehouse.lake.address import LakeAddress
from warehouse.lake.create import create_lake
from warehouse.tables import PAGE_FAMILY, Inputs, Pages

READ = 200  # pages that a machine reads once
ONCE = "once"  # the folder of the home that has their rows
TENTHS, SETTLED = 10, 2  # lines; from which on memory is compared, when every library has been used


def main() -> None:
    """Make a cluster, a lake and the input; run the flow in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--batch-pages", type=int, default=0, help="as of ingest")
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)  # the flow's own process
    given = parser.parse_args()
    if given.run:
        flow(*given.run, given.pages)
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name, running_postgres() as server:
        folder, database = Path(name), server.database()
        lake = LakeAddress.of(database, str(folder / "store"))
        create_lake(lake)
        corpus = write_corpus(folder / "in", given.pages, stubs)
        read_pages(folder / "home")
        size = {"BROADSHEET_BATCH_PAGES": str(given.batch_pages)} if given.batch_pages else {}
        with cluster(folder, 1, workers=2) as made:
            told = {"BROADSHEET_WAREHOUSE": lake.catalog, "BROADSHEET_STORE": lake.store, "BROADSHEET_CLUSTER": made.address} | size
            before = server.cpu_seconds()
            again = [sys.executable, "-m", "tests.bench.long_load", "--pages", str(given.pages), "--run", str(corpus), str(folder / "home")]
            subprocess.run(again, check=True, cwd=ROOT, env=dict(os.environ) | told)
            print(f"PostgreSQL: {1000 * (server.cpu_seconds() - before) / given.pages:.3f} ms of CPU a page", flush=True)


def stubs(count: int) -> Iterator[tuple[str, str, bytes]]:
    """Files that nobody reads."""
    for number in range(count):
        yield f"{number // 500:04d}/{number:06d}.html", f"https://copy{number:06d}.example/story", b"<html>%d</html>" % number


def flow(corpus: str, home: str, pages: int) -> None:
    """The run, in this process, which is measured from within."""
    from flows.commands.orchestrated import orchestrated

    with orchestrated("flows.ingest_pages", "ingest_pages", os.environ["BROADSHEET_CLUSTER"]) as ingest_pages:
        from flows.ingest_run import watching

        vars(import_module("flows.ingest_pages"))["carrier_of"] = carried_without_reading
        vars(import_module("flows.ingest_pages"))["relate_loaded"] = print  # the same 200 texts again and again
        meter = Meter(server_process(), pages)
        watching.append(meter)
        print(json.dumps(ingest_pages([corpus], home)["rows"]), flush=True)
    meter.tell()


def carried_without_reading(settings: Settings, order: WorkOrder, tell: object) -> Carrier:
    """As flows.carriers has it, with other work."""
    from flows.version import extractor
    from tasks.workers.cluster.build import Build
    from tasks.workers.cluster.client import Cluster

    access, work = settings.cluster_access(), Work(finish=import_module("tests.bench.long_load").handed_in)
    assert access is not None and callable(tell)
    return Cluster(access, order, Build.here(extractor()), tell, work=work)


def handed_in(batch: PageBatch, order: WorkOrder, _documented: Documented, _known: Known) -> StagedBatch:
    """On a machine: as many rows as if the pages of the batch had been read."""
    began, assigned = datetime.now(UTC), []
    fates, read = read_before(order.home / ONCE)
    for place, piece in enumerate(batch.pieces):
        assert not isinstance(piece, Unreadable)
        fate, key = fates[place % len(fates)], hashlib.sha256(f"{piece.path}:{piece.offset}".encode()).hexdigest()[:16]
        assigned.append((fate.page_id, key, fate.reason))
    keys = pl.DataFrame([pair[:2] for pair in assigned], schema={"page_id": pl.String, "key": pl.String}, orient="row")
    frames = {table: _keyed(frame, keys, batch.run_id) for table, frame in read.items()}
    frames[Pages] = frames[Pages].with_columns(digest=pl.concat_str("page_id", "page_id", "page_id", "page_id"))
    frames[Inputs] = shape_inputs(DissectedBatch(batch, []))
    stored = stage_in_store(order.store or "", batch.staging_name, frames, ())
    return StagedBatch({}, (), tuple(PageFate(key, reason) for _, key, reason in assigned), began, Steps(), stored=stored)


def read_pages(home: Path) -> None:
    """Read some pages, and leave their rows and fates where machines find them."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-read-") as folder:
        staged, frames = read_once(Path(folder), READ)
    once = home / ONCE
    once.mkdir(parents=True)
    for table in PAGE_FAMILY:
        if table in frames:
            frames[table].write_parquet(once / f"{table.TABLE}.parquet")
    (once / "fates.json").write_text(json.dumps([fate for fate in staged.fates if fate.page_id]))


@cache
def read_before(once: Path) -> tuple[list[PageFate], Frames]:
    """On a machine: what was left there, once in its life."""
    found = {table: once / f"{table.TABLE}.parquet" for table in PAGE_FAMILY}
    fates = [PageFate(*each) for each in json.loads((once / "fates.json").read_text())]
    return fates, {table: pl.read_parquet(path) for table, path in found.items() if path.exists()}


def _keyed(frame: pl.DataFrame, keys: pl.DataFrame, run_id: str) -> pl.DataFrame:
    keyed = frame.join(keys, on="page_id", how="inner", maintain_order="right").with_columns(page_id="key", run_id=pl.lit(run_id))
    return keyed.select(frame.columns)


class Meter:
    """Watches the run from within: a line for each tenth of its pages."""

    def __init__(self, server: int, pages: int) -> None:
        self._server, self._pages, self._next = server, pages, pages // TENTHS
        self._seen: list[tuple[int, float, float, float, float]] = []

    def saw(self, summary: IngestSummary) -> None:
        if summary.read < self._next:
            return
        self._next = (summary.read * TENTHS // self._pages + 1) * self._pages // TENTHS
        memory, flow_cpu, server_cpu = resident_megabytes(os.getpid()), cpu_seconds(os.getpid()), cpu_seconds(self._server)
        self._seen.append((summary.read, flow_cpu, server_cpu, memory, time.monotonic()))
        told = f"flow {memory:.0f} MB, {flow_cpu:.1f} s of CPU; server {server_cpu:.1f} s"
        print(f"{summary.read:7} pages in {summary.batches} batches: {told}", flush=True)

    def close(self) -> None:
        """Nothing is open."""

    def tell(self) -> None:
        """Between the second tenth and the last."""
        settled = self._seen[SETTLED - 1 :]
        (some, flow_few, server_few, _, began), (most, flow_more, server_more, _, ended) = settled[0], settled[-1]
        memory = [each[3] for each in settled]
        a_page = 1000 / max(most - some, 1)
        print(f"one more page: flow {a_page * (flow_more - flow_few):.3f} ms, server {a_page * (server_more - server_few):.3f} ms of CPU; "
              f"{(most - some) / (ended - began):.0f} pages/s by the clock")  # fmt: skip
        print(f"flow's memory from {some} pages to {most}: {min(memory):.0f} to {max(memory):.0f} MB, {max(memory) / memory[0] - 1:+.1%}")


if __name__ == "__main__":
    main()
