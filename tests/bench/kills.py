"""Runs of `broadsheet ingest` that are killed at random moments, resumed, and compared with an undisturbed one.

    uv run python -m tests.bench.kills --signal TERM --count 60 --seed 1

The victim is the process group, the flow's process, a worker, the temporary Prefect server, or the copier of the snapshot.
Prints a line for each kill, counts by victim and outcome, and one JSON line. Exit code 1 where a promise was broken:
SIGTERM ends a run by itself with 130 (or 0); any run that is resumed ends with the rows of an undisturbed one.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.chaos.killing import VICTIMS, Outcome, disturb, plan_kills
from tests.bench.chaos.undisturbed import undisturbed


def main() -> None:
    """Kill, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signal", choices=("TERM", "KILL"), required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--victims", nargs="+", choices=VICTIMS, default=list(VICTIMS))
    parser.add_argument("--pages", type=int, default=90, help="good pages of the corpus")
    parser.add_argument("--at-once", type=int, default=2, help="disturbed runs side by side")
    parser.add_argument("--server", help="API of a Prefect server that runs; then there is no temporary one to kill")
    parser.add_argument("--keep", type=Path, help="folder for the homes of runs that broke a promise")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="broadsheet-kills-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(kill_all(given, folder.absolute()))
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def kill_all(given: argparse.Namespace, folder: Path) -> int:
    began = time.monotonic()
    bench = undisturbed(folder, given.pages, given.at_once, given.server)
    victims = tuple(v for v in given.victims if v != "server" or not given.server)
    kills = plan_kills(signal.Signals[f"SIG{given.signal}"], given.count, given.seed, bench.seconds, victims)
    print(f"undisturbed: {bench.seconds:.1f} s, {sum(rows.total() for rows in bench.wanted.values())} rows compared", flush=True)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(given.at_once) as pool:
        for outcome in pool.map(lambda turn: disturb(bench, f"{turn[0]:03d}", turn[1]), enumerate(kills)):
            outcomes.append(outcome)
            kill = outcome.kill
            print(f"{len(outcomes):>3}/{len(kills)} {given.signal} {kill.victim:<7} after {kill.after:5.1f} s  {outcome.what:<24} "
                  f"{'BROKEN' if outcome.problems else 'ok':<7}{outcome.seconds:6.1f} s", flush=True)  # fmt: skip
            for problem in outcome.problems:
                print(f"        {problem}", flush=True)
    return report(outcomes, given.signal, given.seed, time.monotonic() - began)


def report(outcomes: list[Outcome], signal_name: str, seed: int, seconds: float) -> int:
    """Print the counts; 1 where a promise was broken."""
    counts = Counter((outcome.kill.victim, outcome.what, bool(outcome.problems)) for outcome in outcomes)
    for (victim, what, is_broken), count in sorted(counts.items()):
        print(f"{victim:<8}{what:<28}{count:>4}{'  broken' if is_broken else ''}")
    broken = sum(bool(outcome.problems) for outcome in outcomes)
    by_victim = {v: dict(Counter(o.what for o in outcomes if o.kill.victim == v)) for v in VICTIMS}
    late = sum(outcome.what.startswith("ended before") for outcome in outcomes)
    print(json.dumps({"bench": "kills", "signal": signal_name, "seed": seed, "kills": len(outcomes), "came_too_late": late,
                      "broken": broken, "outcomes": by_victim, "seconds": round(seconds, 1)}))  # fmt: skip
    return 1 if broken else 0


if __name__ == "__main__":
    main()
