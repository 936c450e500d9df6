"""The source of an article and the agencies it is credited to: printed on the page or absent, never guessed."""

import pytest

from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.lexicon import load_lexicon
from tests.dissection.test_credits_by_role import credits_of

HEADS = """
    zh | <p>2024-03-01 10:00 来源：江河晚报 举报</p>                              | 江河晚报
    zh | <div>2024年03月01日 \u00a6 来源：<a>江河网</a> <span>小字号</span></div>      | 江河网
    zh | <div><span>2024-03-01 10:00</span> <a>江河晚报</a> <a>评论</a></div>      | 江河晚报
    zh | <div><span>2024-03-01 10:00 江河网[整理]</span></div>                    | 江河网
    zh | <div><span>2024-03-01 10:00</span> <a>要闻</a></div>                   |
    zh | <div><a>江河观察</a><label>微信号</label><span>jhgc</span></div>          | 江河观察
    zh | <span class=date>3月1日</span><a class=source>参江消息</a>                | 参江消息
    zh | <p>来源：网络</p>                                                       |
    zh | <p>渡轮停在码头 （来源：大江视频）</p>                                       |
    en | <div>By <a>Ann Lee</a> <span>, River Times</span></div>              | River Times
    en | <div>By Ann Lee, RTV</div>                                           | RTV
    de | <div>Von <a>Ann Lee</a><img alt="Ann Lee, RTV"></div>                | RTV
    fr | <p>Par River Times et AFP</p>                                        | River Times et AFP
    ja | <p>2024/3/1 21:17</p><p>共同通信</p>                                   | 共同通信
    en | <p>March 1, 2024 10:00</p><p>Culture</p>                             |
"""
TAILS = """
    de | (Quelle: APA/dpa)                        | APA/dpa
    de | mit Material von dpa                     | dpa
    de | red, River Times/Agenturen               | River Times/Agenturen
    de | River Times / El Río                     | El Río
    fr | (avec AFP)                               | AFP
    en | Source: AFP                              | AFP
    en | © 2024 Pier Syndicate. Distributed by mail. | Pier Syndicate
    de | Copyright: Pier Syndicate, 2024          | Pier Syndicate
    en | Copyright 2024 The Associated Press. All rights reserved. | AP
    en | © 2024 River Times. All rights reserved. |
    en | © 2024 Ann Lee                           |
    en | Source: The board says the river is low. |
    es | Fuente: EFE                              | EFE
    it | Fonte: ANSA                              | ANSA
    pl | Źródło: PAP                              | PAP
    ru | Источник: ТАСС                           | ТАСС
    ar | المصدر: رويترز                           | رويترز
    ko | 출처: 연합뉴스                              | 연합뉴스
    vi | Nguồn: Reuters                           | Reuters
    hi | स्रोत: पीटीआई                              | पीटीआई
"""
DATELINES = """
    en | OSLO (Reuters) -                 | Reuters
    en | OSLO, March 1 (AP) —             | AP
    en | The Associated Press (AP) said,  |
    de | Oslo (dpa) -                     | dpa
    zh | 新华社江城3月1日电                   | 新华社
    zh | 据新华社报道，                       |
    ja | 【オスロ共同】                       | 共同通信
    ja | ［オスロ １日 ロイター］ -             | Reuters
    ko | (서울=연합뉴스)                      | 연합뉴스
    ru | МОСКВА, 1 мар — РИА Новости.     | РИА Новости
    ru | МОСКВА, 1 марта. /ТАСС/.         | ТАСС
    es | Oslo (EFE).-                     | EFE
    ar | أوسلو (رويترز) -                 | Reuters
"""


def named(role: str, lang: str, under: str = "", above: str = "", lead: str = "") -> str:
    credits, _ = credits_of(lang, under, above, lead)
    return ", ".join(credit.name for credit in credits if credit.role == role)


def cells(row: str) -> list[str]:
    return [cell.strip().replace("\u00a6", "|") for cell in row.split("|")]


@pytest.mark.parametrize("row", [row for row in HEADS.splitlines() if row.strip()])
def test_a_source_under_the_headline_is_found_by_its_label_or_its_place(row: str) -> None:
    lang, head, source = cells(row)
    assert named("source", lang, above=head) == source


@pytest.mark.parametrize("row", [row for row in TAILS.splitlines() if row.strip()])
def test_a_source_under_the_story_is_found_in_many_languages(row: str) -> None:
    lang, line, source = cells(row)
    assert named("source", lang, f"<p>{line}</p>") == source


@pytest.mark.parametrize("row", [row for row in DATELINES.splitlines() if row.strip()])
def test_a_dateline_credits_its_agency_and_a_mention_does_not(row: str) -> None:
    lang, lead, agency = cells(row)
    assert named("agency", lang, lead=f"{lead} ") == agency


def test_a_lead_that_ends_with_a_link_to_another_outlet_is_told_after_it() -> None:
    lead = "The ferry is back after a year of repairs that cost the town a lot of money, according to "
    assert named("source", "en", above=f"<p>{lead}<a href='https://courier.example/1'>The Courier</a>.</p>") == "The Courier"
    assert named("source", "en", above=f"<p>{lead}<a href='https://courier.example/1'>a report</a>.</p>") == ""
    assert named("source", "en", above=f"<p>{lead}<a href='/a/2'>River Diary</a>.</p>") == ""


def test_an_agency_has_one_name_however_it_is_spelled() -> None:
    assert [agency_named(text) for text in ("Deutsche Presse-Agentur", "DPA", "ロイター", "(AFP)", "Xinhua", "pa", "Tageblatt")] == [
        "dpa", "dpa", "Reuters", "AFP", "新华社", None, None,
    ]  # fmt: skip


def test_no_spelling_belongs_to_two_agencies() -> None:
    spellings = [s for entry in load_lexicon("agencies")["agency"]["entries"] for s in {entry["name"], *entry["also"]}]
    assert sorted({s for s in spellings if spellings.count(s) > 1}) == [], "in lexicons/agencies.toml"
