import pytest

from tasks.dissection.body.paragraphs import article_paragraphs, without_sign_off
from tasks.dissection.words.furniture import is_dateline

STORY = [f"This is paragraph {n} of a story that has a good many of them, and none is a headline." for n in range(6)]
SIGNED = """
    桥终于修好了。责编：林小河                                 | 桥终于修好了。
    桥终于修好了！！！编辑|林小河                               | 桥终于修好了！！！
    桥终于修好了。（原题为《桥修好了》）（责任编辑：林小河）        | 桥终于修好了。
    桥终于修好了。（记者林小河）                                | 桥终于修好了。（记者林小河）
    桥终于修好了（完）                                        | 桥终于修好了（完）
    He said: wait                                            | He said: wait
"""
DATELINES = """
    2024-02-11 08:30           | yes
    mercredi 11 septembre 2019 | yes
    January 22, 2014           | yes
    It was in March 2014.      | no
    Das Jahr 2014 im Rückblick | no
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.rsplit("|", 1)] for row in table.splitlines() if row.strip()]


@pytest.mark.parametrize(("line", "left"), rows(SIGNED))
def test_a_credit_glued_to_the_last_paragraph_goes_and_the_paragraph_stays(line: str, left: str) -> None:
    assert without_sign_off(line) == left


@pytest.mark.parametrize(("line", "is_one"), rows(DATELINES))
def test_a_dateline_is_short_and_says_a_day(line: str, is_one: str) -> None:
    assert is_dateline(line) is (is_one == "yes")


def test_captions_authors_and_sections_that_the_page_names_are_no_paragraphs() -> None:
    kept = article_paragraphs("\n".join([*STORY, "The bridge", "Ann Lee"]), [], frozenset({"thebridge"}), frozenset({"annlee"}))
    assert kept.lines == tuple(STORY)
    assert kept.signed == (*STORY, "Ann Lee")


def test_a_paragraph_is_kept_where_a_notice_is_glued_to_it() -> None:
    last = "这是最后一段，说的是桥修好以后人们怎样在上面散步，又怎样在傍晚的时候慢慢回家。"
    kept = article_paragraphs(f"{STORY[0]}\n{last}（本文来自江岸新闻，更多原创资讯请下载江岸客户端）", [])
    assert kept.lines == (STORY[0], last)


def test_somebody_who_speaks_three_times_is_no_credit() -> None:
    turns = ["Redaktion: Wie war es.", "Redaktion: Und dann.", "Redaktion: Danke sehr."]
    assert article_paragraphs("\n".join([*STORY, *turns, STORY[0]]), []).lines == (*STORY, *turns, STORY[0])
    assert article_paragraphs("\n".join([*STORY, turns[0]]), []).lines == tuple(STORY)


def test_the_last_line_may_be_an_agency_or_initials_and_no_more() -> None:
    for sign in ("mit dpa", "RND (lee)", "(al)", "(AFP)"):
        assert article_paragraphs("\n".join([*STORY, sign]), []).lines == tuple(STORY), sign
    assert article_paragraphs("\n".join([*STORY, "Ende"]), []).lines == (*STORY, "Ende")


def test_sections_and_buttons_in_a_list_above_the_article_go_and_points_in_it_stay() -> None:
    kept = article_paragraphs("\n".join(["- News", "- Local", STORY[0], "- Bread", "- Salt", STORY[1]]), [])
    assert kept.lines == (STORY[0], "- Bread", "- Salt", STORY[1])
