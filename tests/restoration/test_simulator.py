"""The simulator gives what mirrors are known to give, character for character."""

import random

import pytest
from opencc import OpenCC

from tests.restoration.simulator import Cloak, decoded, random_dictionary, reading, traditional

# (the characters that the mirror glosses, the clean text, what the mirror serves, table); every pair was seen or derived by hand
SEEN = (
    ("報關網絡", "晚报关注渔网与网络", "晚報(bào)關(guān)注漁網(wǎng)與網(wǎng)絡(luò)", "naive"),
    ("報請", "日报", "日?qǐng)?bào)", "naive"),
    ("當數時", "当地时间", "當(dāng)?shù)貢r(shí)間", "naive"),
    ("", "居安思危”</a>", "居安思?!?/a>", "naive"),
    ("驅", "港口或将签下三份合同等。然后", "港口或?qū)⒑炏氯\ue420莺贤\ue0d0?。然後", "s2t"),
    ("長點", "先修桥。”镇长点头", "先修橋?！辨傞L(zhǎng)點(diǎn)頭", "naive"),
    ("處說", "灯亮了。总工程师说", "燈亮了?？偣こ處(chù)熣f(shuō)", "naive"),
    ("沒", "河水涨了。可是没有人走", "河水漲了?？墒菦](méi)有人走", "naive"),
    ("報", "\u3000（本报记者摄）", "?。ū緢?bào)記者攝）", "naive"),
    ("驅", "镇上或将有35户", "鎮上或?qū)⒂?5戶", "naive"),
)


@pytest.mark.parametrize(("glossed", "clean", "served", "table"), SEEN, ids=[clean for _, clean, _, _ in SEEN])
def test_what_mirrors_serve_is_reproduced(glossed: str, clean: str, served: str, table: str):
    cuts = (clean.index("危"),) if "危" in clean else ()
    cloak = Cloak({char: reading(char) for char in glossed}, table, is_halved=served == "居安思?!?/a>")
    assert cloak.apply(clean, cuts) == served


def test_a_cut_inside_a_character_shifts_everything_up_to_the_next_letter():
    cloak = Cloak()
    clean = "临江县渔港会议记录公开：是时候交新朋友了</a>"
    assert cloak.apply(clean, (clean.index("交"),)) == "臨江縣漁港會議記錄公開:是時候?恍屡笥蚜?/a>"


def test_marks_become_half_width_or_stay():
    assert Cloak(is_halved=True).apply("别急：好！真的？是，。；") == "別急:好!真的?是,。；"
    assert Cloak(is_halved=False).apply("别急：好！真的？是，。；") == "別急：好！真的？是，。；"


def test_a_dictionary_has_frequent_traditional_characters_and_their_first_readings():
    clean = "国家发展关系到我们每个人，经济问题与网络问题应该说是两个问题。" * 3
    drawn = random_dictionary(random.Random(1), 8, clean)
    assert len(drawn) == 8
    assert all(OpenCC("t2s").convert(char) != char for char in drawn)
    assert all(reading(char) == pinyin for char, pinyin in drawn.items())
    assert set(drawn) <= set(traditional(clean, "naive"))


def test_glosses_that_keep_to_characters_leave_the_others_whole():
    cloak = Cloak({"報": "bào", "請": "qǐng"}, is_misaligned=False)
    assert cloak.apply("日报请看") == "日報(bào)請(qǐng)看"


def test_a_share_of_the_occurrences_is_glossed():
    served = Cloak({"國": "guó"}, share=0.6).apply("国" * 200)
    assert 90 < served.count("(guó)") < 150
    assert served.replace("(guó)", "") == "國" * 200


def test_a_bad_pair_costs_its_second_byte_and_an_unassigned_one_becomes_private_use():
    assert decoded(b"\xce<b>") == "?b>"
    assert decoded(b"\xaa\xa1\xce") == "\ue000?"
    assert decoded(b"\x80A") == "€A"
