"""Whether two states of the code dissect the real pages to the same rows: what a refactoring must not change.

    uv run python -m tests.bench.compare_dissection write BEFORE.jsonl     # in a checkout of the old commit
    uv run python -m tests.bench.compare_dissection write AFTER.jsonl      # in the new one
    uv run python -m tests.bench.compare_dissection diff BEFORE.jsonl AFTER.jsonl

`write` dissects every real page as HTML and, as text extractors print it, as text; a line is one printing of one page.
`diff` prints what differs and ends with 1 where anything but the evidence does.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from resiliparse.extract.html2text import extract_plain_text

from tasks.dissection.page import dissect_html, dissect_text
from tests.bench.corpus import SHARED

OBSERVED = datetime(2026, 11, 1, tzinfo=UTC)
EVIDENCE = ("findings",)  # its words may change
SHOWN = 300  # characters of a value that differs
Printing = tuple[str, str, str | None]  # key, text, URL


def main() -> int:
    """Write one state, or compare two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("write", "diff"))
    parser.add_argument("files", nargs="+", type=Path)
    given = parser.parse_args()
    if given.what == "write":
        return write(given.files[0])
    return diff(*(states(path) for path in given.files))


def write(path: Path) -> int:
    """Every printing of every page, and the CPU that they took."""
    spent = {"html": 0.0, "text": 0.0}
    with path.open("w", encoding="utf-8") as lines:
        for number, (key, html, url) in enumerate(pages()):
            observed_at = OBSERVED if number % 2 else None  # half of all pages come with the time of their capture
            for kind, text, dissect in (("html", html, dissect_html), ("text", printed(html), dissect_text)):
                began = time.process_time()
                found = dissect(text, url, observed_at)
                spent[kind] += time.process_time() - began
                lines.write(json.dumps({"key": f"{key} {kind}", **asdict(found)}, default=str, ensure_ascii=False) + "\n")
    print({kind: round(seconds, 1) for kind, seconds in spent.items()}, "seconds of CPU")
    return 0


def pages() -> Iterator[Printing]:
    """The real pages that are at hand, by the name of their folder and their own."""
    for folder in ("pages", "pages2"):
        manifest = SHARED / folder / "manifest.jsonl"
        for row in map(json.loads, manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else ()):
            html = gzip.decompress((SHARED / folder / row["html"]).read_bytes())
            yield f"{folder}/{row['id']}", html.decode("utf-8", "replace"), row.get("url")
    for folder in ("anatomy", "anatomy2"):
        for path in sorted((SHARED / folder / "pages").rglob("*.html*")):
            raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield f"{folder}/{path.name}", raw.decode("utf-8", "replace"), None


def printed(html: str) -> str:
    """The page as an extractor prints it: every line, with its lists and links marked."""
    return str(extract_plain_text(html, preserve_formatting=True, list_bullets=True, main_content=False))


def states(path: Path) -> dict[str, dict[str, Any]]:
    return {row.pop("key"): row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def diff(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> int:
    """Print each field that differs; 1 if one of them is no evidence."""
    changed = reworded = 0
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, {}), after.get(key, {})
        fields = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
        changed += bool(set(fields) - set(EVIDENCE))
        reworded += bool(fields) and set(fields) <= set(EVIDENCE)
        for name in sorted(set(fields) - set(EVIDENCE)):
            print(f"{key}  {name}")
            for was, now in differing(old.get(name), new.get(name)):
                print(f"    - {was!s:.{SHOWN}}\n    + {now!s:.{SHOWN}}")
    print(f"{len(before.keys() | after.keys())} printings, {changed} differ, {reworded} differ in their evidence alone")
    return 1 if changed else 0


def differing(old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """The innermost values that differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old.keys() | new.keys():
            yield from differing(old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for was, now in zip(old, new, strict=True):
            yield from differing(was, now)
    elif old != new:
        yield old, new


if __name__ == "__main__":
    sys.exit(main())
