"""The picture of a dissected page: its regions stand out, and nothing in it runs or asks another machine for anything."""

import re

from lxml import html

from tasks.dissection.findings import Article, Candidate, Credit, DissectedPage, Finding, Image, Listing, ListingItem, Statement
from tasks.dissection.markup.parsed_page import parse
from tasks.dissection.outline.marks import Marks, find_marks
from tasks.dissection.outline.markup import harmless
from tasks.dissection.outline.page import outline
from tasks.dissection.outline.region import Region, regions_of
from tasks.dissection.page import dissect_html, dissect_text

SENTENCE = "The harbour office closed the northern quay on Monday and gave no reason that anyone could repeat. "
HOSTILE = f"""<!doctype html><html><head><base href="http://evil.example/"><title>Quay closed</title>
<meta http-equiv="refresh" content="0;url=http://evil.example/1"><link rel=stylesheet href="http://evil.example/2.css">
<script>document.title = "taken over"</script><style>@import "http://evil.example/3.css"; p {{ display: none }}</style></head>
<body onload="alert(1)"><article style="background:url(http://evil.example/4.png)">
<h1>Quay closed &lt;script&gt;alert(2)&lt;/script&gt;</h1>
<p>{SENTENCE * 3}</p><p>{SENTENCE * 2}<img src="http://evil.example/5.png" onerror="alert(3)" alt="A &quot;quay&quot;"></p>
<svg onload="alert(4)"><script>alert(5)</script></svg><iframe src="http://evil.example/6"></iframe><p>{SENTENCE * 4}</p>
<a href="javascript:alert(6)">run</a><form action="http://evil.example/7"><input autofocus onfocus="alert(7)"><button>go</button></form>
<object data="http://evil.example/8"></object><noscript><p>hidden words</p></noscript></article></body></html>"""
REACHING = ("script", "link", "base", "iframe", "object", "img", "form", "input", "button", "svg", "noscript")
PAGE = """<html><body><h1 id=top>Ferry returns</h1><p class=by>By <b>Ada Pier</b></p>
<div id=text>First line of it.<br>Second, with a <a href=/x>link</a>.<br>
<i>Third.</i></div><p id=q>Why now?</p><p id=a>Because.</p><figure><figcaption>The ferry</figcaption></figure>
<ul id=hot><li><a href=/1>Storm ahead</a></li><li><a href=/2>Gulls return</a></li></ul><p>Storm ahead</p></body></html>"""


def drawn_html(source: str, url: str | None = None) -> str:
    return outline(dissect_html(source, url, None), source, url, is_text=False)


def drawn_text(source: str) -> str:
    return outline(dissect_text(source, None, None), source, None, is_text=True)


def marked(regions: list[Region], source: str = PAGE) -> tuple[html.HtmlElement, Marks]:
    tree = parse(source)
    marks = find_marks(tree, regions)
    return harmless(tree, regions, marks), marks


def said(root: html.HtmlElement, number: int) -> str:
    """What the element says that carries the anchor of a region."""
    return " ".join(root.get_element_by_id(f"r{number}").getparent().text_content().split())


def test_nothing_of_a_page_runs_or_loads():
    drawn = drawn_html(HOSTILE, "https://quay.example/1")
    assert "Quay closed &lt;script&gt;alert(2)" in drawn
    assert "default-src 'none'" in drawn
    tree = html.document_fromstring(drawn)
    assert not set(REACHING) & {element.tag for element in tree.iter()}
    assert tree.xpath("//meta/@http-equiv") == ["Content-Security-Policy"]
    names = {name for element in tree.iter() for name in element.attrib}
    assert names <= {"lang", "charset", "name", "content", "http-equiv", "id", "class", "href", "title", "data-name"}
    assert all(link.startswith("#r") for link in tree.xpath("//@href"))
    assert "evil.example" not in "".join(tree.xpath("//style/text()"))


def test_regions_are_the_elements_that_print_them():
    regions = [
        Region("listing", "listing 1", "hot: Most read, 2 items", place="/html/body/ul"),
        Region("item", "1.1", "Storm ahead", text="Storm ahead", within="listing 1"),
        Region("title", "title", "Ferry returns", text="FERRY  RETURNS"),
        Region("body", "¶ 1", "First line of it.", text="First line of it."),
        Region("body", "¶ 2", "Second, with a link.", text="Second, with a link."),
        Region("credit", "author", "Ada Pier", text="By Ada Pier"),
        Region("caption", "caption", "The ferry", text="The ferry"),
        Region("date", "published_at", "2026-01-02", text="2026-01-02"),
    ]
    root, marks = marked(regions)
    whole = ["Storm aheadGulls return", "Storm ahead", "Ferry returns", "First line of it.", "Second, with a", "By Ada Pier", "The ferry"]
    assert [said(root, number) for number in range(7)] == whole
    assert marks.found[7] == []  # told to machines alone


def test_an_element_may_be_two_regions():
    regions = [Region("body", "¶ 1", "Because.", text="Because."), Region("credit", "source", "Because.", text="Because.")]
    root, _ = marked(regions)
    element = root.get_element_by_id("r1").getparent()
    assert (element.get("class"), element.get("data-name")) == ("mark body credit", "¶ 1 · source")
    assert root.get_element_by_id("r0").getparent() is element


def test_every_region_of_a_page_is_listed_with_its_reason():
    listing = Listing("hot", "Most read", (ListingItem("Storm", comment_count=3, rank=1),), "/html/body/ul", 0.87, "six links of one shape")
    body = "Intro.\nWhy now?\nBecause."
    turns = (Statement(1, "question", "Q", "Ada", "Why now?", 7, 15), Statement(2, "answer", None, None, "Because.", 16, 24))
    dates = Finding("published_at", "x", "visible", candidates=(Candidate("visible", "2 May", "won"), Candidate("url", None, "lost")))
    page = DissectedPage(
        Article("Ferry", body), credits=(Credit("editor", "Eve", "Editing: Eve"),), images=(Image("u", "Quay"), Image("v")),
        listings=(listing,), statements=turns, findings=(dates,),
    )  # fmt: skip
    assert [(r.kind, r.name, r.why) for r in regions_of(page)] == [
        ("listing", "listing 1", "score 0.87: six links of one shape; at /html/body/ul"),
        ("item", "1.1", "comments 3 · rank 1"),
        ("title", "title", ""),
        ("body", "¶ 1", ""),
        ("question", "question 1", "Q = Ada"),
        ("answer", "answer 2", "no speaker named"),
        ("credit", "editor", "printed: Editing: Eve"),
        ("caption", "caption", "u"),
        ("date", "published_at", "visible: won"),
    ]


def test_lines_of_a_text_are_numbered_and_coloured():
    story = [f"{number}. {SENTENCE * 2}" for number in range(6)]
    text = "\n".join(["Ferry returns to the islands", "", *story, "<script>alert(1)</script>"])
    drawn = drawn_text(text)
    tree = html.document_fromstring(drawn)
    assert "<script>" not in drawn
    assert tree.xpath("//ol[@class='lines']/li/@value") == [str(n) for n in range(1, 10)]
    assert re.sub(r"\s+", " ", tree.xpath("string(//li[@value='3'])")).strip().startswith("0. The harbour")
    assert "mark body" in tree.xpath("string(//li[@value='3']/@class)")
    assert "mark title" in tree.xpath("string(//li[@value='1']/@class)")


def test_pages_without_an_article_are_drawn_with_the_reason():
    for source in ("", "<p>too short</p>", "\x00", "<div>" * 3000):
        assert "class=refused" in drawn_html(source)
    assert "class=refused" in drawn_text("")
