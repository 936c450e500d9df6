"""The inverse against the simulator: what claims proof cloaks back to what was served, and nearly always is the original."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.restoration.repairs import Restored
from tasks.restoration.restore import restore
from tests.restoration.clean_texts import as_html, drawn_page, news, paragraphs
from tests.restoration.simulator import TABLES, Cloak, random_dictionary, traditional

SEEDS = range(8)
LOST = "\N{REPLACEMENT CHARACTER}"


def cloak_of(seed: int, **changed: object) -> Cloak:
    """Another mirror for each seed: its dictionary, its table, its marks."""
    dice = random.Random(seed)
    table = TABLES[seed % len(TABLES)]
    dictionary = random_dictionary(dice, dice.randint(20, 137), "".join(news()), table)
    return Cloak(dictionary, table, is_halved=seed % 4 != 0, **changed)  # type: ignore[arg-type]


@cache
def served_and_restored(seed: int) -> tuple[str, Restored]:
    """A page of news as the seed's mirror serves it, and what restoration makes of it."""
    served = cloak_of(seed).apply(as_html(drawn_page(seed)))
    return served, restore(served)


def claims_proof(restored: Restored, start: int, end: int) -> bool:
    """Whether every repair of bytes inside these offsets of the page as it came is proved. Scripts are not bytes."""
    inside = [repair for repair in restored.repairs if repair.start < end and repair.end > start]
    return all(repair.is_proved for repair in inside if repair.method != "script")


def lines_of(restored: Restored, served: str) -> list[tuple[str, str, bool]]:
    """(as served, restored, whether proof is claimed) for every line of a page whose line ends are all intact."""
    if served.count("\n") != restored.text.count("\n"):
        return []
    lines, start = [], 0
    for before, after in zip(served.split("\n"), restored.text.split("\n"), strict=True):
        lines.append((before, after, claims_proof(restored, start, start + len(before))))
        start += len(before) + 1
    return lines


@pytest.mark.parametrize("seed", SEEDS)
def test_what_claims_proof_cloaks_back_to_what_was_served(seed: int):
    cloak = cloak_of(seed)
    served, restored = served_and_restored(seed)
    again = Cloak(restored.reading_of, cloak.table, is_halved=cloak.is_halved)
    claimed = [(before, after) for before, after, is_proved in lines_of(restored, served) if is_proved]
    assert len(claimed) >= 12
    assert [before for before, _ in claimed] == [again.apply(after) for _, after in claimed]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cloaked_page_is_recognised_and_mostly_comes_back(seed: int):
    _, restored = served_and_restored(seed)
    assert restored.is_cloaked
    undamaged = Cloak(table="none", is_split=False, is_halved=cloak_of(seed).is_halved)
    wanted = undamaged.apply(as_html(drawn_page(seed))).split("\n")
    found = restored.text.split("\n")
    assert len(set(wanted) - set(found)) <= 2, sorted(set(found) - set(wanted))


@given(seed=st.integers(0, 2**16), share=st.sampled_from((1.0, 0.8, 0.6)), is_misaligned=st.booleans(), size=st.integers(1, 12))
@settings(max_examples=12, derandomize=True)
def test_what_was_served_is_always_reconstructible(seed: int, share: float, is_misaligned: bool, size: int):
    served = cloak_of(seed, share=share, is_misaligned=is_misaligned).apply("\n".join(drawn_page(seed, size)))
    restored = restore(served)
    assert restored.original() == served
    for repair in restored.repairs:
        assert served[repair.start : repair.end] == repair.before
        assert restored.text[repair.restored_start : repair.restored_end] == repair.after


@given(st.text(alphabet="?（）()。，！国國報(bào)guānxì著<>/pa \n\ufffd\ue000€3億", max_size=60), st.integers(0, 2**16))
@settings(max_examples=30, derandomize=True)
def test_fuzzed_text_never_raises(noise: str, seed: int):
    served = cloak_of(seed).apply("".join(drawn_page(seed, 2)))
    at = seed % len(served)
    for text in (noise, served[:at] + noise + served[at:], served[at:] + noise):
        assert restore(text).original() == text


@given(st.binary(max_size=300), st.sampled_from(("gb18030", "gb2312", "latin-1", "utf-8", "big5")))
@settings(max_examples=30, derandomize=True)
def test_fuzzed_bytes_never_raise(noise: bytes, charset: str):
    text = "國(guó)家應(yīng)當(dāng)" + noise.decode(charset, "replace")
    assert restore(text).original() == text


def test_a_digit_that_was_swallowed_is_marked_as_lost():
    cloak = Cloak({"驅": "qū", "國": "guó", "鎮": "zhèn"})
    served = cloak.apply("<p>镇上或将有35户搬迁，全国不多见。</p>\n<p>中国的乡镇都在变化。</p>")
    assert "?5戶" in served
    restored = restore(served)
    assert f"{LOST}5户搬迁" in restored.text
    assert [repair.status for repair in restored.repairs if LOST in repair.after] == ["lost"]
    assert not any(repair.is_proved for repair in restored.repairs if LOST in repair.after)


def test_tags_that_were_eaten_stand_again():
    cloak = Cloak({"國": "guó", "業": "yè"})
    clean = "<a href='1.htm'>中国企业安全第一</a>\n<a href='2.htm'>稀土业要居安思危</a>\n<p>中国的产业很大。</p>"
    served = cloak.apply(clean, (clean.index("危"),))
    assert "?/a>" in served
    assert restore(served).text.count("</a>") == 2


def test_the_same_headline_elsewhere_decides():
    cloak = Cloak({"國": "guó", "業": "yè"}, is_split=False)
    clean = "<a>“别人修桥用了30年，老渡口的国有企业要居安思危”</a>\n" * 2 + "<p>中国的产业很大。</p>"
    headline = "“别人修桥用了30年，老渡口的国有企业要居安思危”"
    served = cloak.apply(clean, (clean.rindex("危"),))
    assert served.count("居安思危”") == 1
    assert "?/a>" in served
    restored = restore(served)
    assert restored.text.count(headline.replace("，", ",")) == 2
    assert any(repair.evidence == "page" for repair in restored.repairs)


def test_intact_text_of_other_pages_decides_too():
    cloak = Cloak({"國": "guó", "業": "yè"}, is_split=False)
    clean = "<p>中国的产业研究院院长龚昱暄表示，企业要居安思危。</p>"
    served = cloak.apply(clean, (clean.index("昱"),))
    alone, helped = restore(served), restore(served, known="产业研究院院长龚昱暄昨天到任。")
    assert "龚昱暄表示" not in alone.text
    assert "龚昱暄表示" in helped.text


def test_damage_without_glosses_is_repaired_as_well():
    headlines = paragraphs("headlines")
    cut = [text for text in headlines if traditional(text[-2], "naive").encode("gbk")[1] > 0x80][:3]  # else the damage ends at once
    clean = "<ul>\n" + "".join(f"<li><a href='{n}.htm'>{text}</a></li>\n" for n, text in enumerate(headlines)) + "</ul>"
    served = Cloak(is_split=False).apply(clean, tuple(clean.index(text) + len(text) - 2 for text in cut))
    assert served.count("</a>") < clean.count("</a>")
    restored = restore(served)
    assert restored.text.count("</a>") == clean.count("</a>")
    assert restored.original() == served
