import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from expectations.quarantine import judge_batch
from warehouse.errors import ContractBroken
from warehouse.tables import Articles, Checks, Credits, Evidence, Images, ListingItems, Pages, Rejects, Statements
from warehouse.tables.contract import lineage, polars_schema

Make = Callable[..., dict]


def judged_batch(frames: dict, run_id: str = "a" * 16) -> Any:
    return judge_batch(frames, run_id=run_id, batch_id="b" * 16)


def heights(judged: Any) -> list[int]:
    return [judged.frames[table].height for table in (Pages, Articles, Credits, Images, ListingItems, Statements, Evidence)]


def test_a_rejected_article_takes_what_hangs_on_it_along_and_leaves_what_hangs_on_its_page(spoilt: Make):
    assert heights(judged_batch(spoilt(Articles, title=""))) == [3, 2, 2, 2, 3, 4, 3]


def test_a_rejected_page_takes_everything_along(spoilt: Make):
    assert heights(judged_batch(spoilt(Pages, url="not an address"))) == [2, 2, 2, 2, 2, 4, 2]


@pytest.mark.parametrize(("table", "values"), [
    (Credits, {"name": "https://creek.example/ada"}), (Credits, {"name": "ada@creek.example"}), (Credits, {"name": "2025-03-01"}),
    (Images, {"url": "data:image/gif;base64,R0lGOD"}), (Images, {"url": ""}), (Images, {"url": None, "caption": None}),
])  # fmt: skip
def test_a_rejected_child_leaves_its_article(spoilt: Make, table: type, values: dict):
    judged = judged_batch(spoilt(table, **values))
    assert judged.frames[table].height == 2
    assert judged.frames[Articles].height == 3


def test_a_reject_points_to_its_page_and_keeps_the_row(spoilt: Make):
    frames = spoilt(Articles, title="")
    page = frames[Pages].row(0, named=True)
    judged = judged_batch(frames)
    assert judged.rejects.schema == polars_schema(Rejects)
    reject = judged.rejects.row(0, named=True)
    assert {name: reject[name] for name in ("page_id", "url", "source_uri", "source_offset")} == {
        name: page[name] for name in ("page_id", "url", "source_uri", "source_offset")
    }
    assert (reject["table_name"], reject["reason"]) == ("core.articles", "expectation")
    assert json.loads(reject["row_json"])["body"].startswith("The river rose")


def test_the_same_refusal_has_the_same_key_in_every_run(spoilt: Make):
    frames = spoilt(Articles, title="")
    later = frames | {Articles: frames[Articles].with_columns(run_id=pl.lit("c" * 16))}
    keys = [judged_batch(f).rejects.get_column("reject_id").to_list() for f in (frames, later)]
    assert keys[0] == keys[1]


def test_a_capture_met_twice_keeps_its_first_row(sound: Make):
    frames = sound()
    frames[Pages] = pl.concat([frames[Pages], frames[Pages].head(1)])
    judged = judged_batch(frames)
    assert heights(judged) == [3, 3, 3, 3, 3, 6, 3]
    assert judged.rejects.get_column("expectation").to_list() == ["expect_column_values_to_be_unique(page_id)"]


def test_rows_without_their_page_are_our_mistake(sound: Make):
    frames = sound()
    with pytest.raises(ContractBroken, match=r"core\.articles to have its row of raw\.pages"):
        judge_batch(frames | {Pages: frames[Pages].head(2)}, run_id="a" * 16, batch_id="b" * 16)


def test_every_expectation_leaves_a_check(spoilt: Make):
    checks = judged_batch(spoilt(Articles, title="")).checks
    assert checks.schema == polars_schema(Checks)
    unmet = checks.filter(~pl.col("is_success") & (pl.col("severity") == "critical")).row(0, named=True)
    assert (unmet["expectation"], unmet["severity"], unmet["scope"], unmet["element_count"], unmet["unexpected_count"]) == (
        "expect_rows_to_keep_their_contract(core.articles)", "critical", "row", 3, 1)  # fmt: skip
    assert unmet["observed"] == "title: expected 1 or more characters, came ''"


def test_a_page_observed_before_the_web_is_loaded_with_a_warning(spoilt: Make):
    judged = judged_batch(spoilt(Pages, observed_at=datetime(1980, 1, 1, tzinfo=UTC)))
    assert heights(judged) == [3, 3, 3, 3, 3, 6, 3]
    assert [warning for warning in judged.warnings if "observed_when" in warning]


def test_an_empty_batch_is_no_reason_to_refuse(sound: Make):
    judged = judged_batch({table: frame.clear() for table, frame in sound().items()})
    assert (heights(judged), judged.refusal, judged.checks.height) == ([0] * 7, None, 0)


def test_a_source_full_of_error_pages_is_loaded_with_a_warning(sound: Make):
    frames = sound(20)
    status = pl.when(pl.int_range(pl.len()) < 5).then(404).otherwise(None).cast(pl.Int16)
    frames[Pages] = frames[Pages].with_columns(http_status=status)
    assert judged_batch(frames).warnings["raw.pages: expect_column_values_to_be_in_set(was_answered)"] == "not met by 5 of 20"


def test_a_page_without_an_article_keeps_its_listings(sound: Make):
    frames = sound()
    without = {table: frame.clear() if Articles in lineage(table) else frame for table, frame in frames.items()}
    assert heights(judged_batch(without)) == [3, 0, 0, 0, 3, 0, 3]
