from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from expectations.quarantine import judge_batch
from expectations.runner import judge
from warehouse.errors import ContractBroken
from warehouse.tables import Articles, Pages

Make = Callable[..., dict]
YEAR_1, YEAR_9999 = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
MINIFIED = "(function(){var a=b;if(c){d();}else{e();}})();" * 20


def judged_batch(frames: dict) -> Any:
    return judge_batch(frames, run_id="a" * 16, batch_id="b" * 16)


def test_a_sound_batch_is_accepted_whole(sound: Make):
    judged = judged_batch(sound())
    assert (judged.refusal, judged.rejects.height) == (None, 0)
    assert all(judged.frames[table].equals(frame) for table, frame in sound().items())


@pytest.mark.parametrize(("values", "expectation", "said"), [
    ({"title": "x" * 10_000}, "expect_column_value_lengths_to_be_between(title)", "title='xxx"),
    ({"title": ""}, "expect_rows_to_keep_their_contract(core.articles)", "title: expected 1 or more characters, came ''"),
    ({"char_count": -1}, "expect_rows_to_keep_their_contract(core.articles)", "char_count: expected 1 or more, came -1"),
    ({"lang": "English"}, "expect_rows_to_keep_their_contract(core.articles)", "lang: expected of the form ^[a-z]{2,3}$"),
    ({"published_at": YEAR_1}, "expect_column_values_to_be_in_set(published_when)", "before_newspapers"),
    ({"published_at": YEAR_9999}, "expect_column_values_to_be_in_set(published_when)", "a_year_ahead"),
    ({"published_zone": None}, "expect_column_values_to_be_in_set(is_date_explained)", "False"),
    ({"body": "<div class='a'><p>Hi</p></div>" * 9}, "expect_column_values_to_be_between(markup_share)", "markup_share="),
    ({"body": MINIFIED}, "expect_column_values_to_be_between(code_share)", "code_share=0."),
    ({"body": "\ufffd\ufffd\ufffd lost"}, "expect_column_values_to_be_between(lost_share)", "lost_share=0."),
    ({"body": "Please enable JavaScript to continue."}, "expect_column_values_to_be_in_set(is_wall)", "is_wall=True"),
    ({"body": "您的访问过于频繁,请输入验证码"}, "expect_column_values_to_be_in_set(is_wall)", "is_wall=True"),
])  # fmt: skip
def test_a_row_that_is_not_credible_is_refused_by_name(spoilt: Make, values: dict, expectation: str, said: str):
    frames = spoilt(Articles, **values)
    judged = judge(Articles, frames[Articles], related=frames)
    assert judged.accepted.height == 2
    assert judged.rejected.get_column("expectation").to_list() == [expectation]
    assert said in judged.rejected.get_column("detail")[0]


@pytest.mark.parametrize(("values", "unmet"), [
    ({"title": "the CREEK"}, "title_is_site_name"),
    ({"title": "Rise &amp; fall"}, "(title)"),
    ({"published_at": datetime(2025, 3, 3, tzinfo=UTC)}, "published_doubt"),
    ({"published_at": datetime(1912, 4, 16, tzinfo=UTC)}, "published_doubt"),
    ({"modified_at": datetime(2024, 1, 1, tzinfo=UTC)}, "modified_at, published_at"),
    ({"body": "The river rose, and one character is lost \ufffd of many."}, "lost_share_seen"),
])  # fmt: skip
def test_a_doubtful_row_is_loaded_with_a_warning(spoilt: Make, values: dict, unmet: str):
    judged = judged_batch(spoilt(Articles, **values))
    assert judged.rejects.height == 0
    assert [warning for warning in judged.warnings if unmet in warning]
    assert not [warning for warning in judged_batch(spoilt(Articles)).warnings if unmet in warning]


def test_a_front_page_headed_by_the_name_of_its_site_is_refused(spoilt: Make):
    frames = spoilt(Articles, title="the CREEK")
    frames[Pages] = frames[Pages].with_columns(url=pl.lit("https://creek.example/"))
    assert judged_batch(frames).rejects.get_column("expectation").to_list() == ["expect_column_values_to_be_in_set(is_front_page)"]


def test_one_text_under_most_urls_refuses_the_batch(sound: Make):
    frames = sound(60)
    frames[Articles] = frames[Articles].with_columns(text_fingerprint=pl.lit("f" * 16))
    refusal = judged_batch(frames).refusal
    assert refusal.startswith("expect_column_max_to_be_between(largest_body_share): expected at most 0.5, came 1.0 on core.articles. ")


def test_one_text_under_few_urls_is_no_reason_to_refuse(sound: Make):
    frames = sound(10)
    frames[Articles] = frames[Articles].with_columns(text_fingerprint=pl.lit("f" * 16))
    assert judged_batch(frames).refusal is None


def test_a_batch_without_dates_is_loaded_with_a_warning(sound: Make):
    frames = sound(30)
    empty = {name: pl.lit(None, dtype=frames[Articles].schema[name]) for name in ("published_at", "published_zone", "published_precision")}
    frames[Articles] = frames[Articles].with_columns(**empty)
    assert judged_batch(frames).warnings["core.articles: expect_column_values_to_not_be_null(published_at)"] == "not met by 30 of 30"


def test_a_frame_of_other_columns_is_our_mistake(sound: Make):
    frames = sound()
    with pytest.raises(ContractBroken, match="title: expected String, missing"):
        judge(Articles, frames[Articles].drop("title"), related={Pages: frames[Pages]})
