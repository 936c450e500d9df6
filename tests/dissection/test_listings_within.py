"""Listings inside the article: pointers, link boxes, and what the cut leaves of the page."""

from lxml import html as lxml_html

from tasks.dissection.body.find_body import find_body
from tasks.dissection.listings.in_markup.cutting import cut
from tasks.dissection.listings.in_markup.finder import find_listings
from tasks.dissection.markup.measures import measure
from tasks.dissection.markup.parsed_page import ParsedPage
from tests.dissection.listing_pages import HEADLINES, STORY, body_of, dissected, listings_of, repeated

LINK = "<li><a href='/{n}.html'>{text}</a></li>"
PARAGRAPH = "<p>The gallery was full on evening {n}, said the clerk, who had to bring chairs from the library during the session.</p>"


def test_a_pointer_to_another_story_is_a_listing_of_one() -> None:
    page = dissected(within=f"<p>Read more: <a href='/x'>{HEADLINES[0]}</a></p>")
    assert listings_of(page) == [("Read more", [HEADLINES[0]])]
    assert body_of(page) == list(STORY)


def test_the_label_of_a_pointer_may_stand_in_its_link() -> None:
    page = dissected(within=f"<p><a href='/x'>Lees ook: {HEADLINES[0]}</a></p>")
    assert listings_of(page) == [("Lees ook", [HEADLINES[0]])]


def test_pointers_of_one_label_are_one_listing() -> None:
    pointer = "<p><strong>Les også:</strong> <a href='/{n}'>{text}</a></p>" + PARAGRAPH
    page = dissected(within=repeated(pointer, HEADLINES[:3]))
    assert listings_of(page) == [("Les også", list(HEADLINES[:3]))]
    assert len(body_of(page)) == len(STORY) + 3


def test_link_boxes_of_one_shape_amid_the_paragraphs_are_one_listing() -> None:
    box = "<aside class='box'><span class='topline'>Background</span><a href='/{n}'><h4>{text}</h4></a></aside>" + PARAGRAPH
    page = dissected(within=repeated(box, HEADLINES[:3]))
    assert listings_of(page) == [(None, list(HEADLINES[:3]))]
    assert len(body_of(page)) == len(STORY) + 3


def test_a_labelled_list_amid_the_paragraphs_is_cut_out_with_its_label() -> None:
    page = dissected(within=f"<div><p><b>Related</b></p><ul>{repeated(LINK)}</ul></div>")
    assert listings_of(page) == [("Related", list(HEADLINES))]
    assert body_of(page) == list(STORY)


def test_listings_are_in_the_order_of_the_page_and_none_is_in_another() -> None:
    lists = f"<div><div><h3>Most read</h3><ul>{repeated(LINK)}</ul></div><div><h3>Latest</h3><ol>{repeated(LINK)}</ol></div></div>"
    page = dissected(lists, within=f"<p>Read more: <a href='/x'>{HEADLINES[0]}</a></p>")
    assert [label for label, _ in listings_of(page)] == ["Read more", "Most read", "Latest"]


def test_what_is_cut_leaves_the_measures_as_if_it_had_never_been() -> None:
    block = f"<div><h3>Most read</h3><ul>{repeated(LINK)}</ul></div><b>x</b>"
    tree = lxml_html.document_fromstring("<body><main>" + "".join(f"<p>{line}</p>" for line in STORY) + block + "</main></body>")
    measures = measure(tree.find("body"))
    main = next(entry for entry in measures.values() if entry.tag == "main")
    cut(find_listings(measures, main).parts, measures)
    again = measure(tree.find("body"))
    sizes = [[(e.tag, e.text, e.linked, e.links, e.own, e.running, e.direct, e.blocks) for e in m.values()] for m in (measures, again)]
    assert sizes[0] == sizes[1]


def test_no_other_region_of_the_page_reads_a_listing() -> None:
    page = ParsedPage(
        f"<body><article><h1>Port Ellery rebuilds its pier</h1>{''.join(f'<p>{line}</p>' for line in STORY)}</article>"
        f"<div><h3>Most read</h3><ul>{repeated(LINK)}</ul></div></body>"
    )
    place = find_body(page).listings[0].place
    assert place == "/html/body/div"
    assert page.tree.xpath(place) == []
