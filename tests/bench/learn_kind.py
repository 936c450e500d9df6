"""Learns by which weights a page is told to hold an article rather than a list, from pages of both kinds, and writes them down.

    uv run --with scikit-learn --with formasaurus python -m tests.bench.learn_kind            # what cross-validation by site gives
    uv run --with scikit-learn --with formasaurus python -m tests.bench.learn_kind --write    # writes page_weights.toml

Only sites of the half that may be looked at are learned from; the other half is scored with what they gave. Lists are few among the pages
with gold; the package formasaurus brings 954 pages with forms: front pages, shops, logins, contacts, forums. Threads and the stories among
them are left out.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import files
from pathlib import Path

from tasks.dissection.body.find_body import find_body
from tasks.dissection.body.learned import Weights, write_weights
from tasks.dissection.body.likeness import NAMES, measures_of
from tasks.dissection.body.page_kind import LEAST_LIKENESS, SURE, declares_article, is_front
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.restoration.restore import restore
from tests.bench.accuracy import REFUSED_TYPES, Row, half_of, page_text, read_rows, site_of
from tests.bench.corpus import SHARED
from tests.bench.learn_body import FOLDS, fold_of, logistic

STRENGTH = 0.05  # C
WEIGHTS = {"article": 2.0, "list": 8.0, "product": 2.0, "form": 0.5}  # of a page; lists are few
# Threads, and stories by their number in the package: what they are is a matter of taste, or not told.
_THREAD = re.compile(r"/thread|viewtopic|showthread")
_STORIES = frozenset((81, 92, 106, 113, 114, 118, 119, 202, 261, 322, 353, 398, 408, 428, 490, 559, 718, 719, 845))
Known = tuple[Row, list[float]]


def main() -> int:
    """Learn, print what it gives, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write page_weights.toml")
    given = parser.parse_args()
    gold = [row for name in ("pages", "pages2") for row in read_rows(SHARED / name / "manifest.jsonl") if kind_of(row)]
    with tempfile.TemporaryDirectory(prefix="broadsheet-kind-") as folder, ProcessPoolExecutor(2) as pool:
        pages = [*gold, *pages_with_forms(Path(folder))]
        known = list(zip(pages, pool.map(measured, pages, chunksize=16), strict=True))
    seen = [pair for pair in known if pair[0]["half"] == "seen"]
    crossed = []
    for fold in range(FOLDS):
        weights = fitted([pair for pair in seen if fold_of(pair[0]) != fold])
        crossed += [(row, weights.sum_of(measures)) for row, measures in seen if fold_of(row) == fold]
    weights = fitted(seen)
    report("seen, by the weights of other sites", crossed)
    report("scored", [(row, weights.sum_of(measures)) for row, measures in known if row["half"] == "scored"])
    if given.write:
        write_weights("page", NAMES, weights, "tests.bench.learn_kind")
    return 0


def kind_of(row: Row) -> str | None:
    """article, list, product, form; None of pages that nothing is learned from."""
    if row.get("kind") != "not_article":
        return "article"
    page_type = row.get("page_type")
    return "list" if page_type in REFUSED_TYPES else page_type if page_type in ("product", "form") else None


def is_article(row: Row) -> bool:
    return kind_of(row) == "article"


def pages_with_forms(folder: Path) -> list[Row]:
    """Those of formasaurus, packed into `folder`, as rows of a manifest."""
    index = next(Path(str(file.locate())) for file in files("formasaurus") or () if file.name == "index.json")
    rows = []
    for number, (name, told) in enumerate(json.loads(index.read_text(encoding="utf-8")).items()):
        if number in _STORIES or _THREAD.search(told["url"]):
            continue
        path = folder / f"{number}.html.gz"
        path.write_bytes(gzip.compress((index.parent / name).read_bytes(), 1))
        row: Row = {"id": name, "url": told["url"], "path": path, "kind": "not_article", "page_type": "form"}
        rows.append(row | {"half": half_of(site_of(row))})
    return rows


def measured(row: Row) -> list[float]:
    page = ParsedPage(restore(page_text(row), "").text, row["url"])
    body = find_body(page)
    measures = measures_of(
        page, body.pruned.shape, body.text, body.blocks, len(body.listings), declared=declares_article(page), front=is_front(page)
    )
    return [float(value) for value in measures]


def fitted(known: list[Known]) -> Weights:
    rows, labels = [measures for _, measures in known], [is_article(row) for row, _ in known]
    return logistic(rows, labels, [WEIGHTS[kind_of(row) or ""] for row, _ in known], STRENGTH)


def report(name: str, told: list[tuple[Row, float]]) -> None:
    for least in (LEAST_LIKENESS, SURE):
        lost = sum(score < least for row, score in told if is_article(row))
        taken = {kind: [score >= least for row, score in told if kind_of(row) == kind] for kind in ("list", "product", "form")}
        others = ", ".join(f"{sum(above)} of {len(above)} {kind}s" for kind, above in taken.items())
        print(f"{name:40} from {least:5.2f}: {lost} of {sum(is_article(row) for row, _ in told)} articles below; above: {others}")


if __name__ == "__main__":
    sys.exit(main())
