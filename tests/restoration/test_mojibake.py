"""What was decoded with the wrong charset comes back; what only looks like it stays."""

import ftfy.bad_codecs  # noqa: F401  # registers sloppy-windows-1252
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.restoration import mojibake
from tasks.restoration.changes import applied
from tasks.restoration.decoders import CODECS
from tests.restoration.paragraphs import CS, DE, ES, FR, JA, KO, PARAGRAPHS, RU, TR, VI, ZH_CN, ZH_TW

WAYS = [
    ("gb18030", "latin-1", ZH_CN),
    ("gb18030", "sloppy-windows-1252", ZH_CN),  # as browsers read it, with controls for bytes that it lacks
    ("utf-8", "sloppy-windows-1252", FR),
    ("utf-8", "latin-1", ZH_CN),
    ("big5hkscs", "latin-1", ZH_TW),
    ("cp932", "latin-1", JA.replace("①", "")),
    ("euc_jp", "latin-1", JA.replace("①", "")),
    ("cp949", "latin-1", KO),
    ("cp1251", "latin-1", RU),
    ("koi8-r", "latin-1", RU),
    ("utf-8", "latin-1", FR),
    ("utf-8", "latin-1", VI),
    ("utf-8", "latin-1", RU),
]
WRITERS = (*(written for written, _, _ in WAYS), *CODECS.values())
READERS = ("latin-1", "sloppy-windows-1252", "gb18030", "big5hkscs", "cp932", "cp949")
# Legitimate texts that are full of what damage is made of.
CLEAN = (
    "SÃO PAULO: A SITUAÇÃO DA NAÇÃO", "Þórður sagði að ábendingin væri röng", "jäääär", "créée", "ÄÖÜäöüß", "[éèêëàâäôöûü]",
    "锟是一个姓，涓涓细流，瞿秋白", "联通与移动", "歙县的墨，黟县的石，亳州的药", "“叒叕”怎么读？", "ㄅㄆㄇㄈ是注音符號",
    "5 € – 3 £ ± 2 µm",
)  # fmt: skip


def restored(text: str) -> str:
    return applied(text, mojibake.find(text, {}))


def misread(text: str, written: str, read: str) -> str:
    return text.encode(written).decode(read)


@pytest.mark.parametrize(("written", "read", "text"), WAYS)
def test_a_paragraph_in_the_wrong_charset_comes_back(written: str, read: str, text: str) -> None:
    damaged = misread(text, written, read)
    assert restored(damaged) == text
    assert all(change.is_proved for change in mojibake.find(damaged, {}))


@pytest.mark.parametrize("text", [text for _, _, text in PARAGRAPHS] + [CS, TR, *CLEAN])
def test_text_that_is_right_stays(text: str) -> None:
    assert mojibake.find(text, {}) == []


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [("ÖÐ¹ú", "中国"), ("Öйú", "中国"), ("浣犲ソ", "你好"), ("Ïðèâåò", "Привет"), ("笢弊岆珨跺湮弊", "中国是一个大国"), ("cafÃ©", "café")],
)
def test_a_word_is_enough(damaged: str, clean: str) -> None:
    assert restored(damaged) == clean


def test_utf_8_that_was_read_as_gbk_comes_back_but_for_what_was_lost() -> None:
    damaged = "鍖椾含鏃堕棿涓嬪崍".strip()
    assert restored(damaged) == "北京时间下午"
    lost = mojibake.find("浠婂ぉ澶╂皵寰堝ソ銆\ufffd", {})
    assert [(change.after, change.is_proved) for change in lost] == [("今天天气很好。", False)]
    assert len(lost[0].candidates) > 1


def test_text_that_was_decoded_wrongly_twice_comes_back() -> None:
    twice = FR.encode().decode("latin-1").encode().decode("latin-1")
    assert restored(twice) == FR
    assert restored("涓嬪崍".encode().decode("latin-1")) == "下午"


def test_damage_in_markup_leaves_the_rest_of_the_page() -> None:
    damaged = misread("今年全市计划新建三座自来水厂", "gb18030", "latin-1")
    page = f'<p title="Überblick">Größe</p><p>{damaged}</p><a href="/kÃ¶ln?id=1">Köln</a>'
    assert restored(page) == page.replace(damaged, "今年全市计划新建三座自来水厂")


def test_what_was_lost_before_is_flagged_and_stays() -> None:
    changes = mojibake.find("标题锟斤拷锟斤拷正文", {})
    assert [change.status for change in changes] == ["flagged"]
    assert applied("标题锟斤拷锟斤拷正文", changes) == "标题锟斤拷锟斤拷正文"


@settings(max_examples=60)
@given(st.sampled_from([FR, DE, ES]).flatmap(lambda text: st.sampled_from(text.split(". "))))
def test_any_western_sentence_comes_back_from_latin_1(sentence: str) -> None:
    assert restored(sentence) == sentence
    assert restored(sentence.encode().decode("latin-1")) == sentence


def test_a_few_words_that_would_be_of_two_scripts_are_not_called_sure() -> None:
    (change,) = mojibake.find(misread("ый мост через реку", "cp1251", "latin-1"), {})
    assert change.confidence <= 0.5
    (change,) = mojibake.find(misread("Строительство моста через реку шло четыре года", "cp1251", "latin-1"), {})
    assert (change.after, change.confidence) == ("Строительство моста через реку шло четыре года", 1.0)


@settings(max_examples=150, derandomize=True)
@given(st.sampled_from([*WAYS, ("utf-8", "gb18030", ZH_CN), ("gb18030", "big5hkscs", ZH_CN)]), st.integers(0, 90), st.integers(4, 60))
def test_what_is_proved_gives_the_damage_again(way: tuple[str, str, str], start: int, length: int) -> None:
    written, read, text = way
    clean = text[start : start + length]
    damaged = clean.encode(written).decode(read, "ignore")
    for change in mojibake.find(damaged, {}):
        before = damaged[change.start : change.end]
        again = {change.after.encode(one, "ignore").decode(other, "ignore") for one in WRITERS for other in READERS}
        assert before in again or not change.is_proved, (before, change.after)


@settings(max_examples=100)
@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda data: data.decode("gb18030", "replace")))
def test_no_text_raises_and_changes_stand_in_order(text: str) -> None:
    changes = mojibake.find(text, {})
    assert applied(text, changes) != text or all(change.status == "flagged" for change in changes)
