"""How long marts take on a large warehouse that is made up: rows of every table that they read, by SQL.

    uv run python -m tests.bench.mart_speed --pages 1000000
    uv run python -m tests.bench.mart_speed --analysts --pages 100000
    uv run python -m tests.bench.mart_speed --analysts --home HOME         # one of tests/bench/analysts_home.py

The pages are those of 40 hosts and 5 sources in 400 runs over 100 days, with 12 fields of evidence each and a reject for every tenth; for
the marts of analysts what tests/bench/crawled_sites.py makes, with ten listing items a page. Prints for each mart, from a file and on two
threads, the median of three answers by the clock, and the least CPU time, which other work on the machine disturbs less.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import duckdb

from tests.bench.crawled_sites import fill
from warehouse.loader_file import connect_loader
from warehouse.marts import create_marts, marts
from warehouse.migrate import migrate

MARTS = ("loads", "run_history", "source_health", "field_drift")  # of operators
ROUNDS = 3
RUNS = """
INSERT INTO ops.runs BY NAME SELECT
    format('{{:016x}}', i) AS run_id, 'ingest_pages' AS flow, 'completed' AS state, now() - to_hours((400 - i) * 6) AS started_at,
    now() - to_hours((400 - i) * 6) + INTERVAL 5 MINUTE AS ended_at, ['/data/drop'] AS paths, '{{}}' AS parameters,
    {pages} // 400 AS seen_count, {pages} // 400 AS loaded_count, 0 AS known_count, 0 AS rejected_count, '0' AS version
FROM range(400) AS r(i)
"""
PAGES = """
INSERT INTO raw.pages BY NAME SELECT
    format('{{:016x}}', i) AS page_id, format('https://www.host-{{}}.example/news/{{}}', i % 40, i) AS url, 'warc' AS url_source,
    format('www.host-{{}}.example', i % 40) AS host, now() AS observed_at, 'warc' AS observed_source,
    'sha1:' || repeat('A', 32) AS digest, 60000 AS byte_count, 'warc' AS source_kind,
    format('crawler-{{}}/2026-03-{{:02d}}/{{}}.warc.gz', i % 5, i * 30 // {pages} + 1, i // 500) AS source_uri, i AS source_offset,
    'raw/x.warc.gz' AS warc_uri, i AS warc_offset, format('{{:016x}}', i * 400 // {pages}) AS run_id
FROM range({pages}) AS r(i)
"""
ARTICLES = """
INSERT INTO core.articles BY NAME SELECT page_id, 'A headline' AS title, 'A body' AS body, [] AS tags, 1 AS char_count,
    1 AS paragraph_count, page_id AS text_fingerprint, [] AS quality_flags, run_id
FROM raw.pages WHERE source_offset % 10 != 0
"""
REJECTS = """
INSERT INTO ops.rejects BY NAME SELECT page_id AS reject_id, run_id, page_id, url, source_uri, source_offset,
    'core.articles' AS table_name, 'not_article:list_page' AS reason, now() AS rejected_at
FROM raw.pages WHERE source_offset % 10 = 0
"""
EVIDENCE = """
INSERT INTO core.evidence BY NAME SELECT page_id, f.field AS field, 'x' AS value, 'json_ld' AS source, [] AS candidates,
    'x' AS extractor, run_id
FROM raw.pages, (SELECT unnest(['title', 'authors', 'published_at', 'modified_at', 'section', 'tags', 'site_name', 'lang', 'body',
    'page_kind', 'url', 'images']) AS field) AS f
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1_000_000)
    parser.add_argument("--analysts", action="store_true", help="the marts of analysts; --pages is then a multiple of 1,000")
    parser.add_argument("--home", type=Path, help="the marts of a home that is there")
    given = parser.parse_args()
    asked = [mart.name for mart in marts() if (mart.name.removeprefix("mart.") not in MARTS) == given.analysts]
    with tempfile.TemporaryDirectory(prefix="broadsheet-marts-") as folder:
        file = given.home / "warehouse.duckdb" if given.home else made(Path(folder) / "warehouse.duckdb", given.pages, given.analysts)
        with duckdb.connect(str(file), read_only=True) as con:
            con.execute("SET threads = 2; SET TimeZone = 'UTC'")
            for mart in asked:
                clock, cpu = zip(*(seconds(con, mart) for _ in range(ROUNDS)), strict=True)
                print(f"{mart:26} {statistics.median(clock):6.2f} s, {min(cpu):6.2f} s of CPU", flush=True)


def made(file: Path, pages: int, for_analysts: bool) -> Path:
    """A warehouse that is made up."""
    with connect_loader(file) as con:
        migrate(con)
        create_marts(con)
        if for_analysts:
            fill(con, pages)
        else:
            for rows in (RUNS, PAGES, ARTICLES, REJECTS, EVIDENCE):
                con.execute(rows.format(pages=pages))
    return file


def seconds(con: duckdb.DuckDBPyConnection, mart: str) -> tuple[float, float]:
    """By the clock, and of CPU."""
    begun, used = time.monotonic(), time.process_time()
    con.execute(f"SELECT count(*), bit_xor(hash(rows)) FROM {mart} AS rows").fetchall()
    return time.monotonic() - begun, time.process_time() - used


if __name__ == "__main__":
    main()
