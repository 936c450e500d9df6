"""Commas that a mirror pushed in go; those of authors, tables and programs stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.restoration import commas
from tasks.restoration.changes import applied
from tests.restoration.paragraphs import ZH_CN

SENTENCE = "镇上的老人说，这条河从前很宽，夏天孩子们都来游泳。后来上游修了水库，水就少了，鱼也不见了。"


def restored(text: str) -> str:
    return applied(text, commas.find(text, {}))


@settings(max_examples=100)
@given(st.sets(st.sampled_from([at for at, char in enumerate(ZH_CN + SENTENCE) if char in "，。"]), min_size=3), st.booleans())
def test_any_three_inserted_commas_go(places: set[int], is_narrow: bool) -> None:
    text = ZH_CN + SENTENCE
    damaged = "".join("，" * (at in places) + char for at, char in enumerate(text))
    if is_narrow:
        text, damaged = text.replace("，", ","), damaged.replace("，", ",")
    assert restored(damaged) == text


@pytest.mark.parametrize(
    "text",
    [
        ZH_CN + SENTENCE,
        SENTENCE.replace("说，", "说，，"),  # a slip of the keyboard
        SENTENCE.replace("，", "，，，"),  # an author's ellipsis
        "姓名,,年级,,班级\n王小明,,二年级,,三班\n李小红,,三年级,,一班的\n赵大,,四年级,,二班",
        '<script>var 的 = ["北京",,"上海",,"广州",,"深圳"];</script>',
        "1,,000 and 2,,000 and 3,,000",
        "He said,, that it,, was,, so.",
        "",
    ],
)
def test_what_is_no_insertion_stays(text: str) -> None:
    assert commas.find(text, {}) == []


def test_the_judgement_is_told() -> None:
    scores: dict[str, float] = {}
    changes = commas.find(SENTENCE.replace("，", "，，"), scores)
    assert scores["inserted_commas"] == len(changes) == 4
    assert changes[0].evidence == "4 on the page"
