"""Runs that nobody disturbs: the rows that all others must end with, and how long a run takes."""

import shutil
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.chaos.command import Command, documented_codes
from tests.bench.chaos.corpus import write_corpus
from tests.bench.chaos.equality import rows_of
from tests.bench.chaos.resuming import finish, judged

UNDISTURBED_SECONDS = 300.0
END_SECONDS = 90.0  # for a clean end: the batches under way, a snapshot, Prefect's last words
PATIENCE = 3  # undisturbed runs long, which are as slow as the machine is busy
OPTIONS = ("--batch-pages", "10", "--workers", "2")
OFTEN = "1"  # seconds between two snapshots: the copier lives for milliseconds, and is to be met


@dataclass(frozen=True, slots=True)
class Bench:
    """What all runs of one harness share."""

    folder: Path
    paths: list[Path]
    wanted: dict[str, Counter[str]]  # rows of an undisturbed run
    documented: set[int]  # exit codes
    server: str | None = None
    seconds: float = 0.0  # that an undisturbed run takes, side by side with others

    @property
    def end_seconds(self) -> float:
        """After which a disturbed run hangs: one whose server died starts another, and then has all its work before it."""
        return END_SECONDS + PATIENCE * self.seconds

    def command(self, name: str) -> Command:
        """An ingest of its own home, with a Prefect home that has been migrated already."""
        home = self.folder / name / "home"
        home.parent.mkdir()
        if (ready := self.folder / "prefect").is_dir():
            shutil.copytree(ready, home.parent / "prefect")
        return Command(self.paths, home, *OPTIONS, server=self.server, BROADSHEET_SNAPSHOT_SECONDS=OFTEN)


def undisturbed(folder: Path, pages: int, at_once: int, server: str | None = None) -> Bench:
    """A corpus, and the rows and seconds of runs that nobody disturbs, side by side as the others will be.

    Ends the program where they end badly or differ: then nothing can be judged.
    """
    bench = Bench(folder, write_corpus(folder / "corpus", pages), {}, documented_codes(), server)
    first = bench.command("first")
    ended = first.run(UNDISTURBED_SECONDS)
    if ended.code != 0:
        sys.exit(f"expected an undisturbed run to end well, came exit {ended.code}: {ended.stderr[-2000:]}")
    bench = replace(bench, wanted=rows_of(first.home))
    if problems := finish(first, bench.wanted):
        sys.exit("an undisturbed run is not as it should be, so that nothing can be judged:\n" + "\n".join(problems))
    if (prefect := first.home.parent / "prefect").is_dir():
        shutil.copytree(prefect, folder / "prefect")
    commands = [bench.command(f"beside-{number}") for number in range(at_once)]
    with ThreadPoolExecutor(at_once) as pool:
        runs = list(pool.map(lambda command: command.run(UNDISTURBED_SECONDS), commands))
    for command in commands:
        if problems := judged(command.home, bench.wanted):
            sys.exit("two undisturbed runs differ, so that nothing can be judged:\n" + "\n".join(problems))
        shutil.rmtree(command.home.parent)
    return replace(bench, seconds=min(run.seconds for run in runs))
