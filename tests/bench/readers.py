"""Whether readers of every kind see what is published, at once and whole, while a loader loads and publishes.

    uv run python -m tests.bench.readers --publishes 20

Five kinds of readers, each a process of its own, ask as fast as they can for the state's id, the pages that it says it has, and those that
it has. An answer is an error where none comes, false where it is no published state, and stale where it is older than a state whose publish
had ended before the reader began to connect. Who holds one connection is asked for the state that it began with.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from tests.warehouse.staging import load_frames
from warehouse.connection import open_loader, open_snapshot
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Pages
from warehouse.tables.contract import sample

PAGES = 2_000  # of a load between two publishes
STOP = "stop"
QUERY = "SELECT (SELECT snapshot_id FROM {db}ops.snapshot), (SELECT page_count FROM {db}ops.snapshot), (SELECT count(*) FROM {db}raw.pages)"
Asked = tuple[str, int, int]


@dataclass(slots=True)
class Seen:
    """What the readers of one kind saw."""

    answer_count: int = 0
    errors: list[str] = field(default_factory=list)
    false: list[Asked] = field(default_factory=list)
    stale: list[tuple[str, str]] = field(default_factory=list)  # the state that came, the newest that had been published
    states: set[str] = field(default_factory=set)


def main() -> None:
    """Print what each kind saw; exit code 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--publishes", type=int, default=20)
    parser.add_argument("--reader", nargs=3, metavar=("KIND", "HOME", "LOG"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.reader:
        read(given.reader[0], Path(given.reader[1]), Path(given.reader[2]))
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-readers-") as folder:
        found = watch(Path(folder), given.publishes)
    for kind, seen in found.items():
        wrong = f"{len(seen.errors)} errors, {len(seen.false)} false, {len(seen.stale)} stale"
        print(f"{kind:<20} {seen.answer_count:>6} answers from {len(seen.states):>2} states: {wrong}")
        print("\n".join(f"    {each}" for each in [*seen.errors[:3], *seen.false[:3], *seen.stale[:3]]) or "", end="")
    sys.exit(any(seen.errors or seen.false or seen.stale for seen in found.values()))


def watch(folder: Path, publishes: int, pages: int = PAGES) -> dict[str, Seen]:
    """Load and publish so often while all kinds read; what each saw."""
    home = folder / "home"
    published: list[tuple[float, str, int]] = []  # when its publish had ended, id, pages
    with open_loader(home) as con:
        for number in range(publishes + 1):
            load_frames(con, {Pages: sample(Pages, pages, seed=number)})
            path = publish_snapshot(con, home)
            published.append((time.monotonic(), path.stem, con.execute("SELECT count(*) FROM raw.pages").fetchall()[0][0]))
            if number == 0:
                readers = {kind: _started(kind, home, folder) for kind in KINDS}
                _wait_for_answers(folder)
        (folder / STOP).touch()
        for reader in readers.values():
            reader.wait(60)
    return {kind: _judged(kind, folder / f"{kind}.log", published) for kind in KINDS}


def _started(kind: str, home: Path, folder: Path) -> subprocess.Popen[bytes]:
    log = folder / f"{kind}.log"
    return subprocess.Popen([sys.executable, "-m", "tests.bench.readers", "--reader", kind, str(home), str(log)])


def _wait_for_answers(folder: Path) -> None:
    while not all((log := folder / f"{kind}.log").exists() and log.stat().st_size for kind in KINDS):
        time.sleep(0.05)


def _judged(kind: str, log: Path, published: list[tuple[float, str, int]]) -> Seen:
    seen, pages_of = Seen(), {snapshot_id: pages for _, snapshot_id, pages in published}
    for line in log.read_text("utf-8").splitlines():
        told = json.loads(line)
        seen.answer_count += 1
        if "error" in told:
            seen.errors.append(told["error"])
            continue
        snapshot_id, said, there = told["asked"]
        seen.states.add(snapshot_id)
        if not pages_of.get(snapshot_id) == said == there:
            seen.false.append((snapshot_id, said, there))
        newest = max(each for ended, each, _ in published if ended <= told["began"])
        if snapshot_id < newest and kind != "held":
            seen.stale.append((snapshot_id, newest))
    if kind == "held" and len(seen.states) != 1:
        seen.errors.append(f"who held one connection saw {len(seen.states)} states")
    return seen


def read(kind: str, home: Path, log: Path) -> None:
    """Ask until told to stop, a line in `log` for each answer with the moment at which asking began."""
    with KINDS[kind](home / "warehouse.duckdb") as ask, log.open("w", encoding="utf-8") as lines:
        while not (log.parent / STOP).exists():
            told: dict[str, object] = {"began": time.monotonic()}
            try:
                told["asked"] = ask()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
                told["error"] = f"{type(error).__name__}: {error}"
            lines.write(json.dumps(told) + "\n")
            lines.flush()


def _answer(con: duckdb.DuckDBPyConnection, database: str = "") -> Asked:
    row = con.execute(QUERY.format(db=database)).fetchall()[0]
    return str(row[0]), int(row[1]), int(row[2])


def _connected(path: Path) -> Asked:
    with duckdb.connect(str(path), read_only=True) as con:
        return _answer(con)


@contextmanager
def fresh(path: Path) -> Iterator[Callable[[], Asked]]:
    """Connects, asks, closes."""
    yield lambda: _connected(path)


@contextmanager
def held(path: Path) -> Iterator[Callable[[], Asked]]:
    """Asks one connection for ever."""
    with duckdb.connect(str(path), read_only=True) as con:
        yield lambda: _answer(con)


@contextmanager
def reconnecting(path: Path) -> Iterator[Callable[[], Asked]]:
    """Holds its first connection and connects again by the same name, as a notebook does."""
    with duckdb.connect(str(path), read_only=True):
        yield lambda: _connected(path)


@contextmanager
def attaching(path: Path) -> Iterator[Callable[[], Asked]]:
    """A database of its own that attaches the warehouse anew, in place of what it had attached."""
    with duckdb.connect(":memory:") as con:

        def ask() -> Asked:
            con.execute(f"ATTACH OR REPLACE '{path}' AS news (READ_ONLY)")
            return _answer(con, "news.")

        yield ask


@contextmanager
def another(path: Path) -> Iterator[Callable[[], Asked]]:
    """The way of this program's own commands, from another process than the loader's."""

    def ask() -> Asked:
        with open_snapshot(path.parent) as con:
            return _answer(con)

    yield ask


KINDS = {"fresh": fresh, "held": held, "reconnecting": reconnecting, "attaching": attaching, "another process": another}

if __name__ == "__main__":
    main()
