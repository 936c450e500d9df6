"""Runs of `broadsheet harvest` that are killed at random moments of fetching and loading, then run once more, and compared.

    uv run python -m tests.bench.harvest_kills --count 50 --seed 1

The victim is the process group, the flow's process or a worker; the signal is SIGKILL. Prints a line for each kill and one JSON
line. Exit code 1 where the warehouse after the one further run is not, row by row, that of a run that nobody disturbed.
"""

import argparse
import json
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.bench.chaos.command import Command
from tests.bench.chaos.equality import VOLATILE, dangling, left_behind, rows_of, unlike
from tests.bench.chaos.killing import Kill, plan_kills, strike
from tests.bench.chaos.resuming import ill_ended
from tests.harvesting.three_outlets import as_options, serving, write_sources
from warehouse.ask import ask

VICTIMS = ("flow", "group", "flow", "worker")
END_SECONDS = 300.0
# When a page came, and in which file it lies, is another in every run, and with the file the key of a reject.
OF_THE_HARVEST = VOLATILE | {"observed_at", "source_uri", "source_offset", "reject_id"}
PAYLOADS = "SELECT DISTINCT url, kind, digest FROM ops.fetches WHERE digest IS NOT NULL ORDER BY ALL"
FILE_NAME = re.compile(r"\d{4}-\d\d/\d{8}T\d{6}-[0-9a-f]{16}-\d{4}")  # in core.evidence: a candidate for a URL that lost
LOST = "SELECT count(*) FROM ops.fetches AS f ANTI JOIN ops.runs USING (run_id)"


@dataclass(frozen=True, slots=True)
class HarvestBench:
    """What all runs share."""

    folder: Path
    sources: Path
    server: str | None
    wanted: dict[str, Counter[str]]

    def command(self, name: str) -> Command:
        """A harvest into a home of its own, with a Prefect home that has been migrated already."""
        home = self.folder / name / "home"
        home.parent.mkdir()
        if (ready := self.folder / "prefect").is_dir():
            shutil.copytree(ready, home.parent / "prefect")
        return Command(
            [self.sources], home, *as_options(), "--workers", "2", verb="harvest", server=self.server, BROADSHEET_BATCH_PAGES="10"
        )


def main() -> None:
    """Kill, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stories", type=int, default=20, help="of each of three outlets")
    parser.add_argument("--at-once", type=int, default=2, help="disturbed runs side by side")
    parser.add_argument("--server", help="API of a Prefect server that runs; else each run starts one")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-harvest-kills-"))
    try:
        sys.exit(kill_all(folder, given.count, given.seed, given.stories, given.at_once, given.server))
    finally:
        shutil.rmtree(folder)


def kill_all(folder: Path, count: int, seed: int, stories: int, at_once: int, server: str | None) -> int:
    """Gives the exit code."""
    began, broken, outcomes = time.monotonic(), 0, Counter[str]()
    with serving(stories) as site:
        bench, seconds = undisturbed(folder, write_sources(site, folder, 0.02), server)
        print(f"undisturbed: {seconds:.1f} s, {sum(rows.total() for rows in bench.wanted.values())} rows compared", flush=True)
        kills = plan_kills(signal.SIGKILL, count, seed, seconds, VICTIMS)
        with ThreadPoolExecutor(at_once) as pool:
            for number, (kill, what, problems) in enumerate(
                pool.map(lambda turn: disturb(bench, f"{turn[0]:03d}", turn[1]), enumerate(kills)), 1
            ):
                outcomes[f"{kill.victim}: {what}"] += 1
                broken += bool(problems)
                print(
                    f"{number:>3}/{count} {kill.victim:<7} after {kill.after:5.1f} s  {what:<24}{'BROKEN' if problems else 'ok'}",
                    flush=True,
                )
                for problem in problems:
                    print(f"        {problem}", flush=True)
    print(json.dumps({"bench": "harvest_kills", "seed": seed, "kills": count, "broken": broken, "outcomes": outcomes,
                      "seconds": round(time.monotonic() - began, 1)}))  # fmt: skip
    return 1 if broken else 0


def undisturbed(folder: Path, sources: Path, server: str | None) -> tuple[HarvestBench, float]:
    """What every other run must end with, and how long a run takes."""
    bench = HarvestBench(folder, sources, server, {})
    command = bench.command("first")
    ended = command.run(END_SECONDS)
    if ended.code != 0:
        sys.exit(f"expected an undisturbed harvest to end well, came exit {ended.code}: {ended.stderr[-2000:]}")
    if (prefect := command.home.parent / "prefect").is_dir():
        shutil.copytree(prefect, folder / "prefect")
    return HarvestBench(folder, sources, server, harvested(command.home)), ended.seconds


def disturb(bench: HarvestBench, name: str, kill: Kill) -> tuple[Kill, str, list[str]]:
    """Run, kill, run once more, compare: what happened, and every promise that was broken."""
    command = bench.command(name)
    running = command.start()
    is_hit = strike(running, kill)
    ended = running.end(END_SECONDS)
    what = f"exit {ended.code}" if is_hit else f"ended before, exit {ended.code}"
    problems = ill_ended(ended)
    again = command.run(END_SECONDS)
    problems += ill_ended(again)
    if again.code != 0:
        return kill, what, [*problems, f"expected exit 0 of the run after, came {again.code}: {again.last_words}"]
    problems += unlike(harvested(command.home), bench.wanted) + dangling(command.home) + left_behind(command.home)
    problems += [f"left behind: {path}" for path in (command.home / "harvest" / "pending").glob("*")]
    if orphans := ask(command.home, LOST).rows[0][0]:
        problems.append(f"{orphans} rows of ops.fetches have no run")
    if not problems:
        shutil.rmtree(command.home.parent)
    return kill, what, problems


def harvested(home: Path) -> dict[str, Counter[str]]:
    """Rows by table; of ops.fetches which payloads were met, however often; of ops.inputs nothing, since files are cut elsewhere."""
    found = rows_of(home, OF_THE_HARVEST)
    del found["ops.inputs"]
    told = {table: Counter(FILE_NAME.sub("FILE", row) for row in rows.elements()) for table, rows in found.items()}
    return told | {"ops.fetches": Counter(map(str, ask(home, PAYLOADS).rows))}


if __name__ == "__main__":
    main()
