"""What relating a large warehouse costs: CPU time and memory, all at once and ten thousand more.

    uv run python -m tests.bench.copies_cost FOLDER [--articles 100000] [--added 10000] [--known 900000]

FOLDER gets a warehouse of generated articles, unless it has one. With `--known` its index has so many others before them, made up: what a
home's size costs, without what it costs to make it. A home that tests.bench.analysts_home made of recombined clauses, where nearly every
article quotes others, may be given in its place. The last `--added` articles are taken out first and put back later.
"""

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from tasks.relation.relate import relate
from tests.bench.generated_articles import generate
from tests.bench.made_up_index import make_up
from warehouse.connection import Connection, open_loader
from warehouse.relating.corpus import FileCorpus
from warehouse.relating.index_file import INDEX_FILE

RUN = "a" * 16


def main() -> None:
    """Relate, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=10_000)
    parser.add_argument("--known", type=int, default=0, help="articles that the index has before them")
    given = parser.parse_args()
    if not (given.home / "loader" / "warehouse.duckdb").exists():
        if given.known:
            _elsewhere(make_up, given.home, given.known)
        _elsewhere(generate, given.home, given.articles)
    with tempfile.TemporaryDirectory(dir=given.home.parent) as folder:
        home = Path(folder)
        (home / "loader").mkdir()
        for file in ("loader/warehouse.duckdb", *([INDEX_FILE] if given.known else [])):
            shutil.copy(given.home / file, home / file)
        _elsewhere(take_out, home, given.added)
        with open_loader(home) as con:
            first = measured(con, home)
            con.execute(f"INSERT INTO core.articles BY NAME FROM '{home}/late.parquet'; CHECKPOINT")
            more = measured(con, home)
            copies = con.execute("SELECT relation, count(*) FROM core.copies GROUP BY ALL").fetchall()
        size = (home / INDEX_FILE).stat().st_size / 1e6
    print(f"adding {given.added} costs {more / first:.1%} of the first; index {size:.0f} MB; {copies}")


def _elsewhere(function: Callable[[Path, int], None], home: Path, count: int) -> None:
    """In a process of its own, whose memory is not measured."""
    process = get_context("spawn").Process(target=function, args=(home, count))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def take_out(home: Path, count: int) -> None:
    """The last articles, into a file."""
    with open_loader(home) as con:
        con.execute("SET memory_limit = '2GB'")
        late = f"FROM core.articles WHERE rowid > (SELECT max(rowid) FROM core.articles) - {count}"
        con.execute(f"COPY ({late}) TO '{home}/late.parquet'; DELETE {late}")


def measured(con: Connection, home: Path) -> float:
    """Seconds of CPU."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.process_time()
    done = relate(FileCorpus(con, home), RUN)
    seconds, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1e6 * seconds / max(done.articles, 1)
    print(f"{done.line()}: {seconds:.1f} s of CPU, {each:.0f} us an article, peak {peak:.0f} MB, {before:.0f} MB before", flush=True)
    return seconds


if __name__ == "__main__":
    main()
