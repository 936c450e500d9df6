"""What a search finds: known items in three forms of Chinese and in other languages, phrases against `contains`.

uv run python -m tests.bench.search_quality HOME [--items 200]
"""

import argparse
from pathlib import Path

import duckdb

from tests.bench.known_items import forms, known_items

RANKED = "SELECT page_id FROM search_articles($1, most := 50)"
PHRASES = ("网络安全", "一家上市公司", "中国经济", "新冠肺炎疫情", "人工智能", "有限公司", "北京市", "记者了解到", "情防控", "发展中国")
PHRASE = "SELECT page_id FROM search_articles('\"' || $1 || '\"', most := 1000000)"
HOLDS = "SELECT page_id FROM core.articles WHERE contains(body_folded, fold($1)) OR contains(title_folded, fold($1))"


def ranked(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [page_id for (page_id,) in con.execute(RANKED, [query]).fetchall()]


def main() -> None:
    """Print recall, ranks, lists that are not equal, phrases that are missing or false."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--items", type=int, default=200)
    given = parser.parse_args()
    with duckdb.connect(str(given.home / "warehouse.duckdb"), read_only=True) as con:
        con.execute("SET enable_external_access = false")
        for lang in ("zh", "en", "de", "ja", "ko", "ar"):
            items = known_items(con, given.items if lang == "zh" else given.items // 5, lang)
            found, reciprocal, unequal = 0, 0.0, 0
            for page_id, name, _ in items:
                answers = [ranked(con, form) for form in (forms(name) if lang == "zh" else (name,))]
                unequal += any(answer != answers[0] for answer in answers)
                found += all(page_id in answer for answer in answers)
                reciprocal += 1 / (1 + answers[0].index(page_id)) if page_id in answers[0] else 0
            told = f"recall {found / len(items):.3f}, reciprocal rank {reciprocal / len(items):.3f}, {unequal} unequal lists"
            print(f"{lang}: {len(items)} items, {told}")
        missing = false = there = 0
        for phrase in PHRASES:
            asked, held = ({page_id for (page_id,) in con.execute(question, [phrase]).fetchall()} for question in (PHRASE, HOLDS))
            missing, false, there = missing + len(held - asked), false + len(asked - held), there + len(held)
        print(f"{len(PHRASES)} phrases in {there} articles: {missing} missing, {false} false")


if __name__ == "__main__":
    main()
