"""Learns by which weights a block of a page is told to be the story's own, from pages whose body is known, and writes them down.

    uv run --with scikit-learn python -m tests.bench.learn_body            # prints what cross-validation by site gives
    uv run --with scikit-learn python -m tests.bench.learn_body --write    # writes tasks/dissection/body/block_weights.toml

Only pages of the half that may be looked at are learned from; the other half is scored with what they gave.
"""

import argparse
import hashlib
import sys
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from typing import Any

import numpy as np

from tasks.dissection.body.block_features import NAMES, rows_of
from tasks.dissection.body.blocks import TextBlock, blocks_in
from tasks.dissection.body.extraction import attempted, extract_fast
from tasks.dissection.body.learned import Weights, write_weights
from tasks.dissection.body.pruning import prune
from tasks.dissection.body.story_blocks import chances, least_chance
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.restoration.restore import restore
from tests.bench.accuracy import Row, page_text, read_rows, scorer, site_of
from tests.bench.corpus import SHARED

FOLDS = 5
STRENGTH = 0.05  # C of the logistic regression; 0.02 to 0.5 give the same within 0.002 F1
MOST_WORDS = 60  # of a block count: a long paragraph is worth no more than one of this length
SNIPPET = 4.0  # what a block counts of a page of which only snippets are known; all blocks of another count 100
LEAST_SHARE = 0.5  # of a block's shingles that the gold body has to hold
Learned = tuple[Any, Any, Any, list[TextBlock]]  # rows, labels, weights of the blocks of a page, and these


def main() -> int:
    """Learn, print what it gives, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write block_weights.toml")
    given = parser.parse_args()
    pages = [
        row for name in ("pages", "pages2") for row in read_rows(SHARED / name / "manifest.jsonl") if row.get("body") or row.get("with")
    ]
    with ProcessPoolExecutor(2) as pool:
        known = [(row, page) for row, page in zip(pages, pool.map(measured, pages, chunksize=16), strict=True) if len(page[3])]
    seen = [pair for pair in known if pair[0]["half"] == "seen"]
    scored = [pair for pair in known if pair[0]["half"] == "scored"]
    weights = fitted(seen)
    folds = [[pair for pair in seen if fold_of(pair[0]) == fold] for fold in range(FOLDS)]
    crossed = [(fold, fitted([pair for pair in seen if fold_of(pair[0]) != number])) for number, fold in enumerate(folds)]
    report(
        "seen, by the weights of other sites",
        [counts(row, page, model) for fold, model in crossed for row, page in fold if row.get("body")],
    )
    report("scored", [counts(row, page, weights) for row, page in scored if row.get("body")])
    if given.write:
        write_weights("block", NAMES, weights, "tests.bench.learn_body")
    return 0


def measured(row: Row) -> Learned:
    """What the model sees of a page, and what it should say."""
    page = ParsedPage(restore(page_text(row), "").text, row["url"])
    pruned = prune(page)
    extracted = attempted(extract_fast, deepcopy(pruned.tree), "page").text
    body = page.tree.find("body")
    blocks = blocks_in(page.tree if body is None else body, pruned.told)
    rows = [[float(value) for value in each] for each in rows_of(blocks, extracted, pruned.told, headline_area(page).heading)]
    labels, weights = labelled(row["body"], blocks) if row.get("body") else labelled_by_snippets(row, blocks)
    texts = [TextBlock(block.text, None, block.size, block.linked, block.around) for block in blocks]  # type: ignore[arg-type]
    return np.array(rows), np.array(labels), np.array(weights), texts


def labelled(gold: str, blocks: list[TextBlock]) -> tuple[list[bool], list[float]]:
    """Whether each block stands in the gold body, and what it counts; all blocks of a page count 1 together."""
    score = scorer()
    in_letters = score.is_cjk(gold)
    words = score.tokens(gold, in_letters)
    there = [{tuple(words[at : at + size]) for at in range(len(words) - size + 1)} for size in range(5)]
    labels, weights = [], []
    for block in blocks:
        own = score.tokens(block.text, in_letters)
        size = min(4, len(own))
        parts = [tuple(own[at : at + size]) for at in range(len(own) - size + 1)] if size > 1 else []
        labels.append(bool(parts) and sum(part in there[size] for part in parts) >= LEAST_SHARE * len(parts))
        weights.append(min(len(own), MOST_WORDS) ** 0.5 if parts else 0.0)
    total = sum(weights) or 1
    return labels, [100 * weight / total for weight in weights]


def labelled_by_snippets(row: Row, blocks: list[TextBlock]) -> tuple[list[bool], list[float]]:
    """The same where only a few pieces are known that a body has to have and that it must not have."""
    wanted, unwanted = ([scorer().squeeze(text) for text in row[name]] for name in ("with", "without"))
    labels = [any(text in block.text for text in wanted) for block in blocks]
    told = [label or any(text in block.text for text in unwanted) for label, block in zip(labels, blocks, strict=True)]
    return labels, [SNIPPET if is_told else 0.0 for is_told in told]


def fold_of(row: Row) -> int:
    return hashlib.sha256(f"fold {site_of(row)}".encode()).digest()[0] % FOLDS


def fitted(known: list[tuple[Row, Learned]]) -> Weights:
    rows, labels, weights = (np.concatenate([page[part] for _, page in known]) for part in range(3))
    told = weights > 0
    return logistic(rows[told], labels[told], weights[told], STRENGTH)


def logistic(rows: Any, labels: Any, weights: Any, strength: float) -> Weights:
    """A logistic regression on measures of one spread, told in the measures as they are."""
    from sklearn.linear_model import LogisticRegression

    rows = np.array(rows, dtype=float)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit((rows - middle) / spread, labels, sample_weight=weights)
    slopes = model.coef_[0] / spread
    return Weights(float(model.intercept_[0] - slopes @ middle), tuple(map(float, slopes)))


def counts(row: Row, page: Learned, weights: Weights) -> tuple[float, float, float]:
    """Shared, surplus and missing shares of the story that these weights give, before its lines are sorted."""
    rows, _, _, blocks = page
    told = chances([float(each) for each in weights.bias + rows @ np.array(weights.weights)])
    least = least_chance(blocks, told)
    text = "\n".join(block.text for block, chance in zip(blocks, told, strict=True) if chance >= least)
    counted: tuple[float, float, float] = scorer().body_counts(row["body"], text)
    return counted


def report(name: str, told: list[tuple[float, float, float]]) -> None:
    f1, precision, recall = scorer().prf(told)
    print(f"{name:40} {len(told)} pages  F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}")


if __name__ == "__main__":
    sys.exit(main())
