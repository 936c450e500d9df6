"""Tags as readers see them, told from sections, from tags of other stories and from keywords for machines."""

import pytest

from tasks.dissection.about.classification import find_tags
from tasks.dissection.markup.parsed_page import ParsedPage

KEYWORDS = '<meta name="keywords" content="Ferry,River,Harbour board,Rivertown,News,Local">'
TEXT = "<h1>Ferry returns to Rivertown</h1><p>The ferry is back. It runs twice a day.</p>"


def tags(behind: str, head: str = "", above: str = "") -> tuple[str, ...]:
    html = f"<html><head>{head}</head><body>{above}<main>{TEXT}{behind}</main></body></html>"
    return find_tags(ParsedPage(html, "https://www.rivertimes.example/local/ferry-returns-1234")).value


@pytest.mark.parametrize(
    "row",
    [
        '<ul class="tags"><li class="tag-item"><a href="/x/1">Ferry</a></li><li class="tag-item"><a href="/x/2">River</a></li></ul>',
        '<div><a href="/tag/ferry">#Ferry</a> <a href="/tag/river">#River</a></div>',
        '<p>Tags: <a href="/a/ferry">Ferry</a>, <a href="/a/river">River</a></p>',
        '<div><p><a href="/search?keyword=Ferry">Ferry</a></p><p><a href="/search?keyword=River">River</a></p></div>',
        '<div class="c7"><a href="/ferry">Ferry</a><a href="/river">River</a></div>',
    ],
)
def test_a_row_of_tags_that_readers_see_wins_over_keywords_for_machines(row: str) -> None:
    assert tags(row, KEYWORDS) == ("Ferry", "River")


def test_a_row_is_told_without_keywords_by_its_name_or_its_addresses() -> None:
    assert tags('<ul class="singleTagList"><li><a href="https://rivertimes.example/tag/ferry/">Ferry</a></li></ul>') == ("Ferry",)
    assert tags('<div class="kw">关键词：<a href="/search/1">渡轮</a><a href="/search/2">江河</a></div>') == ("渡轮", "江河")


@pytest.mark.parametrize(
    "row",
    [
        '<div class="path"><a href="/">Home</a><a href="/news">News</a><a href="/local">Local</a></div>',
        '<div class="box"><a href="/news">News</a></div>',
        '<aside><div class="tags"><a href="/tag/cups">Cups</a><a href="/tag/kings">Kings</a></div></aside>',
        '<p>The <a href="/topic/ferry">ferry</a> and the <a href="/topic/river">river</a> are older than the town.</p>',
        '<div class="tags"><a href="/author/ann-lee">Ann Lee</a></div>',
    ],
)
def test_sections_topics_of_the_site_links_of_the_story_and_authors_are_no_tags(row: str) -> None:
    assert tags(row) == ()


def test_rows_of_one_name_are_those_of_other_stories() -> None:
    cards = "".join(
        f'<div class="card-tags"><a href="/tag/{t}">{t}</a><a href="/tag/{t}2">{t}2</a></div>' for t in ("cups", "kings", "trams")
    )
    assert tags(cards) == ()


def test_topics_above_the_headline_are_those_of_the_site() -> None:
    assert tags("", above='<div class="tags"><a href="/tag/cups">Cups</a><a href="/tag/kings">Kings</a></div>') == ()


@pytest.mark.parametrize(
    "content",
    ["Ferry returns to Rivertown", "ferry,returns,to,rivertown", "Rivertown council opens new ferry after years"],
)
def test_the_headline_cut_into_words_is_no_keyword(content: str) -> None:
    assert tags("", f'<title>Ferry returns to Rivertown</title><meta name="keywords" content="{content}">') == ()
