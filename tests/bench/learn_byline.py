"""Learns by which weights a name near the headline is told to be the author's, from pages whose authors are known, and writes them down.

    uv run --with scikit-learn python -m tests.bench.learn_byline            # prints what cross-validation by site gives
    uv run --with scikit-learn python -m tests.bench.learn_byline --write    # writes tasks/dissection/credits/byline_weights.toml

Known are authors by gold, and those that a page declares to machines. Only pages of the half that may be looked at are read.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from tasks.dissection.body.find_body import find_body
from tasks.dissection.credits.declared_authors import declared_authors
from tasks.dissection.credits.near_names import NAMES, near_names
from tasks.dissection.credits.unlabelled_bylines import LEAST, WEIGHTS
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.outlet import outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.names import is_nobody
from tasks.dissection.words.weights import Weights, write_weights_to
from tasks.restoration.restore import restore
from tests.bench.accuracy import Row, page_text, read_rows, scorer
from tests.bench.corpus import SHARED
from tests.bench.learn_body import FOLDS, fold_of, logistic

STRENGTH = 0.05
Known = tuple[Row, list[tuple[list[float], bool, str]]]


def main() -> int:
    """Learn, print what it gives, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write byline_weights.toml")
    parser.add_argument("--misses", action="store_true", help="print the names that are told wrongly")
    given = parser.parse_args()
    rows = [row for name in ("pages", "pages2") for row in read_rows(SHARED / name / "manifest.jsonl")]
    seen = [row for row in rows if row["half"] == "seen"]
    with ProcessPoolExecutor(2) as pool:
        known = [(row, names) for row, names in zip(seen, pool.map(measured, seen, chunksize=16), strict=True) if names]
    crossed = []
    for fold in range(FOLDS):
        weights = fitted([pair for pair in known if fold_of(pair[0]) != fold])
        crossed += [(row, name, weights.sum_of(name[0])) for row, names in known if fold_of(row) == fold for name in names]
    report(crossed, misses=given.misses)
    if given.write:
        write_weights_to(WEIGHTS, NAMES, fitted(known), "tests.bench.learn_byline")
    return 0


def measured(row: Row) -> list[tuple[list[float], bool, str]]:
    """(measures, whether it is an author's, as printed) of every name near the headline of a page whose authors are known."""
    page = ParsedPage(restore(page_text(row), "").text, row["url"])
    outlet, area = outlet_of(page), headline_area(page)
    declared = [name for told in declared_authors(page) for name in told.names if not is_nobody(name) and not outlet.is_named(name)]
    known = scorer().names(row.get("author") or "") or {scorer().fold(name) for name in declared}
    if not known and row.get("kind") != "not_article":
        return []
    told = near_names(area.pieces, outlet, area.text, find_body(page).text)
    return [
        ([float(value) for value in near.measures], any(scorer().fold(name) in known for name in near.names), near.text) for near in told
    ]


def fitted(known: list[Known]) -> Weights:
    names = [name for _, names in known for name in names]
    return logistic([name[0] for name in names], np.array([name[1] for name in names]), np.ones(len(names)), STRENGTH)


def report(told: list[tuple[Row, tuple[list[float], bool, str], float]], *, misses: bool) -> None:
    right = sum(name[1] and chance >= LEAST for _, name, chance in told)
    wrong = sum(not name[1] and chance >= LEAST for _, name, chance in told)
    authors = sum(name[1] for _, name, _ in told)
    print(f"by the weights of other sites: of {len(told)} names {authors} are authors; told to be: {right} of these, and {wrong} others")
    for row, name, chance in sorted(told, key=lambda item: -item[2]) if misses else ():
        if (chance >= LEAST) != name[1]:
            measures = [title for title, value in zip(NAMES, name[0], strict=True) if value]
            print(f"  {row['id']:40} {chance:6.2f} {'author' if name[1] else 'other '} {name[2][:60]!r} {' '.join(measures)}")


if __name__ == "__main__":
    sys.exit(main())
