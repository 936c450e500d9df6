"""Authors that machines are told of: JSON-LD in all its shapes, <meta> under any name, addresses of authors."""

import json
from typing import Any

import pytest

from tasks.dissection.credits.declared_authors import name_in_address
from tasks.dissection.page import dissect_html
from tests.dissection.test_bylines import credited

HEADLINE = "Ferry slip to stay open"
ADDRESS = "https://www.orrinpost.example/author/mara-ellwood/"
PERSON = {"@type": "Person", "name": "Mara Ellwood"}


def declared(value: Any, key: str = "author", **more: Any) -> list[str]:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, key: value} | more
    return credited(f'<script type="application/ld+json">{json.dumps(node)}</script>').get("author", [])


@pytest.mark.parametrize("value", [
    "Mara Ellwood", PERSON, [PERSON, {"@type": "Organization", "name": "Orrin Post"}], [[PERSON]], {"@list": [PERSON]},
    {"@type": "Person", "name": ["Mara Ellwood"]}, {"@type": "Person", "name": {"@value": "Mara Ellwood"}},
    {"@type": "Person", "givenName": "Mara", "familyName": "Ellwood"}, {"@type": "Person", "name": "", "alternateName": "Mara Ellwood"},
    "By Mara Ellwood", "Mara Ellwood, Senior Reporter", "Mara Ellwood | Orrin Post", "Mara Ellwood, PhD",
    "Mara Ellwood mara@orrinpost.example",
    "Mara Ellwood @maraell", ADDRESS, {"@type": "Person", "url": ADDRESS}, {"@type": "Person", "name": ADDRESS},
])  # fmt: skip
def test_an_author_is_read_in_every_shape_of_json_ld(value: Any) -> None:
    assert declared(value) == ["Mara Ellwood"]


@pytest.mark.parametrize("value", [
    ["Mara Ellwood", "Bo Hartwin"], {"name": ["Mara Ellwood", "Bo Hartwin"]}, {"@list": [{"name": "Mara Ellwood"}, {"name": "Bo Hartwin"}]},
    "Mara Ellwood & Bo Hartwin", "Mara Ellwood &amp; Bo Hartwin", "Mara Ellwood / Bo Hartwin", "Mara Ellwood with Bo Hartwin",
    "Mara Ellwood, and Bo Hartwin", "Mara Ellwood, PhD, Bo Hartwin, M.D.",
])  # fmt: skip
def test_two_authors_are_parted(value: Any) -> None:
    assert declared(value) == ["Mara Ellwood", "Bo Hartwin"]


def test_an_author_is_found_where_another_node_or_key_has_it() -> None:
    person = {"@type": "Person", "@id": "#p", "name": "Mara Ellwood"}
    article = {"@type": "Article", "name": HEADLINE, "author": PERSON}
    pages: list[Any] = [
        {"@graph": [{"@type": "NewsArticle", "headline": HEADLINE, "author": "#p"}, person]},
        {"@type": "WebPage", "mainEntity": article},
        {"@type": "Article", "headline": HEADLINE, "mainEntityOfPage": {"@type": "WebPage", "author": PERSON}},
        [[{"@type": "NewsArticle", "headline": HEADLINE, "author": PERSON}]],
        {"@type": "SocialMediaPosting", "headline": HEADLINE, "author": PERSON},
        {"@type": "Recipe", "name": HEADLINE, "author": PERSON},
    ]
    for node in pages:
        found = credited(f'<script type="application/ld+json">{json.dumps(node)}</script>')
        assert found.get("author") == ["Mara Ellwood"], node
    assert declared("Mara Ellwood", "creator") == ["Mara Ellwood"]
    assert declared({"@type": "Organization", "name": "Orrin Post"}, creator=["Mara Ellwood"]) == ["Mara Ellwood"]


@pytest.mark.parametrize("name", [
    "author", "article:author", "dc.creator", "dc:creator", "creator", "authors", "news_authors", "rbauthor", "page.author", "author_name",
    "article:author:name", "article_author", "weibo:article:author", "shareaholic:article_author_name", "byl",
])  # fmt: skip
def test_an_author_is_read_under_whatever_name_meta_has_for_one(name: str) -> None:
    assert credited(f"<meta name='{name}' content='Mara Ellwood'>").get("author") == ["Mara Ellwood"]


@pytest.mark.parametrize("name", ["theme-author", "author-url", "site.author", "web_author", "author-image", "twitter:creator"])
def test_other_names_of_meta_tell_no_author(name: str) -> None:
    assert "author" not in credited(f"<meta name='{name}' content='Mara Ellwood'>")


@pytest.mark.parametrize("label", ["Written by", "Geschrieben von", "Écrit par", "Escrito por", "Scritto da", "Автор", "Geschreven door"])
def test_a_label_for_networks_tells_the_author(label: str) -> None:
    minutes = "<meta name='twitter:label1' content='Est. reading time'><meta name='twitter:data1' content='3 minutes'>"
    head = f"{minutes}<meta name='twitter:label2' content='{label}'><meta name='twitter:data2' content='Mara Ellwood'>"
    assert credited(head).get("author") == ["Mara Ellwood"]


def test_a_catalogued_name_is_turned_round() -> None:
    head = "<meta name=citation_author content='Ellwood, Mara'><meta name=citation_author content='Hartwin, Bo'>"
    assert credited(head).get("author") == ["Mara Ellwood", "Bo Hartwin"]


@pytest.mark.parametrize(("address", "name"), [
    (ADDRESS, "Mara Ellwood"), ("/autoren/mara-ellwood.html", "Mara Ellwood"), ("https://x.example/staff/mara.ellwood-1234",
    "Mara Ellwood"),
    ("https://x.example/news/harbour-slip", None), ("https://x.example/author/mellwood", None), ("https://x.example/author/", None),
    ("https://www.facebook.com/orrin.post", None), ("author/mara-ellwood", None),
    ("https://x.example/author/how-we-test-all-ferries", None),
])  # fmt: skip
def test_a_name_is_read_from_the_address_of_an_author_alone(address: str, name: str | None) -> None:
    assert name_in_address(address) == name


def test_a_printed_byline_goes_before_an_address() -> None:
    head = f"<meta property='article:author' content='{ADDRESS}'>"
    assert credited(head).get("author") == ["Mara Ellwood"]
    assert credited(head, above="<p>By Bo Hartwin</p>").get("author") == ["Bo Hartwin"]


@pytest.mark.parametrize(("printed", "author"), [("By Ann Lee", "Ann Lee"), ("By Bo Berg and Ann Lee", "Bo Berg"), ("Harbour", "Bo Berg")])
def test_who_entered_a_story_did_not_write_it_where_readers_see_another_byline(printed: str, author: str) -> None:
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Bo Berg"}}</script>'
    story = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))
    byline = f"<p class='byline'>{printed}</p>"
    body = f"<body><article>{told}<h1>The pier falls</h1>{byline}{story}</article></body>"
    html = f"<html><head><title>The pier falls</title></head>{body}</html>"
    found = dissect_html(html, "https://post.example/the-pier-falls", None)
    assert [credit.name for credit in found.credits if credit.role == "author"][:1] == [author]
