"""Dissect the pages of a manifest, score what comes out, and set its cost beside trafilatura's own in the same process.

    python -m tests.bench.score_dissection ../shared/pages/manifest.jsonl ../shared/score/score_bodies.py --bare

The manifest has a page a line: id, html (path relative to it, gzip), url. The scorer takes the manifest and predictions.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from trafilatura import bare_extraction

from tasks.dissection.findings import Article, DissectedPage
from tasks.dissection.page import dissect_html
from tasks.restoration.charset import decode

Pages = list[tuple[dict[str, Any], str]]
ROUNDS = 2  # the cheaper of so many counts: other programs only ever make a page dearer


def main() -> None:
    """Print the cost, the pages that were refused, and the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "predictions.jsonl")
    parser.add_argument("--bare", action="store_true", help="also time trafilatura.bare_extraction(html, with_metadata=True)")
    given = parser.parse_args()
    pages = load_pages(given.manifest)
    dissected = [(row["id"], dissect_html(html, row["url"], None)) for row, html in pages]
    given.out.write_text("".join(json.dumps(prediction(*page)) + "\n" for page in dissected), "utf-8")
    for page_id, page in dissected:
        if page.article is None:
            print(f"refused {page_id}: {page.reason}, {page.detail}")
    own = cost(pages, lambda row, html: dissect_html(html, row["url"], None))
    print(f"dissect_html {own:.1f} ms of CPU a page")
    if given.bare:
        bare = cost(pages, lambda _, html: bare_extraction(html, with_metadata=True))
        print(f"bare_extraction with metadata {bare:.1f} ms; ratio {own / bare:.3f}")
    subprocess.run([sys.executable, given.scorer, given.manifest, given.out], check=True)


def load_pages(manifest: Path) -> Pages:
    """Every row of the manifest with its page as text."""
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    return [(row, decode(gzip.decompress((manifest.parent / row["html"]).read_bytes())).text) for row in rows]


def cost(pages: Pages, job: Callable[[dict[str, Any], str], object]) -> float:
    """Milliseconds of CPU a page, in a process that has done the job before."""
    for row, html in pages[:40]:
        job(row, html)
    total = 0.0
    for row, html in pages:
        counts = []
        for _ in range(ROUNDS):
            start = time.process_time()
            job(row, html)
            counts.append(time.process_time() - start)
        total += min(counts)
    return 1000 * total / len(pages)


def prediction(page_id: str, page: DissectedPage) -> dict[str, str | None]:
    """A line of predictions as the scorer wants it, times in the zone that the page meant."""
    article = page.article
    if article is None:
        return {"id": page_id, "reason": page.reason}
    authors = "; ".join(credit.name for credit in page.credits if credit.role == "author")
    return {"id": page_id, "title": article.title, "body": article.body, "date": local_time(article), "author": authors or None}


def local_time(article: Article) -> str | None:
    """published_at as the page's readers saw it; only the day where the page shows no more."""
    if article.published_at is None:
        return None
    zone = article.published_zone or "UTC"
    meant = datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo if zone[0] in "+-" else ZoneInfo(zone)
    pattern = "%Y-%m-%d %H:%M" if article.published_precision == "minute" else "%Y-%m-%d"
    return article.published_at.astimezone(meant).strftime(pattern)


if __name__ == "__main__":
    main()
