"""Bylines of many shapes: printed names are found, words of a sentence, of the interface and of templates never are."""

import pytest

from tasks.dissection.page import dissect_html

STORY = "".join(f"<p>{text}</p>" for text in (
    "The harbour council of Pell Sound voted on Tuesday evening to keep the old ferry slip open for another two winters, after a survey.",
    "Engineers had warned in spring that the landing could not carry lorries any longer. The new report says that nine tonnes are enough.",
    "Fishermen who sell their catch beside the slip welcomed the decision. They had feared that the market would have to move inland.",
))  # fmt: skip
CHINESE = "".join(f"<p>{text}</p>" for text in (
    "穿城而过的青石河将于下月开始清淤，整个工程预计持续四个月，期间两岸步道分段封闭，行人可从上游的木桥绕行。",
    "水务局工程师介绍，河床近二十年没有彻底清理，淤泥最深处达到一米八，清出的淤泥将送往城北的苗圃。",
    "沿河商户表示理解，希望工程在中秋之前结束，届时将举办一年一度的灯会，市民可以乘船观灯。",
))  # fmt: skip


def credited(head: str = "", above: str = "", under: str = "", story: str = STORY, lang: str = "en") -> dict[str, list[str]]:
    title = "Ferry slip to stay open" if lang == "en" else "青石河下月开始清淤"
    body = f"<body><article><h1>{title}</h1>{above}{story}{under}</article></body>"
    page = f"<html lang={lang}><head><title>{title}</title>{head}</head>{body}</html>"
    names: dict[str, list[str]] = {}
    for credit in dissect_html(page, "https://www.orrinpost.example/a/1", None).credits:
        names.setdefault(credit.role, []).append(credit.name)
    return names


@pytest.mark.parametrize(("under", "names"), [
    ("<p>（记者 林小河）</p>", ["林小河"]),
    ("<p>本报讯（记者林小河 通讯员王大江）</p>", ["林小河"]),
    ("<p>（林小河 王大江）</p>", ["林小河", "王大江"]),
    ("<p>（总台记者 林小河）</p>", ["林小河"]),
    ("<p>(江河晚报记者 林小河)</p>", ["林小河"]),
    ("<p>（阿依古丽·买买提）</p>", ["阿依古丽·买买提"]),
    ("<p>（完）</p>", []), ("<p>（调查继续）</p>", []), ("<p>（林小河摄）</p>", []), ("<p>（来源网络）</p>", []),
])  # fmt: skip
def test_a_chinese_story_is_signed_in_brackets_at_its_end(under: str, names: list[str]) -> None:
    assert credited(under=under, story=CHINESE, lang="zh").get("author", []) == names


@pytest.mark.parametrize("above", [
    "<p>记者从临江市水务局获悉，穿城而过的青石河将于下月开始清淤</p>", "<div>记者调查 民意调查</div>", "<div>记者 截至发稿时</div>",
])  # fmt: skip
def test_what_reporters_do_is_no_name(above: str) -> None:
    assert "author" not in credited(above=above, story=CHINESE, lang="zh")


@pytest.mark.parametrize("above", [
    "<button>Text Alerts</button>", "<div>Text Link</div>",
    "<div class=author><span>EN</span></div>", "<div class=byline><a href='#size'>Size</a></div>",
    "<div class=author>{{article.author}}</div>", "<div class=byline>%author%</div>", "<div class=author>page.head.extra.author</div>",
])  # fmt: skip
def test_words_of_the_interface_and_of_templates_are_no_names(above: str) -> None:
    assert "author" not in credited(above=above)


@pytest.mark.parametrize(
    "value", ["{{article.author}}", "%author%", "page.head.extra.author", "${author.name}", "[author]", "undefined", "<%= author %>"]
)
def test_a_placeholder_is_refused_and_flagged(value: str) -> None:
    escaped = value.replace("<", "&lt;")
    page = f"<head><title>Slip</title><meta name=author content='{escaped}'></head><body><h1>Slip</h1>{STORY}</body>"
    found = dissect_html(page, None, None)
    assert found.article is not None and not [credit for credit in found.credits if credit.role == "author"]
    assert "placeholder_author" in found.article.quality_flags or value in ("[author]", "<%= author %>")


@pytest.mark.parametrize(("above", "names"), [
    ("<div class=byline><a href='/authors/prentiss'>Prentiss</a></div>", ["Prentiss"]),
    ("<p>By Mara Ellwood March 3, 2024</p>", ["Mara Ellwood"]),
    ("<a class=x__author><span>By</span>Mara Ellwood</a>", ["Mara Ellwood"]),
    ("<div class='x_dateAndAuthor__k'><span>Dec 17, 2025</span><span>Mara Ellwood</span></div>", ["Mara Ellwood"]),
    ("<span class=byline><a href='/staff/mara-ellwood-2/'>mara ellwood</a></span>", ["Mara Ellwood"]),
    ("<div><b>Contributors:</b> Mara Ellwood</div>", ["Mara Ellwood"]),
])  # fmt: skip
def test_printed_bylines_are_found(above: str, names: list[str]) -> None:
    assert credited(above=above).get("author") == names


def test_a_byline_in_a_line_under_the_story_is_found_where_no_other_place_has_one() -> None:
    assert credited(under="<div><p>By Mara Ellwood</p></div>").get("author") == ["Mara Ellwood"]


@pytest.mark.parametrize(("above", "names"), [
    ("<p>出版社：江河出版社 作者：<a href=/x>林小河</a></p>", ["林小河"]),
    ("<p>作者： 林小河 出自<a href=/>江河文库</a></p>", ["林小河"]),
])  # fmt: skip
def test_a_chinese_label_is_followed_by_names_and_other_words(above: str, names: list[str]) -> None:
    assert credited(above=above, story=CHINESE, lang="zh").get("author") == names


def test_a_labelled_byline_is_read_where_no_headline_is_printed() -> None:
    page = f"<html><head><title>青石河下月开始清淤</title></head><body><table><tr><td>作者：林小河<tr><td>{CHINESE}</table></body></html>"
    assert [credit.name for credit in dissect_html(page, None, None).credits if credit.role == "author"] == ["林小河"]


def test_of_two_credits_in_one_the_person_is_author_and_the_paper_source() -> None:
    found = credited("<meta name=author content='林小河/江河青年报'>", story=CHINESE, lang="zh")
    assert (found.get("author"), found.get("source")) == (["林小河"], ["江河青年报"])


@pytest.mark.parametrize(("lang", "lead", "source"), [
    ("zh", "据江河网3月1日消息，穿城而过的青石河将于下月开始清淤，整个工程预计持续四个月。", "江河网"),
    ("zh", "据《江河日报》报道，穿城而过的青石河将于下月开始清淤，整个工程预计持续四个月。", "江河日报"),
    ("zh", "据警方消息，穿城而过的青石河将于下月开始清淤，整个工程预计持续四个月，两岸封闭。", None),
    ("en", "The old ferry slip will stay open for two more winters, according to the River Times, which saw the report.", "River Times"),
    ("en", "The old ferry slip will stay open for two more winters, according to Mara Ellwood, who wrote the report.", None),
    ("de", "Der alte Anleger bleibt noch zwei Winter offen. Das geht laut Flusszeitung aus einem Bericht hervor.", "Flusszeitung"),
    ("fr", "La vieille cale restera ouverte deux hivers, selon Le Journal du Fleuve, qui cite un rapport.", "Journal du Fleuve"),
])  # fmt: skip
def test_a_lead_says_whom_it_is_told_after(lang: str, lead: str, source: str | None) -> None:
    body = f"<body><h1>Slip stays open for two winters</h1><p>{lead}</p>{STORY}</body>"
    page = f"<html lang={lang}><head><title>Slip</title></head>{body}</html>"
    found = dissect_html(page, "https://www.orrinpost.example/a/1", None)
    names = [credit.name for credit in found.credits if credit.role == "source"]
    assert names == ([source] if source else [])
    told = next((finding.source for finding in found.findings if finding.field == "sources"), None)
    assert told == ("visible:attributed" if source else None)
