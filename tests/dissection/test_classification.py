"""Section, tags and site name as the page gives them."""

import pytest

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.markup.parsed_page import ParsedPage


def page(head: str, body: str = "<p>Text</p>") -> ParsedPage:
    return ParsedPage(f"<html><head>{head}</head><body>{body}</body></html>", "https://www.rivertimes.com/a")


def json_ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry returns",{fields}}}</script>'


def test_json_ld_names_the_section_before_meta_does() -> None:
    head = json_ld('"articleSection":["Local","News"]') + '<meta property="article:section" content="News">'
    result = find_section(page(head))
    found, finding = result.value, result.finding
    assert (found, finding.source) == ("Local", "json_ld:articleSection")


def test_the_path_of_breadcrumbs_gives_the_narrowest_section() -> None:
    items = '[{"name":"Startseite"},{"name":"Politik"},{"name":"Innenpolitik"},{"name":"Ferry returns"}]'
    head = f'<script type="application/ld+json">{{"@type":"BreadcrumbList","itemListElement":{items}}}</script>' + json_ld('"x":"y"')
    assert find_section(page(head)).value == "Innenpolitik"


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ('<meta property="article:tag" content="Ferry"><meta property="article:tag" content="River">', ("Ferry", "River")),
        ('<meta name="keywords" content="渡轮，江河、复航;市民">', ("渡轮", "江河", "复航", "市民")),
        ('<meta name="keywords" content="校长 宏志班 学生 老师 教师 台江">', ("校长", "宏志班", "学生", "老师", "教师", "台江")),
        ('<meta name="news_keywords" content="Ferry, ferry, River">', ("Ferry", "River")),
        (json_ld('"keywords":["98be933f-38cf-4fba-b6c6-ad438e82010a","Category: Travel","Ferry"]'), ("Ferry",)),
        ('<meta property="og:site_name" content="River Times"><meta name="keywords" content="River Times, Ferry">', ("Ferry",)),
        ("", ()),
    ],
)
def test_tags_come_in_page_order_without_duplicates_and_codes(head: str, tags: tuple[str, ...]) -> None:
    assert find_tags(page(head)).value == tags


def test_links_marked_as_tags_are_read_where_machines_are_told_none() -> None:
    result = find_tags(page("", '<a rel="tag" href="/t/ferry">Ferry</a><a href="/x">Other</a>'))
    found, finding = result.value, result.finding
    assert (found, finding.source) == (("Ferry",), "rel=tag")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="River Times">', "River Times"),
        (json_ld('"publisher":{"@type":"Organization","name":"River Times Ltd"}'), "River Times Ltd"),
        ('<meta name="application-name" content="RT App">', "RT App"),
        ("<title>Ferry returns | River Times</title>", "River Times"),
        ("", None),
    ],
)
def test_the_site_is_named_by_the_first_place_that_does(head: str, name: str | None) -> None:
    assert find_site_name(page(head)).value == name
