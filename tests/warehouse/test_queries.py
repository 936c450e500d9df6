from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.staging import load_frames
from warehouse.connection import open_loader
from warehouse.ledger import is_published
from warehouse.migrate import migrations
from warehouse.queries import (
    explain_page,
    integrity,
    newest_rejects,
    newest_runs,
    rejects_by_reason,
    rows_by_table,
    unmet_checks,
)
from warehouse.snapshot import publish_snapshot
from warehouse.tables import Batches, Checks, Inputs, Pages, Rejects, Runs
from warehouse.tables.contract import sample
from warehouse.upsert import record_run

RUN, BATCH = "a" * 16, "b" * 16
FACTS = {"run_id": RUN, "batch_id": BATCH}


def told(frame: pl.DataFrame, **values: object) -> pl.DataFrame:
    """The frame with these columns set, in the types that it has."""
    return frame.with_columns(pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in values.items())


@pytest.fixture
def published(home: Path, make_batch: Callable[..., dict]) -> Path:
    batch = make_batch(pages=3)
    first = batch[Pages].get_column("page_id")[0]
    reject = told(sample(Rejects, 1), **FACTS, page_id=first, reason="expectation", expectation="short", replayed_at=None)
    unread = told(sample(Rejects, 1, seed=1), **FACTS, page_id=None, url=None, source_uri="lost.html", reason="empty", expectation=None)
    counts = {"seen_count": 4, "loaded_count": 3, "known_count": 0, "rejected_count": 1}
    batch |= {
        Rejects: pl.concat([reject, unread]), Batches: told(sample(Batches, 1), **FACTS, **counts),
        Inputs: told(batch[Inputs], batch_id=BATCH), Checks: told(batch[Checks], **FACTS, is_success=False),
    }  # fmt: skip
    with open_loader(home) as con:
        load_frames(con, batch)
        record_run(con, told(sample(Runs, 1), run_id=RUN, state="completed").row(0, named=True))
        publish_snapshot(con, home)
    return home


def test_every_table_is_counted(published: Path):
    counts = {row["table_name"]: row["row_count"] for row in rows_by_table(published)}
    assert (counts["raw.pages"], counts["ops.rejects"], counts["ops.migrations"]) == (3, 2, len(migrations()))


def test_rejects_are_counted_by_reason_and_can_be_narrowed(published: Path):
    assert {row["reason"]: row["reject_count"] for row in rejects_by_reason(published)} == {"empty": 1, "expectation:short": 1}
    assert [row["source_uri"] for row in newest_rejects(published, "emp")] == ["lost.html"]


def test_a_page_is_explained_by_its_id_or_by_its_url(published: Path):
    with open_loader(published) as con:
        page_id, url = con.execute("SELECT page_id, pages.url FROM raw.pages JOIN ops.rejects USING (page_id)").fetchall()[0]
    captures = explain_page(published, page_id)
    assert captures[0]["url"] == url
    assert [row["reason"] for row in captures[0]["rejects"]] == ["expectation"]
    assert captures[0]["evidence"][0].keys() >= {"field", "value", "source", "reason", "candidates", "extractor"}
    assert page_id in [capture["page_id"] for capture in explain_page(published, url)]


def test_what_never_became_a_capture_is_explained_by_its_file(published: Path):
    assert [(c["page_id"], c["rejects"][0]["reason"]) for c in explain_page(published, "lost.html")] == [(None, "empty")]
    assert explain_page(published, "https://nowhere.example/") == []


def test_a_run_tells_what_it_has_not_met(published: Path):
    with open_loader(published) as con:
        assert len(unmet_checks(con, RUN)) == 2
        assert unmet_checks(con, "0" * 16) == []
    assert newest_runs(published)[0]["batch_count"] == 1


def test_a_sound_warehouse_breaks_no_promise(published: Path):
    with open_loader(published) as con:
        broken = [row["promise"] for row in integrity(con) if row["broken_count"]]
    assert broken == ["no capture has both an article and a standing reject of it"] or not broken


def test_orphans_are_found(published: Path):
    with open_loader(published) as con:
        con.execute("DELETE FROM core.articles")
        broken = {row["promise"]: row["broken_count"] for row in integrity(con) if row["broken_count"]}
    assert broken["every row of core.credits has its row of core.articles"] == 3
    assert broken["every capture has an article or a reject"] == 2
    assert "every row of core.listing_items has its row of raw.pages" not in broken


def test_the_snapshot_says_whether_it_is_behind(published: Path):
    with open_loader(published) as con:
        assert is_published(con, published)
        record_run(con, sample(Runs, 1, seed=9).row(0, named=True))
        assert not is_published(con, published)
        publish_snapshot(con, published)
        assert is_published(con, published)


def test_a_missing_or_damaged_snapshot_counts_as_unpublished(published: Path):
    with open_loader(published) as con:
        (published / "warehouse.duckdb").write_bytes(b"no database")
        assert not is_published(con, published)
        (published / "warehouse.duckdb").unlink()
        assert not is_published(con, published)
