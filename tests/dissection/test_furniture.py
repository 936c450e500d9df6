import pytest

from tasks.dissection.body.paragraphs import article_paragraphs
from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.text import line_key

LINES = """
    相关推荐                                       | listing_label
    相關(guān)推薦 -                                  | listing_label
    Auch interessant:                              | listing_label
    Les også: Slik gikk det med broen              | pointer
    Read more: A bridge too far                    | pointer
    （责任编辑：王小明）                              | credit
    责编|李雷                                       | credit
    Image: Harbour Board / Facebook                | credit
    （編集・小野寺剛）                                | credit
    (Editing by Ann Lee and Bo Chen)               | credit
    Editing by Ann Lee. Photographs by Bo Chen.    | credit
    تحرير: عماد بركات                              | credit
    网友评论仅供其表达个人看法                         | closing
    About the author                               | closing
    江岸晚报记者 林小河 王大江                         | credit
    编辑 刘小阳 校对 李小铭                           | credit
    김나루 기자 외 1명                               | credit
    Édition : Ann Lee. Source : Presse du Fleuve. Traduit du breton par Gwenn Le Dan et autres. | credit
    First published in The River Review.           | credit
    Passer la publicité                            | control
    字号                                           | control
    Lesedauer: 4 Minuten                           | control
    - showPaywall: false                           | control
    现在位置： 首页 >> 东区新闻 >> 正文                | breadcrumb
    Accueil > Culture > Livres                     | breadcrumb
    Теги: мост, река                               | tags
    Mehr aus dem Newsletter: jetzt Newsletter abonnieren | notice
    记者探访旧码头                                    |
    编辑 室里的灯亮了                                 |
    Redaktion: Wie ging es weiter?                 |
    He was first published in 1951 and read ever since. |
    Stand: by me                                   |
    Sign up for our newsletter                     | notice
    He read more: it was a habit                   |
    The photo shows a bridge, and nothing else.    |
    编辑部的灯亮了一整夜                              |
    （編集部は取材を続ける）                           |
    Editing bytes by hand is what he does best.    |
"""


@pytest.mark.parametrize("row", [row for row in LINES.splitlines() if row.strip()])
def test_a_line_is_known_by_how_it_is_labelled(row: str) -> None:
    line, kind = (cell.strip() for cell in row.rsplit("|", 1))
    assert kind_of(line) == (kind or None)


def test_two_prints_of_one_headline_fold_to_the_same() -> None:
    assert line_key("“Ｂridge” – closed, at last!") == line_key("Bridge: closed at last")


def test_the_headline_above_the_body_is_not_a_paragraph_and_neither_is_the_dateline() -> None:
    story = "The bridge is closed, and it will stay so until the spring comes, or even longer than that."
    kept = article_paragraphs(f"Bridge closed\n2024-02-11 08:30\n{story}\nBridge closed", ["Bridge closed | Courier"])
    assert kept.lines == (story, "Bridge closed")
    assert dict(kept.dropped) == {"headline": 2}


def test_sentences_behind_a_label_are_kept_and_headlines_are_not() -> None:
    story = [f"This is paragraph {n} of a story that has a good many of them, and none is a headline." for n in range(12)]
    ended = article_paragraphs("\n".join([*story, "Auch interessant", "Neue Brücke über den Fluss", "Alter Turm bekommt Dach"]), [])
    going_on = article_paragraphs("\n".join([*story[:-1], "Auch interessant", story[-1]]), [])
    assert ended.lines == tuple(story)
    assert going_on.lines == tuple(story)
