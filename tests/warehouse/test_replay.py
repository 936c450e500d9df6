"""A reject stands until a later run has loaded what it refused."""

import polars as pl
import pytest

from tests.warehouse.staging import load_frames
from warehouse.tables import Pages, Rejects
from warehouse.tables.contract import sample

FIRST, LATER = "1" * 16, "2" * 16


def reject_of(page: pl.DataFrame, run_id: str, page_id: str | None) -> pl.DataFrame:
    """One standing reject from where the page came from."""
    return sample(Rejects, 1).with_columns(
        run_id=pl.lit(run_id),
        page_id=pl.lit(page_id, dtype=pl.String),
        source_uri=pl.lit(page["source_uri"][0]),
        source_offset=pl.lit(page["source_offset"][0], dtype=pl.Int64),
        replayed_at=pl.lit(None, dtype=pl.Datetime("us", "UTC")),
    )


@pytest.mark.parametrize("has_capture", [True, False], ids=["of a refused batch", "of a file that could not be read"])
def test_a_reject_is_answered_when_a_later_run_loads_the_page(con, has_capture: bool):
    page = sample(Pages, 1).with_columns(run_id=pl.lit(LATER))
    load_frames(con, {Rejects: reject_of(page, FIRST, page["page_id"][0] if has_capture else None)})
    assert con.execute("SELECT count(*) FROM ops.rejects WHERE replayed_at IS NULL").fetchall() == [(1,)]
    load_frames(con, {Pages: page})
    assert con.execute("SELECT count(*) FROM ops.rejects WHERE replayed_at IS NULL").fetchall() == [(0,)]


def test_a_page_that_is_loaded_as_a_capture_and_rejected_as_an_article_stays_rejected(con):
    page = sample(Pages, 1).with_columns(run_id=pl.lit(FIRST))
    load_frames(con, {Pages: page, Rejects: reject_of(page, FIRST, page["page_id"][0])})
    assert con.execute("SELECT count(*) FROM ops.rejects WHERE replayed_at IS NULL").fetchall() == [(1,)]
