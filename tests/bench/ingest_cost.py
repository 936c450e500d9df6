"""What `broadsheet ingest` costs beside a bare loop of trafilatura over the same pages, measured in one run.

    uv run python -m tests.bench.ingest_cost --pages 2000 --workers 2

Prints CPU per page and wall-clock pages/s of both, their ratios, the peak memory of each process, and a second run's time.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.corpus import MANIFEST, write_corpus
from tests.bench.processes import Cost, run_measured

BARE = """
import sys, pathlib, trafilatura
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.html')):
    trafilatura.bare_extraction(path.read_bytes(), with_metadata=True)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--without-bare", action="store_true", help="only Broadsheet: for memory over many pages")
    given = parser.parse_args()
    if not MANIFEST.exists():
        sys.exit(f"skipped: the real pages are not at {MANIFEST.parent}")
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        measure(Path(folder), given.pages, given.workers, not given.without_bare)


def measure(folder: Path, pages: int, workers: int, with_bare: bool) -> None:
    corpus = write_corpus(folder / "corpus", pages)
    broadsheet = shutil.which("broadsheet") or "broadsheet"
    command = [broadsheet, "ingest", str(corpus), "--home", str(folder / "home"), "--workers", str(workers)]
    bare = run_measured([sys.executable, "-c", BARE, str(corpus)]) if with_bare else None
    first, second = run_measured(command), run_measured(command)
    print(first.output)
    print(second.output)
    for name, cost in (("bare", bare), ("ingest", first), ("again", second)):
        if cost:
            print(f"{name:8} cpu {1000 * cost.cpu_seconds / pages:7.2f} ms/page  wall {cost.wall_seconds:7.2f} s  "
                  f"{pages / cost.wall_seconds:7.1f} pages/s  exit {cost.exit_code}")  # fmt: skip
    if bare:
        print(f"cpu ratio {first.cpu_seconds / bare.cpu_seconds:.3f} (bar <= 0.9)")
        print(f"wall ratio {bare.wall_seconds / first.wall_seconds:.2f} with {workers} workers (bar >= 2.0)")
    print(f"second run {first.wall_seconds / second.wall_seconds:.1f} times faster (bar >= 20)")
    show_processes(first)


def show_processes(cost: Cost) -> None:
    for name, process in list(cost.processes.items())[:10]:
        print(f"  {process.cpu_seconds:7.1f} s cpu  {process.peak_mb:7.0f} MB peak  {name}")


if __name__ == "__main__":
    main()
