"""How well copies are told from what is none: recall and precision by relation, origins, groups of noisy duplicates.

    uv run python -m tests.bench.score_copies [--worst 10] [--real]

The originals are the gold bodies of the real pages; what is made of them: tests/bench/copied_corpus.py. `--real` relates these pages
themselves and prints every relation, to be looked at.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from math import comb
from pathlib import Path
from typing import Any

from tasks.relation.letters import letters_of
from tasks.relation.relate import relate
from tests.bench.copied_corpus import Made, Source, corpus, noisy_groups
from tests.bench.corpus import SHARED
from tests.relation.articles import Given, load
from warehouse.connection import Connection, open_loader
from warehouse.relating.corpus import FileCorpus

RUN = "a" * 16
FILLER = 5  # one text in so many is used for what is written around copies, and is no original
FOUND = """
SELECT c.page_id, c.relation, c.origin_url, c.origin_page_id, c.confidence, c.evidence, p.url FROM core.copies AS c
JOIN raw.pages AS p USING (page_id)
"""


def main() -> None:
    """Score, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worst", type=int, default=0, help="print so many mistakes of each kind")
    parser.add_argument("--real", action="store_true", help="relate the real pages themselves")
    parser.add_argument("--most", type=int, default=None, help="only so many texts")
    given = parser.parse_args()
    sources = read_sources()[: given.most]
    if given.real:
        show_real()
        return
    originals = [source for number, source in enumerate(sources) if number % FILLER]
    score_relations(list(corpus(originals, sources[::FILLER])), given.worst)
    score_groups(list(noisy_groups(originals)))


def read_sources() -> list[Source]:
    """Texts of the real pages that anything may be claimed of, each once. Raises FileNotFoundError where they are not at hand."""
    found: dict[str, Source] = {}
    for row in _rows():
        text = row.get("body") or ""
        if letters_of(text.lower()).is_long_enough and text.count("\n") >= 3:
            found.setdefault(text[:200], Source(text, _lang(row)))
    return list(found.values())


def _rows() -> Iterable[dict[str, Any]]:
    for folder in ("pages", "pages2"):
        yield from map(json.loads, (SHARED / folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines())


def _lang(row: dict[str, Any]) -> str:
    lang = str(row.get("lang") or "und").lower()[:2]
    return lang if lang.isalpha() else "und"


def score_relations(made: Sequence[Made], worst: int) -> None:
    """Relations and origins, by kind."""
    pages = {each.given.page_id: each for each in made}
    with tempfile.TemporaryDirectory() as home, open_loader(Path(home)) as con:
        load(con, [each.given for each in pages.values()])
        began = time.process_time()
        relate(FileCorpus(con, Path(home)), RUN)
        seconds = time.process_time() - began
        rows = con.execute(FOUND).fetchall()
    print(f"{len(pages)} pages, {len(rows)} rows, {seconds:.1f} s of CPU")
    expected = Counter(each.kind for each in pages.values())
    told, right, origins, mistakes = Counter[str](), Counter[str](), Counter[str](), []
    for page_id, relation, origin_url, origin_page_id, _, evidence, url in rows:
        of = pages[page_id].of
        told[relation] += 1
        is_origin = of is not None and origin_url == of.url and (origin_page_id is None) != pages[page_id].is_captured
        is_right = of is not None and relation == pages[page_id].kind
        right[relation] += is_right
        origins[relation] += is_right and is_origin
        if not (is_right and is_origin):
            mistakes.append(f"{pages[page_id].kind} taken for {relation} of {origin_url} {evidence}: {url}, is of {of.url if of else None}")
    for kind in sorted(set(expected) - {"original", "same_topic", "same_boilerplate"}):
        print(f"  {kind:<16}{expected[kind]:>6} pages  recall {right[kind] / expected[kind]:.4f}  "
              f"precision {right[kind] / max(told[kind], 1):.4f}  origin {origins[kind] / max(right[kind], 1):.4f}")  # fmt: skip
    claimed = {row[0] for row in rows}
    for kind in ("original", "same_topic", "same_boilerplate"):
        print(f"  {kind:<16}{expected[kind]:>6} pages  claimed {sum(pages[page].kind == kind for page in claimed)}")
    print(f"  origins right    {sum(origins.values()) / max(sum(right.values()), 1):.4f}")
    missed = [
        f"{each.kind} missed: {each.given.url} of {each.of.url}" for each in pages.values() if each.of and each.given.page_id not in claimed
    ]
    for line in mistakes[:worst] + missed[:worst]:
        print("   ", line)


def score_groups(pages: Sequence[tuple[int, Given]]) -> None:
    """Adjusted Rand index of stories against the texts that pages were made of."""
    with tempfile.TemporaryDirectory() as home, open_loader(Path(home)) as con:
        load(con, [page for _, page in pages])
        relate(FileCorpus(con, Path(home)), RUN)
        stories = _stories(con)
    found = [stories.get(page.page_id, page.page_id) for _, page in pages]
    truth = [str(number) for number, _ in pages]
    print(
        f"{len(pages)} noisy pages of {len(set(truth))} texts: {len(set(found))} groups, "
        f"adjusted Rand index {adjusted_rand(truth, found):.4f}"
    )


def _stories(con: Connection) -> dict[str, str]:
    """page_id -> story, of all pages that have one."""
    rows = con.execute(
        "SELECT page_id, story_id FROM core.copies WHERE story_id IS NOT NULL UNION SELECT story_id, story_id FROM core.stories"
    )
    return dict(rows.fetchall())


def adjusted_rand(one: Sequence[str], other: Sequence[str]) -> float:
    """Agreement of two groupings: 1 where they are the same, 0 where they agree as chance does (Hubert and Arabie 1985)."""
    both = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    here, there = (sum(comb(count, 2) for count in Counter(each).values()) for each in (one, other))
    chance = here * there / comb(len(one), 2)
    return (both - chance) / ((here + there) / 2 - chance)


def show_real() -> None:
    """Relate the real pages, by the body that their gold has, and print all that is found."""
    given, names = [], {}
    for row in _rows():
        page = Given(row.get("url") or f"file:///{row['id']}", row.get("body") or "", _lang(row), None, site_name=None)
        if page.body and page.page_id not in names:
            names[page.page_id] = f"{row['dataset']}/{row['id']} {row.get('title') or ''}"[:90]
            given.append(page)
    with tempfile.TemporaryDirectory() as home, open_loader(Path(home)) as con:
        load(con, given)
        relate(FileCorpus(con, Path(home)), RUN)
        rows = con.execute(
            "SELECT c.*, a.body[:60], b.body[:60] FROM core.copies AS c JOIN core.articles AS a USING (page_id) "
            "LEFT JOIN core.articles AS b ON b.page_id = c.origin_page_id ORDER BY relation, similarity"
        ).fetchall()
    print(f"{len(given)} pages, {len(rows)} relations")
    for page_id, url, relation, origin, similarity, coverage, confidence, evidence, _, _, own, theirs in rows:
        print(
            f"{relation} {similarity} {coverage} {confidence} {evidence}"
            f"\n  {names[page_id]} | {own!r}\n  {names.get(origin, url)} | {theirs!r}"
        )


if __name__ == "__main__":
    main()
