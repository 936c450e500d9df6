"""Authors: persons whom machines or readers are told of; never the editor, the outlet or a commenter."""

import pytest

from tasks.dissection.credits.authors import find_authors
from tasks.dissection.markup.parsed_page import ParsedPage

STORY = "<p>" + "A ferry crosses the river again, and people wave from both banks. " * 8 + "</p>"


TITLE = "Ferry returns to service"


def authors(head: str = "", body: str = "", *, lang: str = "en", text: str | None = None, title: str = TITLE) -> list[str]:
    story = "" if STORY in body else STORY
    html = f'<html lang="{lang}"><head>{head}<title>{title} - River Times</title></head><body><h1>{title}</h1>{body}{story}</body></html>'
    found = find_authors(ParsedPage(html, "https://www.rivertimes.com/a/1"), title, "River Times", text).value
    return [credit.name for credit in found]


def json_ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry returns to service","author":{author}}}</script>'


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Ann Lee"', ["Ann Lee"]),
        ('[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","name":"Bo Berg"}]', ["Ann Lee", "Bo Berg"]),
        ('{"name":"Ann Lee, Bo Berg and Cy Dahl"}', ["Ann Lee", "Bo Berg", "Cy Dahl"]),
        ('{"name":"Ann Lee og Bo Berg "}', ["Ann Lee", "Bo Berg"]),
        ('{"name":"Ana Gil y Luis Mar"}', ["Ana Gil", "Luis Mar"]),
        ('{"name":"Luis Mar y Gil"}', ["Luis Mar y Gil"]),
        ('{"name":"홍길동 기자 hong@rivertimes.com"}', ["홍길동"]),
        ('[[{"name":"By Ann Lee"}]]', ["Ann Lee"]),
        ('{"name":"admin"}', []),
        ('{"name":"https://www.facebook.com/rivertimes"}', []),
    ],
)
def test_names_come_split_and_clean_from_json_ld(author: str, names: list[str]) -> None:
    assert authors(json_ld(author)) == names


def test_a_reference_in_json_ld_is_followed() -> None:
    graph = '{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ann Lee"}]}'
    assert authors(f'<script type="application/ld+json">{graph}</script>') == ["Ann Lee"]


@pytest.mark.parametrize(
    "value", ["River Times", "rivertimes.com", "River Times Online", "RT", "name, email@gmail.com", "105092", "River Times, Riverton, Ohio"]
)
def test_outlets_placeholders_and_numbers_in_meta_are_no_authors(value: str) -> None:
    assert authors(f'<meta name="author" content="{value}">') == []


@pytest.mark.parametrize(
    ("lang", "body", "names"),
    [
        ("en", '<p class="byline">By <a rel="author">Ann Lee</a></p>', ["Ann Lee"]),
        ("en", "<p>By Ann Lee and Bo Berg</p>", ["Ann Lee", "Bo Berg"]),
        ("de", '<p class="author">von <a>Ann Lee, River Times Nord</a></p>', ["Ann Lee"]),
        ("fr", "<div>Par <b>Anne Le Goff</b></div>", ["Anne Le Goff"]),
        ("es", '<div itemprop="author"><span itemprop="name">Ana Gil</span></div>', ["Ana Gil"]),
        ("ru", "<p>Автор: Анна Лисина</p>", ["Анна Лисина"]),
        ("ar", "<p>بقلم: ليلى حداد</p>", ["ليلى حداد"]),
        ("zh", "<p>作者：林小河</p>", ["林小河"]),
        ("zh", "<p>江河报记者 林小河 王大江</p>", ["林小河", "王大江"]),
        ("ja", '<span class="article-author">川野花子</span>', ["川野花子"]),
        ("ko", '<span class="reporter">홍길동 기자</span>', ["홍길동"]),
    ],
)
def test_a_byline_is_read_as_readers_see_it(lang: str, body: str, names: list[str]) -> None:
    assert authors(body=body, lang=lang) == names


@pytest.mark.parametrize(
    "body",
    [
        "<p>责任编辑：林小河</p>", '<p class="author">Redaktion: Bo Berg</p>', "<p>Photo: Ann Lee</p>", "<p>Edited by Bo Berg</p>",
        '<div class="comments"><span class="comment-author">Angry Reader</span></div>', "<p>By the time he left, it was dark</p>",
    ],
)  # fmt: skip
def test_editors_photographers_and_readers_are_no_authors(body: str) -> None:
    assert authors(body=body) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("江河社巴城12月9日电（记者林小河）渡轮今天复航。\n第二段。", ["林小河"]),
        ("渡轮今天复航。\n第二段。\n江河晚报记者 林小河", ["林小河"]),
        ("The ferry runs.\nSecond.\nThird.\nThe end of the story came late.", []),
    ],
)
def test_a_story_signed_in_its_text_has_its_author(text: str, names: list[str]) -> None:
    assert authors(lang="zh", text=text, title="渡轮今天复航") == names


@pytest.mark.parametrize(("line", "names"), [("<b>Lê Hà</b>", ["Lê Hà"]), ("The end came late.", []), ("Read More Here Now Please Do", [])])
def test_a_last_paragraph_that_is_a_name_signs_the_story(line: str, names: list[str]) -> None:
    assert authors(body=f"{STORY}<p style='text-align:right'>{line}</p><div>Share</div>") == names


def test_the_source_that_a_chinese_page_copies_into_meta_is_no_author() -> None:
    found = authors('<meta name="article:author" content="海河报">', "<p>来源：海河报</p>", lang="zh", title="渡轮今天复航市民欢呼")
    assert found == []


def test_the_outlet_is_the_author_only_where_json_ld_says_so_and_nobody_else_is_named() -> None:
    outlet = json_ld('{"@type":"Organization","name":"River Times"}')
    assert authors(outlet) == ["River Times"]
    assert authors(outlet, '<p class="byline">By Ann Lee</p>') == ["Ann Lee"]


def test_every_candidate_keeps_its_verdict() -> None:
    html = f'<meta name="author" content="admin">{json_ld(chr(34) + "Ann Lee" + chr(34))}'
    result = find_authors(ParsedPage(f"<html><head>{html}</head><body>{STORY}</body></html>"), None, None)
    found, finding = result.value, result.finding
    assert (found[0].role, found[0].as_printed) == ("author", "Ann Lee")
    assert [(c.source, c.verdict.split(":")[0]) for c in finding.candidates] == [("json_ld:author", "won"), ("meta:author", "refused")]
