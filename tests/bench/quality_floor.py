"""The quality of what an analyst would read: the real pages through `broadsheet ingest`, scored from the warehouse.

    uv run python -m tests.bench.quality_floor [--keep FOLDER]

Exit code 1 where a figure is under its floor, 0 with a clear line where the real pages are not at hand. Floors lie a
little under what was measured when they were set, so that a change that costs quality cannot go unseen.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import UTC, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.bench.corpus import MANIFEST, SHARED
from warehouse.ask import ask

SCORER = SHARED / "score" / "score_bodies.py"
FLOORS = {
    "fundus": {"F1": 0.970, "title": 0.91, "author": 0.86, "date": 0.98, "time": 0.95},
    "gne": {"F1": 0.980, "title": 0.97, "date": 0.98, "time": 0.97},
    "trafilatura": {"sF1": 0.925},
}
ARTICLES = """
SELECT p.source_uri, a.title, a.body, a.published_at, a.published_zone,
       list(c.name ORDER BY c.position) FILTER (c.role = 'author') AS authors
FROM core.articles AS a JOIN raw.pages AS p USING (page_id) LEFT JOIN core.credits AS c USING (page_id)
GROUP BY ALL
"""


def main() -> int:
    """Ingest, predict, score, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it, to look at the worst pages")
    parser.add_argument("--worst", type=int, default=0, help="also list the N worst pages of each data set")
    given = parser.parse_args()
    if not MANIFEST.exists():
        print(f"skipped: the real pages are not at {MANIFEST.parent}")
        return 0
    with tempfile.TemporaryDirectory(prefix="broadsheet-floor-") as temporary:
        folder = given.keep or Path(temporary)
        predictions = predict(MANIFEST, folder)
        if given.worst:
            subprocess.run([sys.executable, SCORER, MANIFEST, predictions, "--worst", str(given.worst)], check=True)
        said = subprocess.run([sys.executable, SCORER, MANIFEST, predictions, "--json"], check=True, capture_output=True, text=True)
    return judge(json.loads(said.stdout))


def predict(manifest: Path, folder: Path) -> Path:
    """Predictions in the scorer's form, written from the warehouse that an ingest of the pages of a manifest leaves in folder/home."""
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    link_pages(manifest.parent, folder / "pages", rows)
    home = folder / "home"
    subprocess.run(["broadsheet", "ingest", folder / "pages", "--home", home], check=True)
    by_uri = {row["html"]: row for row in rows}
    predictions = folder / "predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as lines:
        for article in ask(home, ARTICLES).records():
            row = by_uri[article["source_uri"]]
            lines.write(json.dumps(in_zone_of_gold(row, prediction(row["id"], article)), ensure_ascii=False) + "\n")
    return predictions


def link_pages(source: Path, folder: Path, rows: list[dict[str, str]]) -> None:
    """The real pages as an html_folder: links, and a sidecar with the URLs that are known."""
    for row in rows:
        path = folder / row["html"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.symlink_to(source / row["html"])
    known = [json.dumps({"file": row["html"], "url": row["url"]}) for row in rows if row["url"]]
    (folder / "pages.jsonl").write_text("\n".join(known) + "\n", encoding="utf-8")


def prediction(key: str, article: dict[str, object]) -> dict[str, object]:
    published, zone = article["published_at"], article["published_zone"]
    local = published.astimezone(zone_of(str(zone))).strftime("%Y-%m-%d %H:%M") if published else None  # type: ignore[attr-defined]
    instant = published.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if published else None  # type: ignore[attr-defined]
    told = {"title": article["title"], "body": article["body"], "author": "; ".join(article["authors"] or [])}  # type: ignore[arg-type]
    return {"id": key, "date": local, "instant": instant} | told


def in_zone_of_gold(row: dict[str, str], told: dict[str, object]) -> dict[str, object]:
    """The prediction with the clock that its gold has: that of fundus is of whatever machines are told, without its offset, often UTC."""
    is_same = row["dataset"] == "fundus" and told["instant"] is not None and told["instant"] == str(row.get("date"))[:16]
    return told | {"date": told["instant"]} if is_same else told


def zone_of(name: str) -> ZoneInfo | timezone:
    """An IANA name or an offset such as +08:00."""
    if name[:1] not in "+-":
        return ZoneInfo(name)
    sign = -1 if name[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:6])))


def judge(scores: dict[str, dict[str, float]]) -> int:
    """Print every floor beside what was measured; 1 if one is missed."""
    missed = 0
    for dataset, floors in FLOORS.items():
        for measure, floor in floors.items():
            found = scores[dataset].get(measure) or 0.0
            missed += found < floor
            print(f"{dataset:12} {measure:7} {found:.3f}  floor {floor:.3f}  {'MISSED' if found < floor else 'ok'}")
    print(f"{missed} floors missed" if missed else "all floors held")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
