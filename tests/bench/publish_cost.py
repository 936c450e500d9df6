"""What publishing costs beside a plain copy of the same file with fsync, in turns, and what it writes where nothing is new.

    uv run python -m tests.bench.publish_cost HOME [--rounds 5]

HOME is changed: give a copy. tests/bench/analysts_home.py makes a large one.
"""

import argparse
import os
import resource
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from warehouse.connection import Connection, open_loader
from warehouse.snapshot import publish_snapshot


def main() -> None:
    """Print medians, their ratio, and the sizes of what was published."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with open_loader(given.home) as con:
        publish_snapshot(con, given.home, anew=True)
        turns = [
            (timed(lambda: plain_copy(given.home)), timed(lambda: changed_and_published(con, given.home))) for _ in range(given.rounds)
        ]
        for place, name in enumerate(("wall", "CPU")):
            copy, publish = (statistics.median(turn[which][place] for turn in turns) for which in (0, 1))
            ratio = statistics.median(turn[1][place] / turn[0][place] for turn in turns)
            print(f"{name:<5} copy + fsync {copy:.2f} s, publish {publish:.2f} s, ratio {ratio:.2f}")
        before = written_blocks(), state(given.home)
        publish_snapshot(con, given.home)
        is_same = state(given.home) == before[1]
        print(f"nothing new: {written_blocks() - before[0]} blocks written, files {'as they were' if is_same else 'changed'}")
        total, used, free = con.execute(
            "SELECT block_size * total_blocks, used_blocks, free_blocks FROM pragma_database_size()"
        ).fetchall()[0]
        print(f"{total / 1e6:.0f} MB, {free / max(used + free, 1):.0%} of the blocks free")


def changed_and_published(con: Connection, home: Path) -> None:
    """A change of one row, then what publishing it takes."""
    con.execute("UPDATE ops.migrations SET applied_at = now() WHERE number = 1")
    publish_snapshot(con, home)


def plain_copy(home: Path) -> None:
    """What cannot be spared: the bytes, written and flushed."""
    target = home / "plain.copy"
    with (home / "warehouse.duckdb").open("rb") as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing, 8 * 2**20)
        writing.flush()
        os.fsync(writing.fileno())
    target.unlink()


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of CPU with those of children."""
    began, cpu = time.monotonic(), cpu_seconds()
    work()
    return time.monotonic() - began, cpu_seconds() - cpu


def cpu_seconds() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def written_blocks() -> int:
    """Of 512 bytes, as the kernel counts them for this process and its children."""
    return sum(resource.getrusage(who).ru_oublock for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def state(home: Path) -> dict[Path, tuple[int, int]]:
    """Every file with its size and time."""
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in home.rglob("*")}


if __name__ == "__main__":
    main()
