"""Which printed line is the headline: what the page declares and where its story begins tell, never the outlet's own sign."""

import pytest

from tasks.dissection.about.title import find_title
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.parsed_page import ParsedPage

STORY = "<p>" + "The ferry slip at Pell Sound stays open for two more winters, the harbour council said after its survey. " * 3 + "</p>"
HEADLINE = "Ferry slip to stay open for two more winters"
URL = "https://www.orrinpost.example/news/slip.html"


def title(head: str, body: str) -> str | None:
    return find_title(ParsedPage(f"<html><head>{head}</head><body>{body}{STORY}{STORY}</body></html>", URL)).value


@pytest.mark.parametrize("printed", [
    f"<h2>{HEADLINE}</h2>", f"<h5>{HEADLINE}</h5>", f"<table><tr><td class='newshead'>{HEADLINE}</td></tr></table>",
    f"<div class='t'>{HEADLINE}</div>", f"<p><font size=4><b>{HEADLINE}</b></font><br>By Mara Ellwood</p>",
])  # fmt: skip
@pytest.mark.parametrize(
    "stated", ["Orrin Post", f"Orrin Post - {HEADLINE}", f"Orrin Post | News | {HEADLINE}", f"{HEADLINE} - Orrin Post"]
)
def test_a_logo_is_no_headline_wherever_the_headline_stands(stated: str, printed: str) -> None:
    assert title(f"<title>{stated}</title>", f"<h1 class=logo><a href='/'>Orrin Post</a></h1>{printed}") == HEADLINE


@pytest.mark.parametrize(
    "stated", [f"The Orrin Post &#8212; {HEADLINE}", f"Orrin Post | {HEADLINE}", f"Orrin Post - Pell Sound | Coast | {HEADLINE}"]
)
def test_a_title_in_which_the_site_stands_first_is_told_by_the_line_that_repeats_its_end(stated: str) -> None:
    menu = "<a href='/'>The Orrin Post</a><a href='/coast'>Coast</a><a href='/pell'>Pell Sound</a>"
    assert title(f"<title>{stated}</title>", f"{menu}<div class=t>{HEADLINE}</div>") == HEADLINE


def test_chinese_sites_part_name_and_headline_by_a_dash_without_blanks() -> None:
    story = "<p>" + "记者从临江市水务局获悉，穿城而过的青石河将于下月开始清淤，整个工程预计持续四个月。" * 3 + "</p>"
    assert (
        title("<title>临江网-青石河下月开始清淤</title>", f"<a href='/'>临江网</a><div>青石河下月开始清淤</div>{story}")
        == "青石河下月开始清淤"
    )


@pytest.mark.parametrize(("heading", "found"), [
    (f"<h1><span>Harbour</span> <b>{HEADLINE}</b></h1>", HEADLINE),
    (f"<h1>{HEADLINE} <small>12 comments</small></h1>", HEADLINE),
    (f"<h1><a href='/news/'>News</a> › {HEADLINE}</h1>", HEADLINE),
    (f"<h1>{HEADLINE}: <span>council votes</span></h1>", HEADLINE),
])  # fmt: skip
def test_what_is_glued_to_a_headline_in_its_element_is_cut(heading: str, found: str) -> None:
    assert title(f"<title>{HEADLINE} | Orrin Post</title><meta property=og:title content='{HEADLINE}'>", heading) == found


def test_of_a_blogs_name_and_a_headline_that_make_up_the_title_the_second_is_it() -> None:
    body = "<h1>Tidal Notes</h1><p>Of harbours and rivers.</p><h3>Why slips are built of larch</h3>"
    assert title("<title>Tidal Notes: Why slips are built of larch</title>", body) == "Why slips are built of larch"


def test_an_h1_above_the_story_goes_before_a_subhead_that_holds_more_of_the_title() -> None:
    body = "<h1>Larch or oak: what lasts in salt water, with pros and cons</h1>"
    subhead = "<h2>7 kinds of harbour timber</h2>"
    head = "<title>7 kinds of harbour timber that last in salt water</title>"
    assert title(head, f"{body}{STORY}{subhead}") == "Larch or oak: what lasts in salt water, with pros and cons"


def test_an_h1_under_the_story_is_none() -> None:
    head = "<title>Why slips are built of larch</title><meta property=og:title content='Why slips are built of larch'>"
    assert title(head, f"{STORY}<h1>0 Comments</h1>") == "Why slips are built of larch"


def test_where_nothing_is_declared_the_line_above_the_story_whose_words_it_says_again_is_it() -> None:
    above = "<h2>Editorials</h2><p>See <a href='/archive'>older ones</a>.</p>"
    body = f"{above}<h3>Two more winters for the slip</h3><p class=date>Mon Jan 7 2008</p>"
    assert title("<title>Orrin Post</title>", f"<a href='/'>Orrin Post</a>{body}") == "Two more winters for the slip"


def test_a_headline_in_a_wrapper_that_is_named_after_a_menu_is_still_one() -> None:
    page = ParsedPage(f"<body><div class='has-mega-menu'><h1>{HEADLINE}</h1>{STORY}</div></body>", URL)
    assert headline_area(page).text == HEADLINE


def test_the_text_around_a_headline_in_a_cell_is_found() -> None:
    body = f"<table><tr><td class=hd>{HEADLINE}</td></tr><tr><td>By Mara Ellwood</td></tr><tr><td>{STORY}</td></tr></table>"
    page = ParsedPage(f"<title>Orrin Post: {HEADLINE}</title><body>{body}</body>", URL)
    assert [piece.text for piece in headline_area(page).pieces][:1] == ["By Mara Ellwood"]
