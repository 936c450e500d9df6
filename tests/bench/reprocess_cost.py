"""What reading pages again costs beside their first ingest: raw store to diff, and the taking over, measured in one run.

    uv run python -m tests.bench.reprocess_cost --pages 10000 --workers 2

The pages are ingested; then the warehouse is made to say that an older extractor has read all of them, and another title of every tenth
(--all: another title, body and evidence of each). `reprocess --outdated` reads them again, `reprocess --accept` takes over what it
proposes. Prints pages/s and CPU of both, their ratios (1: as fast as the first ingest), the seconds of --accept, and the size of the
snapshot before and after.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.corpus import MANIFEST, copies, copies_of_samples, write_corpus
from tests.bench.processes import run_measured
from tests.conftest import PROGRAM
from warehouse.ask import ask
from warehouse.connection import SNAPSHOT_FILE, open_loader
from warehouse.snapshot import publish_snapshot

OUTDATED = """
UPDATE core.evidence SET extractor = 'broadsheet/0.0.1+00000000 trafilatura/1.0.0';
UPDATE core.articles SET title = 'What an older extractor has read' WHERE page_id IN (
    SELECT page_id FROM core.articles QUALIFY row_number() OVER (ORDER BY page_id) % 10 = 0
)
"""


ALL = "UPDATE core.articles SET title = 'Older', body = body || ' Older.'; UPDATE core.evidence SET reason = 'Older'"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--real", action="store_true", help="copies of real pages, where they are at hand, instead of the samples")
    parser.add_argument("--all", action="store_true", help="everything differs, not one page in ten")
    parser.add_argument("--keep", type=Path, help="folder to be made for the home, with its proposal not yet taken over")
    given = parser.parse_args()
    if given.real and not MANIFEST.exists():
        sys.exit(f"skipped: the real pages are not at {MANIFEST.parent}")
    if given.keep and given.keep.exists():
        parser.error(f"--keep: expected a folder that is not there yet, {given.keep} is")
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        measure(Path(folder), given)


def measure(folder: Path, given: argparse.Namespace) -> None:
    corpus, home = write_corpus(folder / "corpus", given.pages, copies if given.real else copies_of_samples), folder / "home"
    workers = ("--workers", str(given.workers))
    first = run_measured(command("ingest", str(corpus), "--home", str(home), *workers))
    make_outdated(home, OUTDATED + (f";{ALL}" if given.all else ""))
    again = run_measured(command("reprocess", "--outdated", "--home", str(home), "--json", *workers))
    for name, cost in (("ingest", first), ("reprocess", again)):
        print(f"{name:10} cpu {1000 * cost.cpu_seconds / given.pages:7.2f} ms/page  wall {cost.wall_seconds:8.2f} s  "
              f"{given.pages / cost.wall_seconds:7.1f} pages/s  exit {cost.exit_code}", flush=True)  # fmt: skip
    told = json.loads(again.output)
    differing = {(row["table_name"], row["field"]) for row in told["fields"]}
    print(f"read again {told['seen']} of {given.pages}, fields that differ: {sorted(differing)}")
    print(f"speed of reprocess beside ingest: wall {first.wall_seconds / again.wall_seconds:.2f}, "
          f"cpu {first.cpu_seconds / again.cpu_seconds:.2f} (bar >= 0.9)", flush=True)  # fmt: skip
    if given.keep:
        shutil.copytree(home, given.keep)
    take_over(home)


def take_over(home: Path) -> None:
    """Take the proposal over, and print what that cost."""
    before = (home / SNAPSHOT_FILE).stat().st_size
    taken = run_measured(command("reprocess", "--accept", "--home", str(home), "--json"))
    accepted = json.loads(taken.output)["accepted"]
    ((left,),) = ask(home, "SELECT count(DISTINCT page_id) FROM core.evidence WHERE extractor LIKE 'broadsheet/0.0.1+%'").rows
    after = (home / SNAPSHOT_FILE).stat().st_size
    print(f"accept {accepted} captures: wall {taken.wall_seconds:.2f} s (bar <= 2), cpu {taken.cpu_seconds:.2f} s, exit {taken.exit_code}; "
          f"left outdated {left}; snapshot {before / 2**20:.1f} -> {after / 2**20:.1f} MiB")  # fmt: skip


def command(*words: str) -> list[str]:
    """`broadsheet` as a user calls it."""
    return [PROGRAM, *words]


def make_outdated(home: Path, statements: str) -> None:
    """Have the warehouse say what an older extractor would have said."""
    with open_loader(home) as connection:
        connection.execute(statements)
        publish_snapshot(connection, home)


if __name__ == "__main__":
    main()
