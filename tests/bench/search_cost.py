"""What a search costs beside `contains` on the same file, and the index beside the texts; CPU of one thread, best of three.

uv run python -m tests.bench.search_cost HOME [--queries 60]
"""

import argparse
import time
from pathlib import Path

import duckdb

from tests.bench.known_items import known_items

FEW = ["疫情", "government", "網絡安全", "elect*", "trump OR 疫情", "水", "中国 发展 -经济", "title:trump"]
FORMS = {
    "ids and scores": "SELECT count(*) FROM search.matches($1)",
    "titles, hosts, dates": "SELECT score, page_id, title, url, host, published_at FROM search_articles($1, most := 20)",
    "with 20 snippets": "FROM search_articles($1, most := 20)",
}
SIZES = """
SELECT count(DISTINCT block) * (SELECT max(block_size) / 1e6 FROM pragma_database_size())  -- what zstd packs lies in the additional ones
FROM (SELECT unnest(list_prepend(block_id, additional_block_ids)) AS block FROM pragma_storage_info('{table}') WHERE {which})
"""


def cpu(con: duckdb.DuckDBPyConnection, question: str, parameter: str) -> float:
    """Milliseconds."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        con.execute(question, [parameter]).fetchall()
        best = min(best, time.process_time() - began)
    return best * 1000


def p95(costs: list[float]) -> float:
    return sorted(costs)[int(len(costs) * 0.95)]


def main() -> None:
    """Print the costs, each beside that of `contains`, and the sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--queries", type=int, default=60)
    given = parser.parse_args()
    with duckdb.connect(str(given.home / "warehouse.duckdb"), read_only=True) as con:
        con.execute("SET threads = 1; SET TimeZone = 'UTC'")
        names = [name for _, name, _ in known_items(con, given.queries)]
        scan = "SELECT count(*) FROM core.articles WHERE contains(body_folded, fold($1))"
        scans = [cpu(con, scan, name) for name in [*names[:5], *FEW[:3]]]
        print(f"contains: p95 {p95(scans):.0f} ms")
        for form, question in FORMS.items():
            costs = [cpu(con, question, query) for query in [*names, *FEW]]
            print(
                f"{form}: p50 {sorted(costs)[len(costs) // 2]:.0f} ms, p95 {p95(costs):.0f} ms, {p95(costs) / p95(scans):.3f} of contains"
            )
        tables = con.execute("SELECT 'search.' || table_name FROM duckdb_tables() WHERE schema_name = 'search'").fetchall()
        index = sum(con.execute(SIZES.format(table=name, which="true")).fetchall()[0][0] or 0 for (name,) in tables)
        texts = con.execute(SIZES.format(table="core.articles", which="column_name IN ('title', 'body')")).fetchall()[0][0]
        print(f"index {index:.0f} MB, texts (title and body, packed) {texts:.0f} MB: {index / texts:.2f} times")


if __name__ == "__main__":
    main()
