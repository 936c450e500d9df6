"""What libraries below refuse costs no page its article: references to controls, names of elements, halves of pairs, odd addresses."""

import json
from copy import deepcopy

import pytest
from lxml.html import HtmlElement, fromstring

from tasks.dissection.body.extraction import Extraction, attempted
from tasks.dissection.findings import Article, DissectedPage
from tasks.dissection.markup.parsed_page import parse
from tasks.dissection.markup.well_formed import without_control_references
from tasks.dissection.page import dissect_html, dissect_text
from tasks.dissection.words.web_address import split_url

URL = "https://pier.example/2026/works"
TITLE = "Harbour works put off"
TEXT = "".join(f"<p>{n}. The harbour office gave no reason on Monday, and nobody on the pier could say for how long.</p>" for n in range(6))
LISTING = "<h3>Related stories</h3><ul>" + "".join(f'<li><a href="/s/{n}">The ferry to island {n} stays in port</a></li>' for n in range(6))
CONTROLS = (
    "&#8;", "&#1;", "&#27", "&#0;", "&#00031;", "&#x1f;", "&#X7F;", "&#xFFFE;", "&#65535;", "&#xD83D;", "&#55357;",
    "&#x110000;", "&#9999999;",
)  # fmt: skip


def page(body: str = "", title: str = TITLE, head: str = "") -> str:
    return f"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{TEXT}{body}</article></body></html>"


def article_of(dissected: DissectedPage) -> Article:
    assert dissected.article is not None, (dissected.reason, dissected.detail)
    return dissected.article


@pytest.mark.parametrize("reference", CONTROLS)
def test_a_reference_to_a_control_is_a_blank_wherever_it_stands(reference: str):
    meta = f'<meta property="og:title" content="Harbour{reference} works put off">'
    found = article_of(dissect_html(page(f"<p>The long{reference} pier.</p>", f"Harbour{reference} works put off", meta), URL, None))
    assert (found.title, "The long pier." in found.body) == (TITLE, True)


@pytest.mark.parametrize("source", [b"&#8217;&#80;&#310;", b"&#10;&#9;&#xD;", b"&#x1F600;&#x10ffff;", b"&#128;&#57344;", b"&#", b"&#x;"])
def test_references_to_characters_stay(source: bytes):
    assert without_control_references(source) == source


@pytest.mark.parametrize("name", ["o:p", "fb:like", 'div"', "p,", "fon'", "p\u00b2", "x&y"])
def test_a_listing_in_an_element_with_an_odd_name_is_found_and_cut(name: str):
    around = f"<{name}><article><h1>{TITLE}</h1>{TEXT}</article><div>{LISTING}</ul></div>"
    for html in (page(f"<{name}>{LISTING}</ul></{name}>"), f"<html><head><title>{TITLE}</title></head><body>{around}"):
        dissected = dissect_html(html, URL, None)
        body = article_of(dissected).body
        assert [len(listing.items) for listing in dissected.listings] == [6]
        assert body.startswith("0. The harbour office") and "stays in port" not in body


@pytest.mark.parametrize("name", ["o:p", 'fon"', 'span"', "p,"])
def test_the_text_around_an_element_with_an_odd_name_stays(name: str):
    within = f"<p>The office <{name}>closed early on Monday</{name}> and the pier was left to the gulls, as it is in every winter.</p>"
    body = article_of(dissect_html(page(within), URL, None)).body
    assert "5. The harbour office" in body and "closed early on Monday" in body and "left to the gulls" in body


def test_escaped_controls_and_half_pairs_in_json_ld_reach_no_field():
    node = {"@type": "NewsArticle", "headline": f"{TITLE}\x08\ud83d", "author": {"name": "Ann\x01 Pier"}, "articleSection": "Sea\x07"}
    found = dissect_html(page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>'), URL, None)
    texts = [article_of(found).title, article_of(found).section, *(credit.name for credit in found.credits)]
    assert texts == [TITLE, "Sea", "Ann Pier"]


@pytest.mark.parametrize("url", ["http://[::1/x", "http://[a]b]/", "http://a\u2100b/x", "http://[domain]/2026/works"])
def test_an_address_that_cannot_be_taken_apart_costs_no_article(url: str):
    picture = f'<p><img src="{url}"><a href="{url}">Pier Agency</a></p>'
    base = f'<base href="{url}"><link rel="canonical" href="{url}">'
    assert article_of(dissect_html(page(picture, head=base), url, None)).title == TITLE
    assert article_of(dissect_text(f"{TITLE}\n\n" + TEXT.replace("<p>", "").replace("</p>", "\n\n"), url, None)).body


def test_an_address_is_taken_apart_as_far_as_it_goes():
    assert split_url("http://[domain]/a?b#c")[:] == ("http", "[domain]", "/a", "b", "c")
    assert split_url(None).netloc == split_url("no address").netloc == ""


def test_a_try_of_trafilatura_that_breaks_says_why_and_stops_no_other():
    def breaks(_tree: HtmlElement, _mode: str) -> Extraction:
        raise ValueError("Invalid tag name 'fon\"'")

    broken = attempted(breaks, fromstring("<p>x</p>"), "page")
    assert (broken.text, str(broken.error)) == ("", "Invalid tag name 'fon\"'")


def test_a_parsed_tree_holds_elements_alone() -> None:
    """What tag_of and every region rely on: what else a page may hold has a function for its tag, or another class."""
    others = "<!-- a --><?php echo 1 ?><![CDATA[ b ]]><!--[if IE]><p>c</p><![endif]--><![if !IE]>&unknown;&#0;<svg><title>d</title></svg>"
    page = f"<html><head>{others}</head><body><form>{others}</form></body></html>{others}"
    tree = parse(f"<!-- e --><?xml version='1.0'?><!DOCTYPE html>{others}{page}")
    around = [*tree.itersiblings(), *tree.itersiblings(preceding=True)]
    assert all(isinstance(node, HtmlElement) and isinstance(node.tag, str) for node in (*around, *deepcopy(tree).iter(), *tree.iter()))
