"""Runs of `broadsheet ingest` on a disk that fails: ENOSPC or EIO at a random call under the home folder, or too small a disk.

    uv run python -m tests.bench.disk_faults --count 60 --seed 1

Needs gcc; small disks need root, and are left out without it. Prints a line for each fault, counts by outcome, and one JSON
line. Exit code 1 where a promise was broken: a run ends with 16 (or 0 where what failed was harmless), without a
traceback, and the same command on a sound disk ends with the rows of a run that met no fault.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.chaos.faulting import Outcome, bench_size, can_mount, count_calls, plan_faults, suffer
from tests.bench.chaos.undisturbed import undisturbed
from tests.faults.failing_disk import FailingDisk


def main() -> None:
    """Let the disk fail, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=90, help="good pages of the corpus")
    parser.add_argument("--at-once", type=int, default=2, help="runs side by side")
    parser.add_argument("--server", help="API of a Prefect server that runs: saves each run the start of its own")
    parser.add_argument("--keep", type=Path, help="folder for the homes of runs that broke a promise")
    given = parser.parse_args()
    if not (shutil.which("gcc") or shutil.which("cc")):
        sys.exit("skipped: needs a C compiler for the disk that fails; install gcc")
    folder = given.keep or Path(tempfile.mkdtemp(prefix="broadsheet-faults-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(fail_all(given, folder.absolute()))
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def fail_all(given: argparse.Namespace, folder: Path) -> int:
    began = time.monotonic()
    FailingDisk.built(folder)
    bench = undisturbed(folder, given.pages, given.at_once, given.server)
    calls, with_disks = count_calls(bench), can_mount(folder)
    print(f"undisturbed: {calls} calls under the home; small disks {'too' if with_disks else 'left out: only root mounts'}", flush=True)
    faults = plan_faults(given.count, given.seed, calls, bench_size(bench), with_disks)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(given.at_once) as pool:
        for outcome in pool.map(lambda turn: suffer(bench, f"{turn[0]:03d}", turn[1]), enumerate(faults)):
            outcomes.append(outcome)
            print(f"{len(outcomes):>3}/{len(faults)} {outcome.fault!s:<34} {outcome.what:<8} {'BROKEN' if outcome.problems else 'ok':<7}"
                  f"{outcome.seconds:6.1f} s  {outcome.hit}", flush=True)  # fmt: skip
            for problem in outcome.problems:
                print(f"        {problem}", flush=True)
    return report(outcomes, given.seed, time.monotonic() - began)


def report(outcomes: list[Outcome], seed: int, seconds: float) -> int:
    """Print the counts; 1 where a promise was broken."""
    ends = Counter(outcome.what for outcome in outcomes)
    kinds = Counter(problem.split(":")[0][:60] for outcome in outcomes for problem in outcome.problems)
    for kind, count in kinds.most_common():
        print(f"{count:>4}  {kind}")
    broken = sum(bool(outcome.problems) for outcome in outcomes)
    missed = sum(not outcome.hit and not outcome.fault.room for outcome in outcomes)
    print(json.dumps({"bench": "disk_faults", "seed": seed, "faults": len(outcomes), "never_came": missed, "broken": broken,
                      "ends": dict(ends), "seconds": round(seconds, 1)}))  # fmt: skip
    return 1 if broken else 0


if __name__ == "__main__":
    main()
