"""What is related among the real pages, as a load leaves it: every relation, to be looked at.

    uv run python -m tests.bench.real_copies FOLDER [--texts 300]

All pages of `pages` and `pages2` go through `broadsheet ingest`, each under its own URL, into FOLDER/home, unless it is there. Of each row
of core.copies the two titles and addresses are printed, and how each passage that they share begins. No figure is a score: whether a
relation is true is for the reader to say.
"""

import argparse
import json
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

from tests.bench.corpus import SHARED
from tests.bench.quality_floor import link_pages
from warehouse.ask import ask

FOLDERS = ("pages", "pages2")
LEAST = 40  # letters of a passage that is printed
COUNTS = """
SELECT (SELECT count(*) FROM raw.pages) AS pages, (SELECT count(*) FROM core.articles) AS articles,
    (SELECT count(*) FROM core.copies) AS copies
"""
RELATIONS = """
SELECT c.relation, c.similarity, c.origin_coverage, c.confidence, c.evidence, p.url, a.title, a.body_folded AS body, c.origin_url,
    o.title AS origin_title, o.body_folded AS origin_body
FROM core.copies AS c JOIN core.articles AS a USING (page_id) JOIN raw.pages AS p USING (page_id)
LEFT JOIN core.articles AS o ON o.page_id = c.origin_page_id
ORDER BY c.relation, p.url
"""


def main() -> None:
    """Load, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, default=300, help="letters of each passage that are printed")
    given = parser.parse_args()
    home = given.folder / "home"
    if not (home / "warehouse.duckdb").exists():
        for name in FOLDERS:
            source = SHARED / name
            rows = [json.loads(line) for line in (source / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
            link_pages(source, given.folder / name, rows)
        subprocess.run(["broadsheet", "ingest", *(given.folder / name for name in FOLDERS), "--home", home], check=True)
    print(*ask(home, COUNTS).records())
    for row in ask(home, RELATIONS).records():
        print("\n{relation}, {similarity} of it, {origin_coverage} of the origin, sure {confidence}: {evidence}".format(**row))
        print(f"  {row['url']}\n  {row['title']}\n  {row['origin_url']}\n  {row['origin_title']}")
        for passage in passages(str(row["body"]), str(row["origin_body"] or "")):
            print(f"    {len(passage)}: {passage[: given.texts]}")


def passages(one: str, other: str) -> list[str]:
    """What two texts have in common, the longest first."""
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sorted((one[each.a : each.a + each.size] for each in found if each.size >= LEAST), key=len, reverse=True)


if __name__ == "__main__":
    main()
