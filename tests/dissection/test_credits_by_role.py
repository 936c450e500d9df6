"""Editors, translators, photographers and authors as credit lines print them; a role is never read as another."""

import pytest

from tasks.dissection.credits.page_credits import find_credits
from tasks.dissection.findings import Credit
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.roles import roles_in

STORIES = {
    "zh": ("渡轮今天恢复通航", "渡轮今天恢复通航，两岸居民纷纷前来观看，现场十分热闹，许多人表示期待已久，希望今后班次更多。"),
    "ja": ("渡し船が運航再開", "渡し船が今朝から運航を再開し、両岸の住民が集まって手を振りながら出発を見送ったと船長は話している。"),
    "ko": ("나룻배 운항 재개", "나루터의 배가 오늘 아침 다시 운항을 시작하자 강 양쪽의 주민들이 모여 손을 흔들며 반겼다고 선장은 말했다."),
    "en": ("Ferry returns to service", "The old ferry crosses the river again this morning, and people wave from its banks all day."),
}


def credits_of(lang: str, under: str = "", above: str = "", lead: str = "") -> tuple[tuple[Credit, ...], tuple[str, ...]]:
    title, story = STORIES.get(lang, STORIES["en"])
    html = f"<html lang={lang}><title>{title} - River Times</title><body><h1>{title}</h1>{above}<p>{lead}{story}</p>{under}</body></html>"
    result = find_credits(ParsedPage(html, "https://www.rivertimes.com/a"), title, "River Times", lead + story)
    credits, flags = result.value, result.flags
    return credits, flags


LINES = """
    zh | （责编：林小河、王大江）                    | editor 林小河, editor 王大江
    zh | 【责任编辑:林小河】                         | editor 林小河
    zh | 责任编辑： 林小河  纠错                      | editor 林小河
    zh | 編輯：林小河_NB123                         | editor 林小河
    zh | 责任编辑：李 明                            | editor 李明
    zh | 编辑：林小河 校对：王大江 来源：江河晚报          | editor 林小河, source 江河晚报
    zh | 文/林小河 图/王大江                         | author 林小河, photographer 王大江
    zh | 文、图/林小河                              | author 林小河, photographer 林小河
    zh | 编译/林小河                                | translator 林小河
    zh | 采写：江河晚报见习记者 林小河                  | author 林小河
    zh | 编辑部的灯亮了一整夜                         |
    zh | 编辑：这座城市的夜晚为什么这么亮？              |
    ja | （編集・小野寺剛）                           | editor 小野寺剛
    ja | 翻訳：川野花子                              | translator 川野花子
    ko | 편집=홍길동 기자                            | editor 홍길동
    ko | 사진=홍길동 기자                            | photographer 홍길동
    de | Redaktion: Bo Berg Faktencheck: Cy Dahl  | editor Bo Berg
    de | Redaktion: Alle Rechte liegen bei uns.   |
    de | Aus dem Englischen von Ann Lee           | translator Ann Lee
    en | (Editing by Cy Dahl in Oslo and Dee Eng) | editor Cy Dahl, editor Dee Eng
    en | Photo by Ann Lee                         | photographer Ann Lee
    en | He saw Photo: the movie                  |
    fr | Traduit par Anne Le Goff                 | translator Anne Le Goff
    it | Traduzione di Ada Neri                   | translator Ada Neri
    es | Edición: Ana Gil                         | editor Ana Gil
    pl | fot. Jan Lis                             | photographer Jan Lis
    ru | Редактор: Анна Лисина                    | editor Анна Лисина
    ar | تحرير: ليلى حداد                         | editor ليلى حداد
    fa | مترجم: لیلا حدادی                        | translator لیلا حدادی
    he | עריכה: דנה לוי                           | editor דנה לוי
    tr | Editör: Ayşe Kaya                        | editor Ayşe Kaya
    id | Editor: Budi Santoso                     | editor Budi Santoso
"""


@pytest.mark.parametrize("row", [row for row in LINES.splitlines() if row.strip()])
def test_a_credit_line_names_people_in_their_role(row: str) -> None:
    lang, line, wanted = (cell.strip() for cell in row.split("|", 2)) if row.count("|") == 2 else ("", "", "")
    credits, _ = credits_of(lang, f"<p>{line}</p>")
    assert ", ".join(f"{credit.role} {credit.name}" for credit in credits) == wanted


PICTURES = """
    Der Fluss am Morgen. Foto: Bo Berg/dpa                | photographer Bo Berg, agency dpa
    The river. (AP Photo/Ann Lee)                         | photographer Ann Lee, agency AP
    The river © Ann Lee / AFP                             | photographer Ann Lee, agency AFP
    The river (Picture: Getty Images)                     | agency Getty Images
    Le fleuve. ANNE LE GOFF / AFP                         | photographer ANNE LE GOFF, agency AFP
    Photo: River Harbour Board                            |
    渡轮驶离码头。江河报记者 林小河 摄                         | photographer 林小河
    出航する渡し船＝大川市で2024年3月、山田太郎撮影              | photographer 山田太郎
    강을 건너는 배. 연합뉴스                                  | agency 연합뉴스
"""


@pytest.mark.parametrize("row", [row for row in PICTURES.splitlines() if row.strip()])
def test_a_caption_says_who_took_the_picture_and_which_agency_gave_it(row: str) -> None:
    caption, wanted = (cell.strip() for cell in row.rsplit("|", 1))
    credits, _ = credits_of("en", f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>")
    assert ", ".join(f"{credit.role} {credit.name}" for credit in credits) == wanted


def test_a_placeholder_is_dropped_with_a_flag() -> None:
    credits, flags = credits_of("zh", "<p>责任编辑：系统管理员</p>", "<p>作者：佚名</p>")
    assert (credits, flags) == ((), ("placeholder_author", "placeholder_editor", "no_author"))


def test_the_outlet_as_its_own_author_is_dropped_with_a_flag() -> None:
    html = (
        '<html lang="en"><head><title>Ferry stops - The Larkfield Post</title><meta property="og:site_name" content="The Larkfield Post">'
        '<meta name="author" content="The Larkfield Post"></head><body><article><h1>Ferry stops</h1><p>By Mira Lindqvist</p>'
        f"<p>{'The ferry will not sail on Sunday. ' * 9}</p></article></body></html>"
    )
    result = find_credits(ParsedPage(html), "Ferry stops", "The Larkfield Post")
    credits, flags = result.value, result.flags
    assert [c.name for c in credits if c.role == "author"] == ["Mira Lindqvist"]
    assert "outlet_as_author" in flags


def test_a_name_that_is_printed_again_is_credited_once() -> None:
    figure = "<figure><figcaption>Foto: Bo Berg/dpa</figcaption></figure>"
    credits, _ = credits_of("de", figure + figure)
    assert [(c.role, c.name, c.as_printed) for c in credits] == [
        ("photographer", "Bo Berg", "Foto: Bo Berg/dpa"),
        ("agency", "dpa", "Foto: Bo Berg/dpa"),
    ]


def test_the_lines_under_a_text_page_are_read_as_those_of_a_page() -> None:
    title, story = STORIES["zh"]
    page = ParsedPage(f"<html><title>{title}</title><body><h1>{title}</h1><p>来源：江河晚报</p></body></html>")
    result = find_credits(page, title, None, story, ["責任編輯: 林小河"])
    credits = result.value
    assert [(credit.role, credit.name) for credit in credits] == [("editor", "林小河"), ("source", "江河晚报")]


def test_the_longer_word_wins_where_two_end_at_one_separator() -> None:
    assert [(said.roles, said.value) for said in roles_in("文/图：林小河")] == [(("author", "photographer"), "林小河")]
