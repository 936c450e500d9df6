"""Mutated pages and hostile files through `broadsheet ingest`: everything is accounted for, nothing stops a run.

    uv run python -m tests.bench.hostile --pages 5000 --files 1500 --seed 1

Pages are mutations of this repository's own, and of those under --seeds. Prints reasons by count, what tells of a defect of
ours with the recipe that made it, and one JSON line. Exit code 1 where a promise was broken: a run ends by itself with a
documented exit code and without a traceback, every record that was written is loaded, known, rejected or passed over, and
a second run changes nothing.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench.chaos.accounts import judge_hostile, met, reported
from tests.bench.chaos.command import Command, documented_codes
from tests.bench.chaos.hostile_corpus import write_hostile
from tests.bench.chaos.mutant_corpus import Corpus, write_mutants
from tests.bench.chaos.mutations import seeds_of
from warehouse.errors import BroadsheetError

START_SECONDS = 180.0  # a run may take so long, and for each record:
SECONDS_PER_RECORD = 0.5  # a mutated page may use its whole deadline, but few do
SHOWN = 40


def main() -> None:
    """Write, ingest, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000, help="mutated pages; 0: none")
    parser.add_argument("--files", type=int, default=1500, help="hostile recipes, of a file or a few each; 0: none")
    parser.add_argument("--count", type=int, help="this many of each, for a short look")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=Path, help="folder with other pages to mutate as well")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--server", help="API of a Prefect server that runs")
    parser.add_argument("--keep", type=Path, help="folder for what was written and the homes")
    given = parser.parse_args()
    given.pages, given.files = (given.pages, given.files) if given.count is None else (given.count, given.count)
    folder = given.keep or Path(tempfile.mkdtemp(prefix="broadsheet-hostile-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(attack(given, folder.absolute()))
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def attack(given: argparse.Namespace, folder: Path) -> int:
    began, told = time.monotonic(), []
    if given.pages:
        mutants = write_mutants(folder / "mutants", seeds_of(given.seeds), given.pages, given.seed)
        told.append(ingest("mutants", mutants, given, folder, is_exact=True))
    if given.files:
        counted, uncounted = write_hostile(folder / "hostile", given.files, given.seed)
        told.append(ingest("counted", counted, given, folder, is_exact=True))
        told.append(ingest("uncounted", uncounted, given, folder, is_exact=False))
    broken = sum(len(part["problems"]) for part in told)
    print(json.dumps({"bench": "hostile", "seed": given.seed, "broken": broken, "seconds": round(time.monotonic() - began, 1),
                      "parts": told}, ensure_ascii=True))  # fmt: skip
    return 1 if broken else 0


def ingest(name: str, corpus: Corpus, given: argparse.Namespace, folder: Path, *, is_exact: bool) -> dict[str, object]:
    """Run over one corpus, twice, and tell."""
    print(f"{name}: {corpus.records} records in {len(corpus.recipes)} places", flush=True)
    home = folder / f"run-{name}" / "home"
    home.parent.mkdir()
    command = Command(corpus.paths, home, "--workers", str(given.workers), server=given.server)
    seconds = START_SECONDS + SECONDS_PER_RECORD * corpus.records
    ended, problems = judge_hostile(command, seconds, corpus.records if is_exact else None, documented_codes())
    problems += shortfall(corpus, ended.summary, home)
    show(ended.summary, home, corpus)
    for problem in problems:
        print(f"  BROKEN {problem}", flush=True)
    counts = {key: ended.summary.get(key) for key in ("seen", "loaded", "known", "rejected", "passed_over")}
    return {"name": name, "records": corpus.records, "exit": ended.code, "seconds": round(ended.seconds, 1), **counts, "problems": problems}


def shortfall(corpus: Corpus, summary: dict[str, object], home: Path) -> list[str]:
    """Places of which fewer captures and rejects tell than records were written, where the counts of the run do not cover it."""
    try:
        places = met(home)
    except BroadsheetError:  # no snapshot: told already
        return []
    by_folder: Counter[str] = Counter()
    for uri, offsets in places.items():
        by_folder[uri if uri in corpus.recipes else uri.split("/", 1)[0]] += len(offsets)
    short = {place: len(recipes) - by_folder[place] for place, recipes in corpus.recipes.items() if by_folder[place] < len(recipes)}
    covered = sum(dict(summary.get("passed_over") or {}).values()) + int(str(summary.get("known") or 0))
    if sum(short.values()) <= covered:
        return []
    recipes = Counter(corpus.recipes[place][0] for place in short)
    return [f"{sum(short.values())} records left no row, {covered} were passed over or known; recipes {dict(recipes.most_common(12))}"]


def show(summary: dict[str, object], home: Path, corpus: Corpus) -> None:
    """Reasons by count, then what is worth a report, with its recipe."""
    for key in ("rejected", "passed_over"):
        for reason, count in sorted(dict(summary.get(key) or {}).items(), key=lambda item: -item[1]):
            print(f"  {key:<12}{reason:<50}{count:>6}")
    rows = reported(home)
    places = met(home) if rows else {}
    for row in rows[:SHOWN]:
        uri, offset = row["source_uri"], row["source_offset"]
        made = recipe_of(corpus, uri, places[uri].index(offset), len(places[uri]))
        print(f"  {row['reason']:<20}{uri} at {offset}: {made}: {str(row['detail'])[:160]}", flush=True)
    if len(rows) > SHOWN:
        print(f"  and {len(rows) - SHOWN} more")


def recipe_of(corpus: Corpus, uri: str, place: int, places: int) -> str:
    """What made the record at this place of a file; of a container in which records are missing, nobody knows."""
    recipes = corpus.recipes.get(uri) or corpus.recipes.get(uri.split("/", 1)[0], ["?"])
    return recipes[place] if len(recipes) == places else recipes[0] if len(set(recipes)) == 1 else "one of its container"


if __name__ == "__main__":
    main()
