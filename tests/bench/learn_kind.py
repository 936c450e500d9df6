"""Learns by which weights a page is told to hold an article rather than a list, from pages of both kinds, and writes them down.

    uv run --with scikit-learn python -m tests.bench.learn_kind            # prints what cross-validation by site gives
    uv run --with scikit-learn python -m tests.bench.learn_kind --write    # writes tasks/dissection/body/page_weights.toml

Only pages of the half that may be looked at are learned from; the other half is scored with what they gave.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from tasks.dissection.body.find_body import find_body
from tasks.dissection.body.learned import Weights, write_weights
from tasks.dissection.body.likeness import NAMES, measures_of
from tasks.dissection.body.page_kind import LEAST_LIKENESS, SURE, is_front
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.restoration.restore import restore
from tests.bench.accuracy import REFUSED_TYPES, Row, page_text, read_rows
from tests.bench.corpus import SHARED
from tests.bench.learn_body import FOLDS, fold_of, logistic

STRENGTH = 0.1  # C: lists are few
LIST_WEIGHT = 4.0  # of a page that is a list; there are twenty times as many articles
Known = tuple[Row, list[float]]


def main() -> int:
    """Learn, print what it gives, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write page_weights.toml")
    given = parser.parse_args()
    pages = [row for name in ("pages", "pages2") for row in read_rows(SHARED / name / "manifest.jsonl") if is_known(row)]
    with ProcessPoolExecutor(2) as pool:
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


def is_known(row: Row) -> bool:
    return is_article(row) or row.get("page_type") in REFUSED_TYPES


def is_article(row: Row) -> bool:
    return row.get("kind") != "not_article"


def measured(row: Row) -> list[float]:
    page = ParsedPage(restore(page_text(row), "").text, row["url"])
    body = find_body(page)
    measures = measures_of(page, body.pruned.shape, body.text, body.blocks, front=is_front(page))
    return [float(value) for value in measures]


def fitted(known: list[Known]) -> Weights:
    rows, labels = [measures for _, measures in known], [is_article(row) for row, _ in known]
    return logistic(rows, labels, [1.0 if label else LIST_WEIGHT for label in labels], STRENGTH)


def report(name: str, told: list[tuple[Row, float]]) -> None:
    articles = [score for row, score in told if is_article(row)]
    lists = [score for row, score in told if not is_article(row)]
    for least in (LEAST_LIKENESS, SURE):
        lost, taken = sum(score < least for score in articles), sum(score >= least for score in lists)
        print(f"{name:40} from {least:4.1f}: {lost} of {len(articles)} articles below, {taken} of {len(lists)} lists above")


if __name__ == "__main__":
    sys.exit(main())
