"""Keywords for search engines are flagged, and nothing is taken out."""

import pytest

from tasks.restoration import keywords
from tasks.restoration.changes import applied
from tests.restoration.paragraphs import ZH_CN

TITLE = "城东水厂明年投产"
HEADER = "自来水,水厂_供水|居民,管道_停水"


def page(body: str, title: str = TITLE) -> str:
    return f"<html><head><title>{title}_本地新闻</title></head><body>{body}<p>{ZH_CN}</p></body></html>"


def wrapped(words: list[str]) -> str:
    return ",".join(f'<span id="x{number}f3k">{word}</span>' for number, word in enumerate(words))


@pytest.mark.parametrize("header", [f"<div>{HEADER}</div>", f'<span id="x8f3k">{HEADER}</span>', HEADER])
def test_a_line_of_keywords_with_several_joints_is_flagged(header: str) -> None:
    text, scores = page(header), {}
    changes = keywords.find(text, scores)
    assert [(change.status, HEADER in text[change.start : change.end]) for change in changes] == [("flagged", True)]
    assert applied(text, changes) == text
    assert scores["keyword_headers"] == 1


def test_keywords_that_are_wrapped_one_by_one_with_ids_at_random_are_flagged() -> None:
    text = page("<div>" + wrapped(["自来水", "水厂", "供水", "居民", "管道"]) + "_<b>停水</b></div>")
    changes = keywords.find(text, {})
    assert len(changes) == 1
    assert "ids at random: x0f3k" in (changes[0].evidence or "")


def test_a_headline_in_the_midst_of_words_is_flagged() -> None:
    words = ("项目", "负责", "计划")
    body = ZH_CN
    for word in words:
        body = body.replace(word, word[0] + TITLE + word[1], 1)
    changes = keywords.find(page(f"<p>{body}</p>"), {})
    assert [change.after for change in changes] == [TITLE] * 3
    assert all("3 sentences" in (change.evidence or "") for change in changes)


@pytest.mark.parametrize(
    "body",
    [
        "<p>首页 | 新闻 | 体育 | 财经 | 汽车 | 房产</p>",
        "<ul><li>时间,地点,人物,经过,结果</li></ul>",
        '<meta name="keywords" content="自来水,水厂_供水|居民,管道_停水">',
        f"<script>var tags = '{HEADER}';</script>",
        f"<p>{TITLE}的消息传来，居民都很高兴。{TITLE}以后，水价不变。记者了解到，{TITLE}还有几道手续。</p>",
        "",
    ],
)
def test_menus_titles_and_sentences_are_not_flagged(body: str) -> None:
    assert keywords.find(page(body), {}) == []


def test_a_title_that_joins_its_parts_is_not_flagged() -> None:
    assert keywords.find(page("<p>的</p>", title="水厂投产_供水|本地,民生_社会"), {}) == []


def test_text_that_is_not_chinese_is_not_looked_at() -> None:
    scores: dict[str, float] = {}
    assert keywords.find("water,plant_supply|pipes,city_news", scores) == []
    assert scores == {"chinese": 0.0}
