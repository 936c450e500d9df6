"""What relating a large warehouse costs: CPU time and memory, all at once and ten thousand more.

    uv run python -m tests.bench.copies_cost HOME [--added 10000]

HOME is made by tests.bench.analysts_home; its loader's file is copied, and the copy related. The last `--added` articles are taken out
of it first and put back later. Most of these articles are no copies: put real ones in to see what these cost.
"""

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

from tasks.relation.relate import relate
from warehouse.connection import Connection, open_loader
from warehouse.relating.index_file import INDEX_FILE

RUN = "a" * 16


def main() -> None:
    """Relate, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--added", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.home.parent) as folder:
        home = Path(folder)
        (home / "loader").mkdir()
        shutil.copy(given.home / "loader" / "warehouse.duckdb", home / "loader")
        with open_loader(home) as con:
            con.execute("SET threads = 1; SET memory_limit = '2GB'")  # for the taking out; relating sets its own
            con.execute(f"CREATE TEMP TABLE late AS FROM core.articles ORDER BY rowid DESC LIMIT {given.added}")
            con.execute("DELETE FROM core.articles WHERE page_id IN (SELECT page_id FROM late)")
            first = measured(con, home)
            con.execute("INSERT INTO core.articles BY NAME FROM late")
            more = measured(con, home)
            copies = con.execute("SELECT relation, count(*) FROM core.copies GROUP BY ALL").fetchall()
        size = (home / INDEX_FILE).stat().st_size / 1e6
    print(f"adding {given.added} costs {more / first:.1%} of the first; index {size:.0f} MB; {copies}")


def measured(con: Connection, home: Path) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    done = relate(con, home, RUN)
    seconds, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1e6 * seconds / max(done.articles, 1)
    print(f"{done.line()}: {seconds:.1f} s of CPU, {each:.0f} us an article, peak {peak:.0f} MB", flush=True)
    return seconds


if __name__ == "__main__":
    main()
