"""Memory and CPU of the flow's process and of Prefect's server over a run of many batches, and its page in the UI.

    uv run python -m tests.bench.many_batches --batches 1000 --pictures FOLDER

Everything is real but the workers: batches of one page come back as soon as they are sent, refused, so that what is left is the plan, a
task run to finish and one to load, a transaction, progress and reports. Prints a line for each tenth of the run: what is flat stays so.
At the end what one more batch costs both, once the first tenth has passed, and which share that is of a batch of the default size.
"""

import argparse
import os
import re
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import read_settings
from flows.summary import IngestSummary
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import PageFate, StagedBatch, Steps
from tasks.workers.pool import WorkerPool
from tasks.workers.work import Documented, Known
from tests.bench.operator_ui import newest_run, picture
from tests.flows.browser import chromium
from tests.prefect_server import running_server

SERVER = re.compile(rb"server\0start|flows\.temporary_server")
BATCH_PAGES = read_settings().batch_pages
PAGE_SECONDS = 0.015  # of CPU, for a page on a quiet machine; tests.bench.ingest_cost tells


class IdlePool(WorkerPool):
    """Refuses every page unread."""

    def finish(self, batch: PageBatch, documented: Documented = frozenset(), known: Known = frozenset()) -> StagedBatch:  # noqa: ARG002 - as the pool's
        return StagedBatch({}, (), tuple(PageFate(None, "empty_file") for _ in batch.pieces), datetime.now(UTC), Steps())


class Meter:
    """A watcher that tells memory and CPU of both processes now and then."""

    def __init__(self, server: int, batches: int) -> None:
        self._processes = {"flow": os.getpid(), "server": server}
        self._every, self._next = max(batches // 10, 1), 0
        self._before = self._spent()
        self._after_tenth: tuple[int, dict[str, float]] | None = None
        self._last = (0, self._before)

    def saw(self, summary: IngestSummary) -> None:
        if summary.batches >= self._next:
            self._next += self._every
            self._last = (summary.batches, self._spent())
            if summary.batches and self._after_tenth is None:
                self._after_tenth = self._last
            told = (
                f"{name} {resident_megabytes(pid):.0f} MB, {cpu_seconds(pid) - self._before[name]:.1f} s of CPU"
                for name, pid in self._processes.items()
            )
            print(f"{summary.batches:5} batches: {'; '.join(told)}", flush=True)

    def tell(self) -> None:
        """What one more batch costs, Prefect and the transaction together."""
        assert self._after_tenth is not None, "expected more than one tenth"
        (first, before), (last, after) = self._after_tenth, self._last
        each = {name: (after[name] - before[name]) / max(last - first, 1) for name in after}
        told = ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in each.items())
        share = sum(each.values()) / (BATCH_PAGES * PAGE_SECONDS)
        print(f"one more batch: {told}; {share:.1%} of the CPU of {BATCH_PAGES} pages (bar <= 5 %)")

    def close(self) -> None:
        """Nothing is open."""

    def _spent(self) -> dict[str, float]:
        return {name: cpu_seconds(pid) for name, pid in self._processes.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=1000)
    parser.add_argument("--pictures", type=Path, required=True)
    given = parser.parse_args()
    given.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="broadsheet-batches-") as name:
        folder = Path(name)
        (folder / "drop").mkdir()
        for number in range(given.batches):
            (folder / "drop" / f"{number:05d}.html").write_text(f"<html><body>{number}</body></html>")
        with running_server(folder) as server, chromium(folder / "chromium") as browser:
            os.environ |= {"PREFECT_API_URL": server, "PREFECT_HOME": str(folder), "DO_NOT_TRACK": "1"}
            run(folder, given.batches)
            at, ran = server.removesuffix("/api"), newest_run(server)
            browser.open(f"{at}/flow-runs/flow-run/{ran['id']}", ran["name"])
            picture(browser, given.pictures / "many-batches.png")
            browser.click("Task Runs")
            picture(browser, given.pictures / "many-task-runs.png")


def run(folder: Path, batches: int) -> None:
    """One run, measured."""
    from flows.commands.orchestrated import orchestrated

    with orchestrated("flows.ingest_pages", "ingest_pages") as ingest_pages:
        from flows import carriers
        from flows.ingest_run import watching
        from warehouse.errors import NothingLoaded

        carriers.WorkerPool = IdlePool  # type: ignore[misc]
        meter = Meter(server_process(), batches)
        watching.append(meter)
        try:
            ingest_pages([str(folder / "drop")], str(folder / "home"), workers=2, batch_pages=1)
        except NothingLoaded:
            print("refused as expected", flush=True)
        meter.tell()


def server_process() -> int:
    """The server that this process has started."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile
            is_ours = f"PPid:\t{os.getpid()}\n" in (entry / "status").read_text()
            if is_ours and SERVER.search((entry / "cmdline").read_bytes()):
                return int(entry.name)
    raise LookupError("expected a child process that is a server of Prefect, there is none")


def resident_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def cpu_seconds(pid: int) -> float:
    """User and system, see proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
