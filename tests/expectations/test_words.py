"""What a refusal says: what was expected, also of a set, what came, and the sentence of the notes that is about it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from expectations.quarantine import judge_batch
from expectations.runner import _expectations, judge
from expectations.suites import SUITES
from expectations.words import wanted, why
from warehouse.tables import Articles, Credits, Images, ListingItems, Pages

Make = Callable[..., dict]


@pytest.mark.parametrize(("table", "values", "said"), [
    (Images, {"url": "data:image/gif;base64,R0lGOD"},
     "fault: expected 'none', came fault='placeholder': data:, about:blank or javascript: stand where a script loads the image"),
    (Images, {"url": None, "caption": None},
     "fault: expected 'none', came fault='nothing': neither an address nor a caption, so there is no image to speak of."),
    (ListingItems, {"url": "/bridge"}, "fault: expected 'none', came fault='address': it leads to no page."),
    (Credits, {"name": "2025-03-01"}, "name: expected of the form [^\\W\\d_], came name='2025-03-01': Names have a letter; "
     "dates, counters and dashes beside a byline do not."),
    (Articles, {"published_at": datetime(1, 1, 1, tzinfo=UTC)},
     "published_when: expected one of 'credible', 'before_the_web', 'after_observed', 'none', "
     "came published_when='before_newspapers': Before"),
])  # fmt: skip
def test_a_refused_row_says_what_was_expected_what_came_and_why(spoilt: Make, table: type, values: dict[str, Any], said: str):
    frames = spoilt(table, **values)
    judged = judge(table, frames[table], related={other: frames[other] for other in (Pages, Articles)})
    assert judged.rejected.get_column("detail")[0].startswith(said)


def test_a_capture_met_twice_says_of_what_it_is_the_key(sound: Make):
    frames = sound()
    frames[Pages] = pl.concat([frames[Pages], frames[Pages].head(1)])
    (detail,) = judge_batch(frames, run_id="a" * 16, batch_id="b" * 16).rejects.get_column("detail")
    assert detail.startswith("page_id: expected unique, came page_id='")
    assert detail.endswith("The key of raw.pages: one capture: (url, payload digest).")


def test_a_refused_batch_says_what_would_have_been_credible(sound: Make):
    frames = sound(60)
    frames[Articles] = frames[Articles].with_columns(text_fingerprint=pl.lit("f" * 16))
    refusal = judge_batch(frames, run_id="a" * 16, batch_id="b" * 16).refusal
    assert "(largest_body_share): expected at most 0.5, came 1.0 on core.articles. Half of the bodies" in refusal


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.table.TABLE)
def test_every_expectation_can_say_what_it_wants(suite: Any):
    said = [wanted(e.configuration) for e in _expectations(suite.table)]
    assert all(said)
    assert not [words for words in said if words.startswith(("column values", "column pair", "column "))]


def test_notes_without_a_part_for_what_came_are_told_whole():
    assert why("Two sentences. Both are told.", ["other"]) == "Two sentences. Both are told."
    assert why("one: the first. two: the second. Loaded all the same.", ["two"]) == "the second. Loaded all the same."
