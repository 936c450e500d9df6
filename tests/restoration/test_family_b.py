"""Readings and blanks at random go; readings for readers and blanks between clauses stay."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.restoration import family_b
from tasks.restoration.changes import applied
from tasks.restoration.cloak.glosses import readings_of
from tests.restoration.paragraphs import ZH_CN, ZH_TW

HEADLINE = "城东居民盼了多年 自来水厂终于开工"
CLEAN = f"{HEADLINE}\n{ZH_CN}\n记者 张小林 摄\n" + (
    "施工单位介绍，水厂采用新的处理技术，水质会比现在更好。市民可以通过网站查询停水时间，也可以拨打电话。社区将为老人送水上门。"
)
WORDS = ("计划", "预计", "项目", "居民", "技术", "时间", "市民", "社区", "工程")


def glossed(text: str, share: float, chance: random.Random) -> str:
    """Readings behind that share of the Chinese characters, drawn one by one."""
    han = "\u4e00", "\u9fff"
    return "".join(
        char + (f"({readings_of(char)[0]})" if han[0] <= char <= han[1] and readings_of(char) and chance.random() < share else "")
        for char in text
    )


def restored(text: str) -> str:
    return applied(text, family_b.find(text, {}))


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([0.06, 0.1, 0.2]))
def test_a_page_is_undone_as_a_whole_or_not_at_all(seed: int, share: float) -> None:
    damaged = glossed(CLEAN, share, random.Random(seed))
    assert restored(damaged) in (CLEAN, damaged)


@pytest.mark.parametrize(("share", "least"), [(0.06, 95), (0.1, 98), (0.2, 100)])
def test_readings_at_random_go(share: float, least: int) -> None:
    """A short text may by chance hold too few of them, or all at the first place of their character, as lessons do."""
    assert sum(restored(glossed(CLEAN, share, random.Random(seed))) == CLEAN for seed in range(100)) >= least


def test_blanks_inside_words_go_and_those_between_clauses_stay() -> None:
    damaged = glossed(CLEAN, 0.1, random.Random(4))
    for word in WORDS:
        damaged = damaged.replace(word, f"{word[0]} {word[1]}")
    assert damaged.count(" ") > CLEAN.count(" ") + 4
    assert restored(damaged) == CLEAN


def test_a_rare_character_keeps_its_reading_on_a_damaged_page() -> None:
    damaged = glossed(CLEAN, 0.1, random.Random(4)) + "水管通到亳(bó)州。"
    assert restored(damaged) == CLEAN + "水管通到亳(bó)州。"


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        ZH_TW,
        "小(xiǎo)猫(māo)爱(ài)吃(chī)鱼(yú)，小(xiǎo)狗(gǒu)爱(ài)吃(chī)肉(ròu)。",
        "行（xíng）：①走。②可以。又读行(háng)，银行(yínháng)的行(háng)。这个字的读音很多，请查字典，注意在句子里分辨。",
        "姓单(shàn)的、姓仇(qiú)的、姓解(xiè)的、姓查(zhā)的，都说自己的姓总被读错，大家听了都笑起来，说以后一定记住。",
        "他去过亳(bó)州、歙(shè)县、黟(yī)县、濮(pú)阳、郫(pí)县和盱(xū)眙(yí)，写下了很多笔记，回来以后出了一本书。",
        "这里的函数f(x)和g(a)都是常数，其中(a)与(b)是已知的，(c)是未知的，请把它们的值写在下面的表格里。",
        "No Chinese (ā) (á) (ǎ) at all",
        "",
    ],
)
def test_readings_for_readers_stay(text: str) -> None:
    assert family_b.find(text, {}) == []


def test_a_page_that_teaches_new_characters_at_their_first_place_stays() -> None:
    lesson = CLEAN
    for char in "水市厂居民工":
        lesson = lesson.replace(char, f"{char}({readings_of(char)[0]})", 1)
    scores: dict[str, float] = {}
    assert family_b.find(lesson, scores) == []
    assert scores["family_b_first"] == 1.0


def test_the_scores_say_why() -> None:
    scores: dict[str, float] = {}
    family_b.find(glossed(CLEAN, 0.1, random.Random(4)), scores)
    assert scores["family_b_agreeing"] == 1.0 and 0.05 < scores["family_b_density"] < 0.2
