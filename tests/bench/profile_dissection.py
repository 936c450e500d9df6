"""Where the CPU of dissecting a page goes: milliseconds a page by region, by file and by function, HTML and text apart.

    uv run python -m tests.bench.profile_dissection                       # all real pages that are at hand
    uv run python -m tests.bench.profile_dissection --pages 200 --most 40

The stack is sampled each millisecond of CPU: a profiler that is called for each call makes short functions look dear. What
a library does counts for the function that called it; a region is what `page.py` and `printed/` call.
"""

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import FrameType

from tasks.dissection.page import dissect_html, dissect_text
from tests.bench.compare_dissection import OBSERVED, Printing, pages, printed

DISSECTION = Path(__file__).parents[2] / "tasks" / "dissection"
TICK = 0.001  # seconds of CPU between two looks at the stack
RECIPES = ("page.py", "printed/as_markup.py", "printed/as_lines.py", "body/find_body.py")  # files that call regions
WARM = 20  # pages that are dissected before: patterns are compiled and words are read once a process


@dataclass
class Samples:
    """How often the stack was seen in each region (with all that it calls), file and function (alone)."""

    regions: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)

    def take(self, _signal: int, frame: FrameType | None) -> None:
        """Enter one look at the stack: under its innermost function of ours, and under the innermost recipe that called it."""
        inner = region = ""
        while frame is not None:
            if (path := Path(frame.f_code.co_filename)).is_relative_to(DISSECTION):
                file = path.relative_to(DISSECTION).as_posix()
                name = f"{file} {frame.f_code.co_name}"
                if not inner:
                    inner, region = name, name
                    self.files[file] += 1
                    self.functions[name] += 1
                if file in RECIPES:
                    self.regions[region] += 1
                    return
                region = name
            frame = frame.f_back


def main() -> int:
    """Profile both printings of every page; 0 also where no real page is at hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, help="only so many")
    parser.add_argument("--most", type=int, default=25, help="rows of each table")
    given = parser.parse_args()
    found = list(islice(pages(), given.pages))
    if not found:
        print("skipped: no real pages are at hand; put them beside the repository as ../shared/pages")
        return 0
    report("html", dissect_html, found, given.most)
    report("text", dissect_text, [(key, printed(html), url) for key, html, url in found], given.most)
    return 0


def report(kind: str, dissect: Callable[..., object], found: list[Printing], most: int) -> None:
    """Dissect the pages and print where their time went."""
    for _, text, url in found[:WARM]:
        dissect(text, url, OBSERVED)
    samples = Samples()
    signal.signal(signal.SIGPROF, samples.take)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    for _, text, url in found:
        dissect(text, url, OBSERVED)
    signal.setitimer(signal.ITIMER_PROF, 0)
    each = (time.process_time() - began) / len(found) * 1000
    print(f"\n{kind}: {len(found)} pages, {each:.2f} ms of CPU a page")
    for title, counts in (("region", samples.regions), ("file", samples.files), ("function", samples.functions)):
        total = sum(samples.files.values()) or 1
        print(f"\n  {title:<60} ms a page  share")
        for name, count in counts.most_common(most):
            print(f"  {name:<60} {count / total * each:9.3f} {count / total:6.1%}")


if __name__ == "__main__":
    sys.exit(main())
