"""What `broadsheet ingest` costs beside bare loops of trafilatura over the same pages, measured in one run.

    uv run python -m tests.bench.ingest_cost --pages 2000 --workers 2
    uv run python -m tests.bench.ingest_cost --pages 2000 --more 6000 --without-bare

As many bare processes as workers share the pages: a single one would have a shared cache and clock for itself. The two are run in
turns. Prints CPU per page and pages/s of both, their ratios, CPU and memory by role, and a second run's time. With --more the costs
of one more page, by role: what the flow and its server take of each page bounds how many cores they can feed.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.corpus import MANIFEST, write_corpus
from tests.bench.processes import Cost, Process, run_measured
from tests.conftest import PROGRAM

# Each reads the names of its share of the pages from its standard input.
LOOP = "import sys, trafilatura as t\nfor name in sys.stdin: t.bare_extraction(open(name.strip(), 'rb').read(), with_metadata=True)"
BARE = """
import pathlib, subprocess, sys
corpus, many, loop = sys.argv[1], int(sys.argv[2]), sys.argv[3]
paths = sorted(map(str, pathlib.Path(corpus).rglob("*.html")))
processes = [subprocess.Popen([sys.executable, "-c", loop], stdin=subprocess.PIPE, text=True) for _ in range(many)]
for number, process in enumerate(processes):
    process.stdin.write("\\n".join(paths[number::many]))
    process.stdin.close()
sys.exit(max(process.wait() for process in processes))
"""
ROLES = {"forkserver": "workers", "temporary_server": "server", "resource_tracker": "other", "file_copy": "other"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1, help="turns; medians are told")
    parser.add_argument("--batch-pages", type=int, help="as of ingest")
    parser.add_argument("--without-bare", action="store_true", help="only Broadsheet: for memory over many pages")
    parser.add_argument("--more", type=int, help="also over so many pages, for the cost of one more")
    given = parser.parse_args()
    if not MANIFEST.exists():
        sys.exit(f"skipped: the real pages are not at {MANIFEST.parent}")
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        measure(Path(folder), given)


def measure(folder: Path, given: argparse.Namespace) -> None:
    corpus, ratios = write_corpus(folder / "corpus", given.pages), []
    for turn in range(given.rounds):
        bare = None if given.without_bare else run_measured([sys.executable, "-c", BARE, str(corpus), str(given.workers), LOOP])
        first = run_measured(command(given, corpus, folder / f"home-{turn}"))
        show(bare, first, given.pages)
        if bare:
            ratios.append((first.cpu_seconds / bare.cpu_seconds, bare.wall_seconds / first.wall_seconds,
                           by_role(first)["workers"].cpu_seconds / bare.cpu_seconds))  # fmt: skip
    second = run_measured(command(given, corpus, folder / "home-0"))
    print(f"second run {first.wall_seconds / second.wall_seconds:.1f} times faster, {second.wall_seconds:.2f} s")
    if ratios:
        cpu, wall, workers = (statistics.median(column) for column in zip(*ratios, strict=True))
        print(f"cpu ratio {cpu:.3f} (bar <= 0.60), of the workers alone {workers:.3f} (bar <= 0.42); wall ratio {wall:.2f} (bar >= 1.6)")
    if given.more:
        show_marginal(first, given, folder)


def command(given: argparse.Namespace, corpus: Path, home: Path) -> list[str]:
    """`ingest` as a user calls it."""
    size = ["--batch-pages", str(given.batch_pages)] if given.batch_pages else []
    return [PROGRAM, "ingest", str(corpus), "--home", str(home), "--workers", str(given.workers), *size]


def by_role(cost: Cost) -> dict[str, Process]:
    """CPU added up by role; of memory the highest."""
    roles: dict[str, Process] = {}
    for name, process in cost.processes.items():
        role = next((role for word, role in ROLES.items() if word in name), "flow" if "ingest" in name else "other")
        known = roles.setdefault(role, Process(0, 0))
        known.cpu_seconds += process.cpu_seconds
        known.peak_mb = max(known.peak_mb, process.peak_mb)
        known.peak_share_mb = max(known.peak_share_mb, process.peak_share_mb)
    return roles


def show(bare: Cost | None, ingest: Cost, pages: int) -> None:
    for name, cost in (("bare", bare), ("ingest", ingest)):
        if cost:
            print(f"{name:8} cpu {1000 * cost.cpu_seconds / pages:7.2f} ms/page  wall {cost.wall_seconds:7.2f} s  "
                  f"{pages / cost.wall_seconds:7.1f} pages/s  exit {cost.exit_code}")  # fmt: skip
    for role, process in by_role(ingest).items():
        print(f"  {role:8} {1000 * process.cpu_seconds / pages:7.2f} ms/page  {process.peak_mb:6.0f} MB peak, "
              f"{process.peak_share_mb:6.0f} MB with what is shared counted once", flush=True)  # fmt: skip


def show_marginal(first: Cost, given: argparse.Namespace, folder: Path) -> None:
    """Of one more page: start-up apart, which a long run pays once."""
    longer = run_measured(command(given, write_corpus(folder / "more", given.more), folder / "home-more"))
    show(None, longer, given.more)
    fewer, more = by_role(first), by_role(longer)
    added = given.more - given.pages
    each = {role: 1000 * (more[role].cpu_seconds - fewer[role].cpu_seconds) / added for role in fewer.keys() & more.keys()}
    print("one more page: " + ", ".join(f"{role} {cost:.2f} ms" for role, cost in sorted(each.items())))
    print(f"flow and server {(each['flow'] + each.get('server', 0.0)) / each['workers']:.1%} of the workers' (bar <= 5 %)")


if __name__ == "__main__":
    main()
