from collections.abc import Callable

import duckdb
import polars as pl
import pytest

from tests.warehouse.staging import load_frames
from warehouse.errors import ContractBroken
from warehouse.ledger import known_inputs, mark_interrupted_runs
from warehouse.tables import TABLES, Articles, Batches, Images, Inputs, Pages, Rejects, Runs
from warehouse.tables.contract import sample
from warehouse.upsert import known_pages, record_run

Make = Callable[..., dict]


in_file = pytest.mark.parametrize("con", ["file"], indirect=True)  # what a lake does otherwise, or has not


def everything(con: duckdb.DuckDBPyConnection) -> dict[str, list]:
    return {table.TABLE: con.execute(f"SELECT * FROM {table.TABLE} ORDER BY ALL").fetchall() for table in TABLES}


def test_a_batch_is_loaded_with_its_children_and_its_ledger(con: duckdb.DuckDBPyConnection, make_batch: Make):
    batch = make_batch(pages=5)
    assert load_frames(con, batch) == {table.TABLE: batch[table].height for table in TABLES if table in batch}


def test_loading_the_same_batch_again_changes_nothing(con: duckdb.DuckDBPyConnection, make_batch: Make):
    load_frames(con, make_batch())
    before = everything(con)
    again = load_frames(con, make_batch())
    assert everything(con) == before
    assert not any(count for name, count in again.items() if name.startswith(("raw.", "core.")))


def test_a_known_page_keeps_what_was_loaded_with_it(con: duckdb.DuckDBPyConnection, make_batch: Make):
    load_frames(con, make_batch())
    other = {table: frame.with_columns(title=pl.lit("Other")) if table is Articles else frame for table, frame in make_batch().items()}
    other[Images] = other[Images].with_columns(position=pl.col("position") + 1)
    inserted = load_frames(con, other)
    assert (inserted["core.articles"], inserted["core.images"]) == (0, 0)
    assert con.execute("SELECT count(*) FROM core.articles WHERE title = 'Other'").fetchall() == [(0,)]


def test_a_page_twice_in_a_batch_is_loaded_once(con: duckdb.DuckDBPyConnection, make_batch: Make):
    pages = make_batch()[Pages]
    assert load_frames(con, {Pages: pl.concat([pages, pages])})["raw.pages"] == pages.height


def test_a_batch_that_was_refused_may_be_loaded_later(con: duckdb.DuckDBPyConnection, make_batch: Make):
    batches = make_batch()[Batches]
    state = Batches.columns()["state"].dtype
    for said in ("refused", "loaded"):
        load_frames(con, {Batches: batches.with_columns(state=pl.lit(said, dtype=state))})
    assert con.execute("SELECT DISTINCT state FROM ops.batches").fetchall() == [("loaded",)]


def test_a_refusal_keeps_the_run_that_refused_first(con: duckdb.DuckDBPyConnection, make_batch: Make):
    rejects = make_batch()[Rejects]
    load_frames(con, {Rejects: rejects})
    load_frames(con, {Rejects: rejects.with_columns(run_id=pl.lit("f" * 16))})
    assert con.execute("SELECT count(*) FROM ops.rejects WHERE run_id = ?", ["f" * 16]).fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda articles: articles.drop("title"), "title: expected String, missing"),
        (lambda articles: articles.with_columns(mood=pl.lit("calm")), "mood: not expected"),
        (lambda articles: articles.with_columns(char_count=pl.lit("9")), "char_count: expected Int32, came as String"),
    ],
)
def test_a_frame_that_breaks_its_contract_leaves_the_warehouse_as_it_was(
    con: duckdb.DuckDBPyConnection, make_batch: Make, broken: Callable[[pl.DataFrame], pl.DataFrame], said: str
):
    before = everything(con)
    with pytest.raises(ContractBroken, match=said):
        load_frames(con, make_batch() | {Articles: broken(make_batch()[Articles])})
    assert everything(con) == before


@in_file
def test_a_row_that_breaks_a_constraint_takes_the_whole_batch_back(con: duckdb.DuckDBPyConnection, make_batch: Make):
    before = everything(con)
    bad = make_batch()[Articles].with_columns(char_count=pl.lit(-1, pl.Int32))
    with pytest.raises(duckdb.ConstraintException, match="char_count"):
        load_frames(con, make_batch() | {Articles: bad})
    assert everything(con) == before


@in_file
def test_a_batch_that_outgrows_the_memory_limit_is_loaded_all_the_same(con: duckdb.DuckDBPyConnection, make_batch: Make):
    con.execute("SET memory_limit = '4MB'")
    assert load_frames(con, make_batch(pages=3000))["core.articles"] == 3000
    assert con.execute("SELECT current_setting('memory_limit')").fetchall() != [("3.8 MiB",)]


def test_the_ledger_tells_the_planner_what_is_done(con: duckdb.DuckDBPyConnection, make_batch: Make):
    inputs = make_batch()[Inputs]
    load_frames(con, {Inputs: inputs})
    key, fingerprint, start, end, is_last, pages, passed, failed = inputs.select(
        "input_key", "fingerprint", "start_offset", "end_offset", "is_last", "page_count", "passed_over",
        "failed_attempts").row(0)  # fmt: skip
    assert known_inputs(con, [key, "0" * 16]) == {key: [(fingerprint, start, end, is_last, pages, passed, failed)]}


def test_known_pages_are_those_of_the_warehouse(con: duckdb.DuckDBPyConnection, make_batch: Make):
    ids = make_batch()[Pages].get_column("page_id").to_list()
    load_frames(con, make_batch())
    assert known_pages(con, [*ids, "0" * 16]) == set(ids)
    assert known_pages(con, []) == set()


@in_file
def test_a_run_that_was_killed_is_marked_interrupted(con: duckdb.DuckDBPyConnection):
    running = pl.lit("running", dtype=Runs.columns()["state"].dtype)
    record_run(con, sample(Runs, 1).with_columns(state=running).row(0, named=True))
    assert (mark_interrupted_runs(con), mark_interrupted_runs(con)) == (1, 0)
    assert con.execute("SELECT state FROM ops.runs").fetchall() == [("interrupted",)]


@in_file
def test_a_run_is_recorded_at_its_begin_and_again_at_its_end(con: duckdb.DuckDBPyConnection):
    run = sample(Runs, 1).with_columns(seen_count=pl.lit(0, pl.Int64))
    record_run(con, run.row(0, named=True))
    record_run(con, run.with_columns(seen_count=pl.lit(9, pl.Int64)).row(0, named=True))
    assert con.execute("SELECT seen_count FROM ops.runs").fetchall() == [(9,)]
