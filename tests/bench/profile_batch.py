"""Where a worker's CPU goes: milliseconds a page by step and by function of a whole batch, from references to staged files.

    uv run python -m tests.bench.profile_batch --pages 300 --most 40

The batch is finished in this process, warmed as the fork server is; the stack is sampled as `profile_dissection` does it. A step is
what a function of ours, one of STEPS, takes with all that it calls; what no step has is told as `other`.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tasks.planning.batches import plan_batches
from tasks.planning.survey import survey
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tests.bench.corpus import MANIFEST, copies, copies_of_samples, write_corpus
from tests.bench.profile_dissection import TICK

ROOT = Path(__file__).parents[2]
STEPS = {  # the innermost of these that is on the stack
    "tasks/workers/dissect_batch.py _fetched": "fetch",
    "tasks/pages/read_page.py decode_page": "decode",
    "tasks/restoration/restore.py restore": "restore",
    "tasks/dissection/page.py dissect_html": "dissect",
    "tasks/dissection/page.py dissect_text": "dissect",
    "tasks/restoration/placing.py place": "place repairs",
    "tasks/pages/dissect_restored.py _search_forms": "fold",
    "tasks/pages/second_look.py second_look": "second look",
    "tasks/raw_store/staging.py stage_page": "pack",
    "tasks/shaping/tables.py shape_batch_tables": "shape",
    "expectations/quarantine.py judge_batch": "judge",
    "expectations/data_docs.py document": "document",
    "tasks/staging/stage_tables.py stage_tables": "stage",
}


@dataclass
class Samples:
    """How often the stack was seen in each step (with all that it calls) and in each function of ours (alone)."""

    steps: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)

    def take(self, _signal: int, frame: FrameType | None) -> None:
        """Enter one look at the stack."""
        inner = ""
        while frame is not None:
            path = frame.f_code.co_filename
            if path.startswith(str(ROOT)) and ".venv" not in path:
                name = f"{Path(path).relative_to(ROOT).as_posix()} {frame.f_code.co_name}"
                if not inner:
                    inner = name
                    self.functions[name] += 1
                if name in STEPS:
                    self.steps[STEPS[name]] += 1
                    return
            frame = frame.f_back
        self.steps["other"] += 1


def main() -> int:
    """Finish a small batch, then the one that is profiled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300, help="of the batch; what a batch costs is shared by them")
    parser.add_argument("--most", type=int, default=25, help="rows of the table of functions")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        finish(Path(folder) / "warm", 20)
        samples = Samples()
        signal.signal(signal.SIGPROF, samples.take)
        each = finish(Path(folder) / "batch", given.pages, TICK) * 1000 / given.pages
    print(f"{given.pages} pages, {each:.2f} ms of CPU a page")
    for title, counts in (("step", samples.steps), ("function", samples.functions)):
        total = sum(samples.steps.values()) or 1
        print(f"\n  {title:<60} ms a page  share")
        for name, count in counts.most_common(given.most):
            print(f"  {name:<60} {count / total * each:9.3f} {count / total:6.1%}")
    return 0


def finish(at: Path, pages: int, tick: float = 0.0) -> float:
    """Seconds of CPU for one batch of so many pages, sampled each `tick` seconds of it."""
    from tasks.pages.limits import DEFAULT_LIMITS
    from tasks.workers import dissect_batch, warm_up  # noqa: F401 - as the fork server does, and the collector is set as it is there
    from tasks.workers.finish_batch import finish_batch
    from tasks.workers.order import WorkOrder

    corpus = write_corpus(at / "in", pages, copies if MANIFEST.exists() else copies_of_samples)
    todo = survey(discover([corpus], Tally()), lambda _: {})
    (batch,) = plan_batches(todo.pending, plan, lambda _: {}, run_id="a" * 16, batch_pages=pages)
    dissect_batch.deadline = nullcontext  # a page's deadline takes the timer that samples
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, tick, tick)
    finish_batch(batch, WorkOrder(at / "home", 60.0, DEFAULT_LIMITS, "bench"), frozenset())
    signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
