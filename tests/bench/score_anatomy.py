"""The regions of real pages: pages with gold through `broadsheet ingest`, scored from the rows that are in the warehouse.

    uv run python -m tests.bench.score_anatomy [--keep FOLDER] [--per-page]

    uv run python -m tests.bench.score_anatomy --anatomy2          # more pages, in a half that may be looked at and one that is only scored

HTML pages and one extracted text. Exit code 1 where a figure misses its bar, 0 with a clear line where the real pages are
not at hand. Bars are what is asked for, and hold for pages of other outlets too; what is measured lies above them. Of anatomy2, pages are
split by a hash of their id: `seen` may be looked at page by page, and the bars are for `scored`, of which only figures are printed;
a bar that none of its pages asks for is left out.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.accuracy import half_of
from tests.bench.anatomy_predictions import Row, predict
from tests.bench.corpus import SHARED
from warehouse.ask import ask

ANATOMY = SHARED / "anatomy"
ANATOMY2 = SHARED / "anatomy2"
SCORER = SHARED / "score" / "score_anatomy.py"
FLOORS = {
    "pages with an article": 1.0,
    "item recall": 0.93, "item precision": 0.90, "kind": 0.85, "order": 0.98, "timestamp": 0.97, "topic": 0.90, "comment_count": 0.97,
    "body paragraphs kept": 0.995, "f1 editors": 0.95, "article source": 0.93, "restored headline": 0.95,
    "f1 image_captions": 0.85, "qa F1": 0.90,
}  # fmt: skip
CEILINGS = {"listing headlines leaked into body": 0.005, "filled wrongly editors": 0.0, "filled wrongly source": 0.0}
SCORED_FLOORS = {  # of the half of anatomy2 that is only scored
    "item F1": 0.93, "kind": 0.93, "timestamp": 0.93, "rank": 0.90, "f1 image_captions": 0.85, "article source": 0.85,
    "f1 editors": 0.85, "f1 authors": 0.85, "f1 tags": 0.80, "qa F1": 0.80, "body paragraphs kept": 0.995,
}  # fmt: skip
SCORED_CEILINGS = {"listing headlines leaked into body": 0.005}
SEED = "seed_guancha"
SEED_ROWS = {  # what the text prints, row by row: counts of the question below
    "related": 20, "related with a time": 20, "related with a topic": 15, "recommended": 5, "recommended with comments": 5,
    "hot": 16, "question": 1, "answer": 1, "caption": 1, "editor": 1,
}  # fmt: skip
SEED_QUESTION = """
WITH page AS (SELECT page_id FROM raw.pages WHERE source_uri = $uri), item AS (FROM core.listing_items SEMI JOIN page USING (page_id))
SELECT kind AS what, count(*) AS row_count FROM item GROUP BY kind
UNION ALL SELECT kind || ' with a time', count(listed_at) FROM item GROUP BY kind
UNION ALL SELECT kind || ' with a topic', count(topic) FROM item GROUP BY kind
UNION ALL SELECT kind || ' with comments', count(comment_count) FROM item GROUP BY kind
UNION ALL SELECT kind, count(*) FROM core.statements SEMI JOIN page USING (page_id) GROUP BY kind
UNION ALL SELECT 'caption', count(caption) FROM core.images SEMI JOIN page USING (page_id)
UNION ALL SELECT role, count(*) FROM core.credits SEMI JOIN page USING (page_id) GROUP BY role
"""
FIGURE = re.compile(r"^(\S.*?) {2,}(\d\.\d+)", re.MULTILINE)


def main() -> int:
    """Ingest, predict, score, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it, to look at the pages")
    parser.add_argument("--per-page", action="store_true", help="also the scorer's figures of each page")
    parser.add_argument("--anatomy2", action="store_true", help="the pages of anatomy2, in both halves")
    given = parser.parse_args()
    pages = ANATOMY2 if given.anatomy2 else ANATOMY
    if not pages.exists():
        print(f"skipped: the real pages are not at {pages}")
        return 0
    with tempfile.TemporaryDirectory(prefix="broadsheet-anatomy-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        home = folder / "home"
        subprocess.run(["broadsheet", "ingest", pages / "pages", "--home", home], check=True)
        predictions = predict(home)
        if given.anatomy2:
            return judge_halves(predictions, folder, given.per_page)
        figures = score(ANATOMY / "gold", predictions, folder / "predictions.jsonl", given.per_page)
        seed = {row["what"]: row["row_count"] for row in ask(home, SEED_QUESTION, {"uri": f"{SEED}.txt"}).records()}
    return end(judge(figures, FLOORS, CEILINGS) + judge_seed(seed))


def judge_halves(predictions: list[Row], folder: Path, is_per_page: bool) -> int:
    """Both halves of anatomy2, the pages of `seen` one by one where that is asked for; bars are those of `scored`."""
    figures: dict[str, float] = {}
    for half in ("seen", "scored"):
        gold = folder / half
        gold.mkdir(exist_ok=True)
        for path in (ANATOMY2 / "gold").glob("*.json"):
            if half_of(path.stem) == half:
                shutil.copy(path, gold)
        print(f"\n{half}: {len(list(gold.iterdir()))} pages")
        mine = [row for row in predictions if half_of(row["id"]) == half]
        figures = score(gold, mine, folder / f"{half}.jsonl", is_per_page and half == "seen")
    asked = {name: floor for name, floor in SCORED_FLOORS.items() if name in figures}
    return end(judge(figures, asked, SCORED_CEILINGS))


def score(gold: Path, predictions: list[Row], target: Path, is_per_page: bool) -> dict[str, float]:
    """The scorer's figures for what is in the warehouse, by name; its own words are printed."""
    target.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions), "utf-8")
    command = [sys.executable, SCORER, "--gold", gold, "--pred", target, *(["--per-page"] if is_per_page else [])]
    words = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(words)
    figures = {name: float(value) for name, value in FIGURE.findall(words)}
    if "qa recall" not in figures and "qa precision" not in figures:
        del figures["qa F1"]  # printed as 0 where no page has turns
    return figures | {"pages with an article": len(predictions) / len(list(gold.glob("*.json")))}


def judge(figures: dict[str, float], floors: dict[str, float], ceilings: dict[str, float]) -> int:
    """Print every bar beside what was measured; how many are missed. A ceiling whose figure is not printed was not asked."""
    missed = 0
    for name, floor in floors.items():
        missed += said(name, figures.get(name, 0.0), f"at least {floor:.3f}", figures.get(name, 0.0) >= floor)
    for name, ceiling in ceilings.items():
        missed += said(name, figures.get(name, 0.0), f"at most  {ceiling:.3f}", figures.get(name, 0.0) <= ceiling)
    return missed


def judge_seed(seed: dict[str, int]) -> int:
    """Print the rows of the seed beside what it prints; how many counts are wrong."""
    return sum(
        said(f"{SEED}: {name}", seed.get(name, 0), f"expected {count}", seed.get(name, 0) == count) for name, count in SEED_ROWS.items()
    )


def end(missed: int) -> int:
    """The exit code, and what it says."""
    print(f"{missed} bars missed" if missed else "all bars held")
    return 1 if missed else 0


def said(name: str, found: float, bar: str, is_held: bool) -> bool:
    """Print one bar; True if it is missed."""
    print(f"{name:45} {found:<8.5g} {bar:18} {'ok' if is_held else 'MISSED'}")
    return not is_held


if __name__ == "__main__":
    sys.exit(main())
