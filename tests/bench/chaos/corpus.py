"""The corpus that runs are disturbed over: a folder with its sidecar, a WARC, a table of lines, and some of each that are bad."""

import gzip
import json
from pathlib import Path

from tests.bench.chaos.stories import address, story, warc_gz, warc_record

SEEN_AT = "2026-03-01T08:00:00Z"
BAD = {
    "empty.html": b"",
    "binary.html": bytes(range(256)) * 8,
    "cut.html.gz": gzip.compress(story(9_001).encode(), mtime=0)[:-30],
    "short.html": b"<html><head><title>Short</title></head><body><p>Too little.</p></body></html>",
}


def write_corpus(folder: Path, pages: int) -> list[Path]:
    """About `pages` good pages, a third of each kind, and a few bad ones; the paths to ingest."""
    share = pages // 3
    html = folder / "html"
    html.mkdir(parents=True)
    with (html / "pages.jsonl").open("w") as sidecar:
        for number in range(share):
            (html / f"{number:04d}.html").write_text(story(number))
            sidecar.write(json.dumps({"file": f"{number:04d}.html", "url": address(number), "observed_at": SEEN_AT}) + "\n")
        sidecar.write(json.dumps({"file": "gone.html", "url": address(9_000), "observed_at": SEEN_AT}) + "\n")
    for name, content in BAD.items():
        (html / name).write_bytes(content)
    records = [warc_record(address(number), story(number).encode()) for number in range(share, 2 * share)]
    (folder / "crawl.warc.gz").write_bytes(warc_gz(records) + warc_gz([warc_record(address(9_002), story(9_002).encode())])[:-200])
    rows = [json.dumps({"url": address(n), "html": story(n), "fetched_at": SEEN_AT}) for n in range(2 * share, pages)]
    rows[5:5] = ["{ no row", json.dumps({"url": address(9_003), "html": ""})]
    (folder / "rows.jsonl").write_text("\n".join(rows) + "\n")
    return [html, folder / "crawl.warc.gz", folder / "rows.jsonl"]
