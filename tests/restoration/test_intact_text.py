"""What stands intact on one page decides about another: only lines that say the same words are asked."""

from tasks.restoration.intact_text import IntactText
from tasks.restoration.restore import restore
from tests.restoration.simulator import Cloak

WIDE = "稀土行业仍要居安思危，专家谈产业升级"
SAME = WIDE.replace("，", ",")  # as mirrors print it
OTHER = "渡船下周恢复通航，票价不变"


def collected(*texts: str) -> IntactText:
    intact = IntactText()
    for text in texts:
        intact.add(text)
    return intact


def test_only_lines_that_share_words_with_a_damaged_one_are_near_it():
    intact = collected(f"<li>{SAME}</li>\n<li>{OTHER}</li>", "稀土行業仍要居安思?")
    assert intact.near("稀土行業仍要居安思?").splitlines() == [SAME]


def test_a_text_that_is_not_damaged_asks_for_nothing():
    assert collected(SAME, OTHER).near(SAME) == ""


def test_glosses_and_traditional_characters_of_an_intact_line_are_undone():
    intact = collected("專(zhuān)家談產業(yè)升級與就業(yè)", "专家谈产业升?")
    assert intact.near("专家谈产业升?") == "专家谈产业升级与就业"


def test_a_byte_that_nothing_on_a_page_determines_is_brought_back_by_another_page():
    damaged = Cloak().apply(WIDE, cuts=(WIDE.index("仍"),))
    page = damaged + "\n" + Cloak({"業": "yè", "專": "zhuān"}).apply("企業家與專家談就業" * 3)
    known = collected(SAME, page).near(page)
    assert known == SAME
    alone, helped = restore(page), restore(page, known)
    assert "lost" in {repair.status for repair in alone.repairs}
    assert helped.text.startswith(SAME)
