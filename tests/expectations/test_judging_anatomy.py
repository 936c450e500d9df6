"""What is expected of the regions around and inside an article: listing items, statements, images."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from expectations.runner import judge
from warehouse.tables import Articles, Images, ListingItems, Pages, Repairs, Statements

Make = Callable[..., dict]


DOUBTS = ("(doubt)", "(is_cloak_undone)")  # the warnings that these tests are about: a new one is none of their business


def verdicts(table: type, frames: dict) -> tuple[list[str], list[str]]:
    """What refused rows said, and what was seen of the doubts."""
    judged = judge(table, frames[table], related={other: frames[other] for other in (Pages, Articles)})
    unmet = [check["observed"] for check in judged.checks if check["expectation"].endswith(DOUBTS) and not check["is_success"]]
    return judged.rejected.get_column("detail").to_list(), unmet


@pytest.mark.parametrize(("values", "fault"), [
    ({"headline": "h" * 1001}, "headline"), ({"headline": "— …"}, "headline"),
    ({"url": "javascript:void(0)"}, "address"), ({"url": "/bridge"}, "address"),
    ({"listed_zone": None}, "time"), ({"listed_precision": None}, "time"), ({"listed_source": None}, "time"),
    ({"position": 2}, "listing"),
])  # fmt: skip
def test_an_item_that_names_no_story_or_no_sure_moment_is_refused(spoilt: Make, values: dict[str, Any], fault: str):
    refused, _ = verdicts(ListingItems, spoilt(ListingItems, **values))
    assert len(refused) == 1
    assert f"fault='{fault}'" in refused[0]


@pytest.mark.parametrize("values", [
    {"url": None}, {"listed_at": None, "listed_zone": None}, {"headline": "1984"}, {"label": None},
])  # fmt: skip
def test_an_item_may_lack_what_the_page_does_not_show(spoilt: Make, values: dict[str, Any]):
    assert verdicts(ListingItems, spoilt(ListingItems, **values)) == ([], [])


@pytest.mark.parametrize(("column", "values"), [("kind", ["hot", "latest", "hot"]), ("label", ["Hot", None, "Hot"])])
def test_a_listing_of_two_kinds_or_labels_is_refused_whole(sound: Make, column: str, values: list[str | None]):
    frames = sound()
    page = frames[Pages].get_column("page_id")[0]
    mixed = {"page_id": pl.lit(page), "position": pl.int_range(1, pl.len() + 1, dtype=pl.Int32)}
    kinds = pl.Series(values).cast(frames[ListingItems].schema[column])
    one = frames[ListingItems].with_columns(kind=pl.lit("hot").cast(frames[ListingItems].schema["kind"]), label=pl.lit("Hot"))
    frames[ListingItems] = one.with_columns(**mixed).with_columns(kinds.alias(column))
    refused, _ = verdicts(ListingItems, frames)
    assert len(refused) == 3


@pytest.mark.parametrize(("listed_at", "doubt"), [
    (datetime(2025, 3, 3, tzinfo=UTC), "'after_observed'"), (datetime(1970, 1, 1, tzinfo=UTC), "'before_the_web'"),
])  # fmt: skip
def test_an_item_listed_when_it_cannot_be_is_loaded_with_a_warning(spoilt: Make, listed_at: datetime, doubt: str):
    assert verdicts(ListingItems, spoilt(ListingItems, listed_at=listed_at)) == ([], [doubt])


@pytest.mark.parametrize(("values", "fault"), [
    ({"start_offset": 9, "end_offset": 4}, "offsets"), ({"start_offset": 9, "end_offset": 9}, "offsets"),
    ({"text": "rivers"}, "offsets"), ({"end_offset": 8}, "offsets"),
])  # fmt: skip
def test_a_turn_that_is_not_in_the_body_where_it_says_is_refused(spoilt: Make, values: dict[str, Any], fault: str):
    refused, _ = verdicts(Statements, spoilt(Statements, **values))
    assert len(refused) == 1
    assert f"fault='{fault}'" in refused[0]


def turns(frames: dict, *spans: tuple[int, int]) -> dict:
    """The batch with turns at these places of the first page's body, question and answer in turn."""
    article = frames[Articles].row(0, named=True)
    rows = [
        frames[Statements].row(0, named=True) | {
            "page_id": article["page_id"], "turn": n, "kind": ("answer", "question")[n % 2],
            "start_offset": start, "end_offset": end, "text": article["body"][start:end],
        }
        for n, (start, end) in enumerate(spans, 1)
    ]  # fmt: skip
    return frames | {Statements: pl.DataFrame(rows, schema=frames[Statements].schema, orient="row")}


def test_turns_of_which_one_is_lost_are_refused_whole(spoilt: Make):
    refused, _ = verdicts(Statements, spoilt(Statements, turn=3, start_offset=15, end_offset=17, text="by"))
    assert len(refused) == 2
    assert "fault='turns'" in refused[0]


def test_two_turns_that_share_words_are_refused(sound: Make):
    refused, _ = verdicts(Statements, turns(sound(), (0, 9), (4, 14)))
    assert len(refused) == 1
    assert "fault='overlap'" in refused[0]


def test_an_interview_of_questions_and_answers_is_accepted_with_any_script(sound: Make):
    frames = sound()
    body = "问：河水何时退去？👩‍🚀\n答：周五以前。"
    frames[Articles] = frames[Articles].with_columns(body=pl.lit(body))
    assert verdicts(Statements, turns(frames, (2, 9), (15, 20))) == ([], [])


def test_an_article_that_only_answers_is_loaded_with_a_warning(sound: Make):
    frames = sound()
    answer = pl.lit("answer").cast(frames[Statements].schema["kind"])
    frames[Statements] = frames[Statements].with_columns(kind=answer)
    assert verdicts(Statements, frames) == ([], ["'one_kind'"])


def test_a_caption_without_an_image_is_an_image(spoilt: Make):
    assert verdicts(Images, spoilt(Images, url=None, caption="The river at noon")) == ([], [])


@pytest.mark.parametrize(("values", "fault"), [
    ({"end_offset": 6}, "offsets"), ({"restored_end": 4}, "offsets"), ({"start_offset": 5, "end_offset": 0}, "offsets"),
    ({"status": "lost"}, "mark"), ({"before": "River"}, "nothing"),
])  # fmt: skip
def test_a_repair_that_does_not_give_back_what_was_there_is_refused(spoilt: Make, values: dict[str, Any], fault: str):
    refused, _ = verdicts(Repairs, spoilt(Repairs, **values))
    assert len(refused) == 1
    assert f"fault='{fault}'" in refused[0]


@pytest.mark.parametrize("values", [
    {"status": "lost", "after": "R\ufffdver", "round_trip": "not proved"}, {"status": "flagged", "after": "R?ver"},
    {"before": "", "end_offset": 0},
])  # fmt: skip
def test_what_is_lost_or_flagged_or_was_put_back_is_accepted(spoilt: Make, values: dict[str, Any]):
    assert verdicts(Repairs, spoilt(Repairs, **values)) == ([], [])


def test_a_repair_inside_the_one_before_it_is_refused(sound: Make):
    frames = sound()
    page_id = pl.lit(frames[Repairs].get_column("page_id")[0])
    frames[Repairs] = frames[Repairs].with_columns(page_id=page_id, repair_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int32))
    refused, _ = verdicts(Repairs, frames)
    assert ["fault='overlap'" in detail for detail in refused] == [True, True]


def test_what_is_lost_and_yet_proved_is_loaded_with_a_warning(spoilt: Make):
    assert verdicts(Repairs, spoilt(Repairs, status="lost", after="R\ufffdver")) == ([], ["'proof'"])


def test_a_disguised_page_of_which_nothing_was_restored_is_loaded_with_a_warning(spoilt: Make):
    refused, unmet = verdicts(Articles, spoilt(Articles, repair_count=0))
    assert (refused, unmet) == ([], ["False"])
