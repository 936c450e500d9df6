"""The postings of long articles are sorted within the memory that a loader has: a run of many batches ends in an index, not in an error."""

import random
from pathlib import Path

import polars as pl

from tests.warehouse.lettered import ARTICLES, add
from warehouse.connection import open_loader
from warehouse.loader_file import connect_loader
from warehouse.prepared import COLUMNS, keep_prepared
from warehouse.search.index import make_tables
from warehouse.search.stretches import RUN, runs_beside, write_runs
from warehouse.snapshot import publish_snapshot
from warehouse.sql_text import texts

BATCHES, BATCH, TERMS = 10, 200, 1500  # three times what a news article has


def prepared(file: Path, first: int) -> list[str]:
    """What a worker prepares of a batch of articles; their keys."""
    chance = random.Random(first)
    vocabulary = [f"word{number:06d}" for number in chance.sample(range(10**6), 20_000)]
    rows = [
        (f"{number:06d}", chance.sample(vocabulary, TERMS), [1] * TERMS, vocabulary[:8], [1] * 8, *[None] * (len(COLUMNS) - 5))
        for number in range(first, first + BATCH)
    ]
    pl.DataFrame(rows, schema=COLUMNS, orient="row").write_parquet(file)
    return [key for key, *_ in rows]


def test_what_many_workers_have_prepared_is_sorted_within_the_loaders_memory(tmp_path: Path):
    count = BATCHES * BATCH
    assert count == RUN
    with connect_loader(tmp_path / "warehouse.duckdb") as con:
        con.execute("CREATE SCHEMA core; CREATE SCHEMA search")
        make_tables(con)
        for number in range(BATCHES):
            file = tmp_path / f"{number}.prepared.parquet"
            keep_prepared(con, file, f"SELECT unnest({texts(prepared(file, number * BATCH))})")
        con.execute("CREATE TABLE core.articles AS SELECT page_id, NULL::VARCHAR AS lang FROM temp.prepared")
        con.execute("CREATE TEMP TABLE fresh AS SELECT page_id::UINTEGER AS doc, page_id FROM temp.prepared")
        with runs_beside(con, RUN + 1):
            (run,) = write_runs(con, 0, count - 1)
            rows, first = con.execute(f"SELECT count(*), min(term) FROM {run}").fetchall()[0]
            assert (rows, con.execute(f"SELECT term FROM {run} WHERE rowid = 0").fetchall()) == (count * (TERMS + 8), [(first,)])


def test_where_that_is_not_enough_it_is_given_more(home: Path):
    long = " ".join(f"word{number:07d}" for number in range(400_000))
    with open_loader(home) as con:
        add(con, "a", *ARTICLES["a"])
        con.execute("UPDATE core.articles SET body_folded = $1", [long])
        con.execute("SET memory_limit = '16MB'")
        publish_snapshot(con, home)
        assert con.execute("SELECT count(*) > 400_000 FROM search.postings").fetchall() == [(True,)]
        assert "GiB" in con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]
