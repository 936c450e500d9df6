"""Dissect the pages of a manifest and score them; the cost beside trafilatura's own in the same process.

    python -m tests.bench.score_dissection ../shared/pages/manifest.jsonl ../shared/score/score_bodies.py

The manifest has a page a line: id, html (path relative to it, gzip), url. The scorer is run on what comes out.
"""

import argparse
import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

from trafilatura import bare_extraction

from tasks.dissection.page import dissect_html
from tasks.dissection.regions import DissectedPage
from tasks.restoration.charset import decode


def load_pages(manifest: Path) -> list[tuple[dict, str]]:
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    return [(row, decode(gzip.decompress((manifest.parent / row["html"]).read_bytes()), None).text) for row in rows]


def prediction(page_id: str, page: DissectedPage) -> dict:
    """A line of predictions as the scorer wants it, times in the zone the page meant."""
    article = page.article
    if article is None:
        return {"id": page_id, "reason": page.reason}
    authors = [credit.name for credit in page.credits if credit.role == "author"]
    return {
        "id": page_id,
        "title": article.title,
        "body": article.body,
        "date": local_time(article),
        "author": "; ".join(authors) or None,
    }


def local_time(article) -> str | None:
    from zoneinfo import ZoneInfo
    from datetime import datetime
    if article.published_at is None:
        return None
    zone = article.published_zone or "UTC"
    tz = datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo if zone[0] in "+-" else ZoneInfo(zone)
    return article.published_at.astimezone(tz).strftime("%Y-%m-%d %H:%M" if article.published_precision == "minute" else "%Y-%m-%d")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--out", type=Path, default=Path("predictions.jsonl"))
    parser.add_argument("--bare", action="store_true", help="also time trafilatura.bare_extraction(html, with_metadata=True)")
    args = parser.parse_args()
    pages = load_pages(args.manifest)
    for row, html in pages[:20]:
        dissect_html(html, row["url"], None)
    start = time.process_time()
    dissected = [(row["id"], dissect_html(html, row["url"], None)) for row, html in pages]
    own = time.process_time() - start
    print(f"dissect_html {1000 * own / len(pages):.1f} ms CPU a page")
    args.out.write_text("".join(json.dumps(prediction(*p)) + "\n" for p in dissected), "utf-8")
    for page_id, page in dissected:
        if page.article is None:
            print("rejected", page_id, page.reason, page.detail)
    if args.bare:
        for _, html in pages[:60]:
            bare_extraction(html, with_metadata=True)
        start = time.process_time()
        for _, html in pages:
            bare_extraction(html, with_metadata=True)
        bare = time.process_time() - start
        print(f"bare {1000 * bare / len(pages):.1f} ms, ratio {own / bare:.2f}")
    subprocess.run([sys.executable, args.scorer, args.manifest, args.out], check=True)


if __name__ == "__main__":
    main()
