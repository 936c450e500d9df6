"""What an analyst may expect of pages that nobody tuned for: real pages of many sites, scored beside plain trafilatura.

    uv run python -m tests.bench.accuracy                          # through `broadsheet ingest`, scored from the warehouse
    uv run python -m tests.bench.accuracy --quick --worst 10       # only dissected, in two processes: while one works on it
    uv run python -m tests.bench.accuracy --quick --by lang --pages ../shared/pages

Sites are split by a hash of their name. Pages of `seen` may be looked at; of `scored` only figures are printed, and where the
two drift apart, somebody is fitting. Prints data sets in both halves, ours against plain, and what became of pages that are no article.
"""

import argparse
import gzip
import hashlib
import importlib.util
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import trafilatura
from courlan import extract_domain

from tasks.pages.dissect_restored import dissect_restored
from tasks.restoration.charset import decode
from tests.bench.corpus import SHARED
from tests.bench.quality_floor import SCORER, in_zone_of_gold, predict, prediction

Row = dict[str, Any]
Predictions = dict[str, Row]
REFUSED_TYPES = ("listing", "collection", "front", "list")  # what a warehouse of news has to refuse
FIGURES = ("F1", "P", "R", "sF1", "title", "date", "time", "author")


def main() -> int:
    """Predict, and print both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=SHARED / "pages2", help="folder with manifest.jsonl")
    parser.add_argument("--quick", action="store_true", help="without warehouse: dissection only")
    parser.add_argument("--by", choices=["dataset", "lang"], default="dataset")
    parser.add_argument(
        "--worst", type=int, default=0, help="also the N worst bodies of the half that may be looked at, and misses of fields"
    )
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    given = parser.parse_args()
    manifest = given.pages / "manifest.jsonl"
    if not manifest.exists():
        print(f"skipped: the real pages are not at {given.pages}")
        return 0
    rows = read_rows(manifest)
    with tempfile.TemporaryDirectory(prefix="broadsheet-accuracy-") as temporary:
        ours = dissected(rows) if given.quick else from_warehouse(manifest, given.keep or Path(temporary))
    plain = plain_predictions(manifest, rows)
    for half in ("seen", "scored"):
        print_half(half, [row for row in rows if row["half"] == half], ours, plain, given.by)
    if given.worst:
        print_misses([row for row in rows if row["half"] == "seen"], ours, plain, given.worst)
    return 0


def read_rows(manifest: Path) -> list[Row]:
    """The rows of a manifest with the path of their page and the half of their site."""
    rows: list[Row] = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    return [row | {"path": manifest.parent / row["html"], "half": half_of(site_of(row))} for row in rows]


def site_of(row: Row) -> str:
    return str(row.get("site") or extract_domain(row["url"] or "") or row["id"])


def half_of(name: str) -> str:
    """`seen` or `scored`: the split of sites, and of pages whose anatomy is known by their id."""
    return ("seen", "scored")[hashlib.sha256(name.encode()).digest()[0] % 2]


def from_warehouse(manifest: Path, folder: Path) -> Predictions:
    return {row["id"]: row for row in read_lines(predict(manifest, folder))}


def dissected(rows: list[Row]) -> Predictions:
    return in_processes(rows, dissected_page)


def dissected_page(row: Row) -> Row:
    page = dissect_restored(page_text(row), row["url"], None, is_text=False)
    article = page.article
    if article is None:
        return {"id": row["id"], "reason": page.reason}
    authors = [credit.name for credit in page.credits if credit.role == "author"]
    told = {"title": article.title, "body": article.body, "published_at": article.published_at, "published_zone": article.published_zone}
    return in_zone_of_gold(row, prediction(row["id"], told | {"authors": authors}))


def plain_predictions(manifest: Path, rows: list[Row]) -> Predictions:
    """What `trafilatura.bare_extraction` with its metadata gives; kept in the temporary folder, since it does not change with our code."""
    key = hashlib.sha256(manifest.read_bytes() + version("trafilatura").encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"broadsheet-plain-{key}.jsonl"
    if not kept.exists():
        found = in_processes(rows, plain_page)
        part = kept.with_suffix(f".{hash(kept)}.part")
        part.write_text("".join(json.dumps(row) + "\n" for row in found.values()), encoding="utf-8")
        part.rename(kept)
    return {row["id"]: row for row in read_lines(kept)}


def plain_page(row: Row) -> Row:
    found = trafilatura.bare_extraction(gzip.decompress(row["path"].read_bytes()), url=row["url"], with_metadata=True)
    if found is None:
        return {"id": row["id"]}
    return {"id": row["id"], "title": found.title, "body": found.text, "date": found.date, "author": found.author}


def page_text(row: Row) -> str:
    return decode(gzip.decompress(row["path"].read_bytes())).text


def in_processes(rows: list[Row], job: Callable[[Row], Row]) -> Predictions:
    with ProcessPoolExecutor(2) as pool:
        return {row["id"]: row for row in pool.map(job, rows, chunksize=16)}


def read_lines(path: Path) -> Iterable[Row]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_bodies", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def print_half(half: str, rows: list[Row], ours: Predictions, plain: Predictions, by: str) -> None:
    """A line for each data set and one for all of them: ours, and in brackets plain where it has the figure."""
    gold = [row for row in rows if row.get("kind") != "not_article"]
    score = scorer().score
    print(f"\n{half}: {len(gold)} articles   figures: ours (plain)\n{by:16} {'n':>4}  " + "  ".join(f"{name:^12}" for name in FIGURES))
    groups = sorted({str(row.get(by)) for row in gold})
    for name in [*groups, "all"]:
        group = [row for row in gold if name in (str(row.get(by)), "all")]
        if by == "lang" and len(group) < 5:
            continue
        own, other = score(group, ours)[0], score(group, plain)[0]
        print(f"{name:16} {len(group):4}  " + "  ".join(pair(own, other, figure) for figure in FIGURES))
    refused = [ours.get(row["id"], {}).get("reason", "refused") for row in gold if not ours.get(row["id"], {}).get("body")]
    print(f"articles refused: {len(refused)} of {len(gold)} {sorted(refused)}")
    for page_type in sorted({str(row.get("page_type")) for row in rows if row.get("kind") == "not_article"}):
        same = [row for row in rows if row.get("page_type") == page_type and row.get("kind") == "not_article"]
        taken = [row["id"] for row in same if ours.get(row["id"], {}).get("body")]
        is_asked = page_type in REFUSED_TYPES
        print(f"{page_type:14} taken for articles: {len(taken)} of {len(same)}{' (to be refused)' if is_asked else ''}"
              + (f" {' '.join(taken)}" if is_asked and half == "seen" else ""))  # fmt: skip


def pair(own: Row, other: Row, figure: str) -> str:
    mine, theirs = own.get(figure), other.get(figure)
    if mine is None:
        return " " * 12
    return f"{mine:.3f}({theirs or 0:.3f}){'<' if mine < (theirs or 0) - 1e-9 else ' '}"[:13].ljust(12)


def print_misses(rows: list[Row], ours: Predictions, plain: Predictions, worst: int) -> None:
    """The pages that one may look at, where ours is wrong: bodies by what is missing, fields with what came and what is right."""
    score = scorer()
    for name in ("date", "title", "author"):
        print(f"\n{name}: wrong on pages that may be looked at")
        for row in (row for row in rows if row.get(name)):
            mine = ours.get(row["id"], {})
            said = score.score([row], {row["id"]: mine})[0]
            if said.get("time" if name == "date" else name, said[name]) < 1:
                others = plain.get(row["id"], {}).get(name)
                print(f"  {row['id']:42} {row.get('lang') or '':3} want {row[name]!r}  got {mine.get(name)!r}  plain {others!r}")
    bodies = [row for row in rows if row.get("body")]
    print("\nbody: the worst of pages that may be looked at (F1 ours, plain)")
    told = sorted((f1(score, row, ours), f1(score, row, plain), row["id"]) for row in bodies)
    for mine, theirs, key in told[:worst]:
        print(f"  {key:42} {mine:.3f} {theirs:.3f}  {ours.get(key, {}).get('reason', '')}")
    print("behind plain:")
    for mine, theirs, key in sorted(told, key=lambda row: row[0] - row[1])[:worst]:
        print(f"  {key:42} {mine:.3f} {theirs:.3f}  {ours.get(key, {}).get('reason', '')}")


def f1(score: ModuleType, row: Row, predictions: Predictions) -> float:
    return float(score.page_f1(score.body_counts(row["body"], predictions.get(row["id"], {}).get("body"))))


if __name__ == "__main__":
    sys.exit(main())
