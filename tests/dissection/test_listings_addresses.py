"""Lists told by their addresses: like the article's own, like those that most links share, or like none of a story."""

import pytest

from tasks.dissection.listings.in_markup.addresses import AddressShape, own_shape, shape_of
from tests.dissection.listing_pages import HEADLINES, STORY, body_of, dissected, listings_of, repeated

OWN = "https://portnews.example/2024/05/17/harbour-council-votes-for-the-pier"
STORIES = repeated("<li><a href='/2024/05/{n}7/storm-closes-bridge-number-{n}'>{text}</a></li>")
BESIDE = f"<div><h3>More news</h3><ul>{STORIES}</ul></div>"
OFFERS = ("Order a free sample issue of our paper", "All about your subscription and its price", "Advertise on our pages and in print")


@pytest.mark.parametrize(
    ("href", "shape"),
    [
        ("https://www.portnews.example/local/harbour-council-votes.html", AddressShape("portnews", True, False, False)),
        ("/a/20240517-00123.html", AddressShape("", False, True, False)),
        ("/c/7rtKNyg6PU9", AddressShape("", False, False, True)),
        ("/view.asp?aid=14955", AddressShape("", False, True, False)),
        ("/news/江岸市码头重建计划", AddressShape("", True, False, False)),
        ("/abo/", AddressShape()),
        ("https://ad.bigads.example/clk;155881529;p?portnews.example", AddressShape("bigads")),
        ("https://go.shop.example/r?u=https%3A%2F%2Fportnews.example%2F2024%2F12345", AddressShape("shop")),
    ],
)
def test_an_address_has_the_marks_of_a_story(href: str, shape: AddressShape) -> None:
    assert shape_of(href) == shape


def test_the_own_address_counts_where_links_of_the_page_look_like_it() -> None:
    links = [f"/2024/05/{n}7/storm-closes-bridge-number-{n}" for n in range(9)]
    assert own_shape(OWN, links) == shape_of(OWN)
    assert own_shape("https://portnews.example/25db9fee.html", [f"/news/{n}0001.html" for n in range(9)]) == AddressShape(
        "portnews", False, True, False
    )
    assert own_shape(OWN, ["/abo/", "/shop/", "/about/"]) is None


@pytest.mark.parametrize(
    "block",
    [
        "<div><h4>Our service</h4><ul>" + repeated("<li><a href='/abo/{n}/'>{text}</a></li>", OFFERS) + "</ul></div>",
        "<ul>" + repeated("<li><a href='https://shop{n}.example/'>{text}</a></li>", OFFERS) + "</ul>",
        "<div><h4>Most read</h4><ul>" + repeated("<li><a href='/newsletter/{n}'>{text}</a></li>", OFFERS[:2]) + "</ul></div>",
        "<div><h4>Consumer info</h4><ul>"
        + repeated("<li><a href='https://ad.bigads.example/clk;15588{n};p?x'>{text}</a></li>", OFFERS)
        + "</ul></div>",
    ],
)
def test_lists_whose_addresses_are_none_of_stories_are_offers(block: str) -> None:
    page = dissected(block + BESIDE)
    assert [label for label, _ in listings_of(page)] == ["More news"]
    assert body_of(page) == list(STORY)


def test_ways_to_more_and_away_are_no_items_among_stories() -> None:
    more = "<li><a href='/local/'>All that happened in the town so far</a></li>"
    away = "<li><a href='https://feeds.example/'>Follow us on the feed of news</a></li>"
    page = dissected(f"<div><h3>More news</h3><ul>{more}{away}{STORIES.replace('/2024/', '/local/2024/')}</ul></div>")
    assert listings_of(page) == [("More news", list(HEADLINES))]


def test_a_list_without_a_label_gives_way_to_the_same_under_one() -> None:
    page = dissected(
        f"<div class='phones'><ul>{STORIES}</ul></div><div><p>{STORY[0]}</p></div><div><h3>Most read</h3><ul>{STORIES}</ul></div>"
    )
    assert listings_of(page) == [("Most read", list(HEADLINES))]


def test_a_numbered_list_of_what_is_read_most_has_ranks() -> None:
    page = dissected(f"<div><h3>Most read</h3><ol>{STORIES}</ol></div>")
    assert [item.rank for item in page.listings[0].items] == [1, 2, 3, 4, 5, 6]
    assert [item.rank for item in dissected(f"<div><h3>Related</h3><ol>{STORIES}</ol></div>").listings[0].items] == [None] * 6


def test_the_byline_and_the_heading_of_the_menu_are_no_labels() -> None:
    byline = "<div class='bar'><a href='/author/ann-lee'>Ann Lee</a></div>"
    assert [label for label, _ in listings_of(dissected(f"<div>{byline}<ul>{STORIES}</ul></div>"))] == [None]
    assert [label for label, _ in listings_of(dissected(f"<div><h3>Main menu</h3><ul>{STORIES}</ul></div>"))] == [None]


def test_a_place_for_advertising_above_stories_of_the_site_heads_nothing() -> None:
    assert [label for label, _ in listings_of(dissected(f"<div><h3>Advertisement</h3><ul>{STORIES}</ul></div>"))] == [None]
    away = STORIES.replace("href='", "href='https://shop.example")
    assert listings_of(dissected(f"<div><h3>Advertisement</h3><ul>{away}</ul></div>")) == []


def test_offers_are_cut_out_of_the_story_and_a_date_that_is_linked_is_no_story() -> None:
    offers = "<div><h4>Our service</h4><ul>" + repeated("<li><a href='/abo/{n}/'>{text}</a></li>", OFFERS) + "</ul></div>"
    page = dissected(BESIDE, within=offers)
    assert [label for label, _ in listings_of(page)] == ["More news"]
    assert body_of(page) == list(STORY)
    links = "<a href='/local/coast'>Politics of the coast towns</a> <a href='/pier'>17 January 2024</a>"
    meta = f"<div class='meta'><h4>Port Ellery</h4>{links}</div>"
    assert listings_of(dissected(meta)) == []
