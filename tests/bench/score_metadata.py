"""Scores titles, dates, minutes and authors on pages with gold, and the time they take.

usage: python -m tests.bench.score_metadata [--pages DIR] [--scorer FILE] [--misses] [--dataset NAME]

DIR holds manifest.jsonl and the pages (default ../shared/pages), FILE is the scorer (default ../shared/score/score_bodies.py).
Both are other people's pages and not shipped: without them this says so and stops.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.about.language import find_language
from tasks.dissection.about.title import find_title
from tasks.dissection.body.find_body import find_body
from tasks.dissection.credits.authors import find_authors
from tasks.dissection.dates.published import find_dates
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.zones import zone_info
from tasks.restoration.charset import decode

REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> int:
    options = _options()
    manifest = options.pages / "manifest.jsonl"
    for needed in (manifest, options.scorer):
        if not needed.exists():
            print(f"expected {needed}, which does not exist: this benchmark needs pages with gold; give --pages and --scorer")
            return 2
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if not options.dataset or r["dataset"] == options.dataset]
    started, predictions = 0.0, []
    for row in rows:
        page = _page(options.pages, row)
        body = find_body(page).text or None
        begin = time.process_time()
        prediction = predict(page, body)
        started += time.process_time() - begin
        predictions.append({"id": row["id"], **prediction})
    _score(options, manifest, predictions, {r["id"]: r for r in rows})
    print(f"{started / len(rows) * 1000:.2f} ms a page for metadata, {len(rows)} pages, page parsing not counted")
    return 0


def predict(page: ParsedPage, body: str | None) -> dict[str, Any]:
    """What an analyst would read from the warehouse: names joined, the date as the page meant it."""
    title = find_title(page).value
    site_name = find_site_name(page).value
    authors = find_authors(page, title, site_name, body).value
    dates = find_dates(page, body).value
    language = find_language(page, body).value
    section = find_section(page).value
    tags = find_tags(page).value
    shown = None
    if dates.published_at and dates.published_zone:
        shown = dates.published_at.astimezone(zone_info(dates.published_zone)).strftime("%Y-%m-%d %H:%M")
    return {
        "title": title, "author": "; ".join(c.name for c in authors), "date": shown, "language": language,
        "section": section, "tags": tags, "site_name": site_name, "body": "",
    }  # fmt: skip


def _page(folder: Path, row: dict[str, Any]) -> ParsedPage:
    body = gzip.decompress((folder / row["html"]).read_bytes())
    url = row["url"] if (row["url"] or "").startswith("http") else None
    page = ParsedPage(decode(body, None).text, url)
    if url is None and page.canonical:
        page = ParsedPage(page.html, page.canonical[0])
    return page


def _score(options: argparse.Namespace, manifest: Path, predictions: list[dict[str, Any]], gold: dict[str, Any]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as file:
        file.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions)
    subprocess.run([sys.executable, str(options.scorer), str(manifest), file.name], check=True)
    Path(file.name).unlink()
    if options.misses:
        sys.path.insert(0, str(options.scorer.parent))
        import score_bodies  # the scorer beside the pages

        for prediction in predictions:
            _print_misses(gold[prediction["id"]], prediction, score_bodies)


def _print_misses(row: dict[str, Any], prediction: dict[str, Any], scorer: Any) -> None:
    same = {"title": lambda a, b: scorer.fold(a) == scorer.fold(b), "author": lambda a, b: scorer.names(a) == scorer.names(b)}
    same["date"] = lambda a, b: (
        scorer.date_parts(a)[0] == scorer.date_parts(b)[0] and (scorer.date_parts(a)[1] in (None, "00:00", scorer.date_parts(b)[1]))
    )
    for field, agree in same.items():
        if row.get(field) and not agree(row[field], prediction[field]):
            print(f"{row['id']:45} {field:6} gold {row[field]!r}\n{'':52} came {prediction[field]!r}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=REPOSITORY.parent / "shared" / "pages")
    parser.add_argument("--scorer", type=Path, default=REPOSITORY.parent / "shared" / "score" / "score_bodies.py")
    parser.add_argument("--dataset", help="only this data set")
    parser.add_argument("--misses", action="store_true", help="print every value that is not the gold's")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
