"""Blocks of links that are no listings, and links that the article keeps."""

import pytest

from tests.dissection.listing_pages import HEADLINES, STORY, body_of, dissected, listings_of, repeated

LINK = "<li><a href='/{n}.html'>{text}</a></li>"
LEGAL = ("Terms and conditions of use for readers", "Privacy policy and cookie settings page", "How we handle complaints and errors")
PEOPLE = ("Mara Tolvik", "Jens van der Aalst", "Olga Petrova-Lind", "Anne Marie de Vries Smith")
TAGS = ("harbour", "pier rebuilding plans of the port", "herring")
PARAGRAPH = "<p>This one is our favourite, since it costs little and lasts for many years, as readers wrote to us again and again.</p>"

BLOCKS = {
    "a footer": f"<footer><ul>{repeated(LINK, LEGAL)}</ul></footer>",
    "a menu": f"<nav><ul>{repeated(LINK)}</ul></nav>",
    "tags": "<div class='tags'>" + repeated("<a href='/tag/{n}'>{text}</a> ", TAGS) + "</div>",
    "topics by their addresses": "<div><h3>Topics</h3><ul>" + repeated("<li><a href='/topic/t{n}'>{text}</a></li>") + "</ul></div>",
    "authors": "<div><h3>Our columnists</h3><ul>" + repeated("<li><a href='/author/{n}'>{text}</a></li>", PEOPLE) + "</ul></div>",
    "buttons to share": "<div class='share'>" + repeated("<a href='/s{n}'>Share this on network {n} now</a>", ("", "", "")) + "</div>",
    "advertising": f"<div><h4>Sponsored content</h4><ul>{repeated(LINK)}</ul></div>",
    "job offers": f"<div><h4>Stellenanzeigen</h4><ul>{repeated(LINK)}</ul></div>",
    "comments": "<div><h4>Recent comments</h4><ul>" + repeated("<li>Ann on <a href='/{n}#comment-7'>{text}</a></li>") + "</ul></div>",
    "the way to the next story": f"<div class='post-next-prev'><a href='/p'>{HEADLINES[0]}</a><a href='/n'>{HEADLINES[1]}</a></div>",
    "a list that is not shown": f"<div style='display: none'><h3>Most read</h3><ul>{repeated(LINK)}</ul></div>",
    "one that is hidden": f"<div hidden><ul>{repeated(LINK)}</ul></div>",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_no_listing_is_made_of(block: str) -> None:
    page = dissected(BLOCKS[block])
    assert listings_of(page) == []
    assert body_of(page) == list(STORY)


def test_links_in_running_text_are_no_listing() -> None:
    text = (
        "<p>The <a href='/1'>first report of the audit office in March</a> and the <a href='/2'>second report of the office in June</a> "
        "came to opposite ends, and <a href='/3'>a third report is being written now</a> by a firm from the capital.</p>"
    )
    page = dissected(within=text)
    assert listings_of(page) == []
    assert len(body_of(page)) == len(STORY) + 1


def test_links_amid_short_sentences_are_no_listing() -> None:
    page = dissected(within=repeated("<p>What is his <a href='/{n}'>{text}</a>, we asked.</p>", HEADLINES[:3]))
    assert listings_of(page) == []
    assert len(body_of(page)) == len(STORY) + 3


def test_an_article_that_is_itself_a_list_stays_whole() -> None:
    page = dissected(within=repeated("<h3><a href='http://shop.example/{n}'>{text}</a></h3>" + PARAGRAPH))
    assert listings_of(page) == []
    assert [line for line in body_of(page) if line in HEADLINES] == list(HEADLINES)


def test_links_to_the_sources_of_an_article_stay_in_it() -> None:
    row = "<li><a href='http://office{n}.example/r'>{text}</a>, Audit Office, 201{n}</li>"
    page = dissected(within=f"<ul>{repeated(row, HEADLINES[:3])}</ul>")
    assert listings_of(page) == []
    assert all(any(text in line for line in body_of(page)) for text in HEADLINES[:3])


def test_rows_of_a_table_of_data_are_no_listing() -> None:
    row = "<tr><td><a href='/{n}'>{text}</a></td><td>37{n} t</td><td>good</td></tr>"
    page = dissected(f"<table><tr><th>Ship</th><th>Load</th><th>State</th></tr>{repeated(row)}</table>")
    assert listings_of(page) == []
