"""Pages that are built to break a dissector: each comes back as a row, none as an exception."""

import pytest

from tasks.dissection.page import dissect_html, dissect_text

HEAD = "<html><head><title>A page that wants to break things</title></head><body><article><h1>A page that wants to break things</h1>"
SENTENCES = (
    "The first paragraph has to be long enough that it counts as running text of an article. ",
    "The second one says something else, since a repeated paragraph is kept only once by the extractor. ",
    "A third makes the body long enough that nobody takes it for a stub with a missing story. ",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def test_two_hundred_thousand_nested_divs_are_refused_as_too_deep() -> None:
    page = dissect_html(HEAD + "<div>" * 200_000 + PARAGRAPHS + "</div>" * 200_000, None, None)
    assert (page.article, page.reason) == (None, "too_deep")


@pytest.mark.parametrize("tag", ["<div>", "<span>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<section>", "<a>"])
@pytest.mark.parametrize("levels", [500, 1_900])
def test_deep_nesting_of_any_element_gives_an_article_or_a_reason(tag: str, levels: int) -> None:
    page = dissect_html(HEAD + tag * levels + PARAGRAPHS, None, None)
    assert page.article is not None or page.reason is not None


def test_nul_bytes_and_lone_surrogates_leave_text_that_can_be_stored() -> None:
    broken = "<p>\x00\ud800 The text goes on after what is no character, and says a thing or two.</p>"
    page = dissect_html(HEAD + broken + PARAGRAPHS, None, None)
    assert page.article is not None
    page.article.body.encode("utf-8")
    assert "\x00" not in page.article.body


def test_a_title_of_ten_thousand_characters_is_no_obstacle() -> None:
    title = "word " * 2_000
    page = dissect_html(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{PARAGRAPHS}</body></html>", None, None)
    assert page.article is not None
    assert [line.strip() for line in SENTENCES] == page.article.body.split("\n")


@pytest.mark.parametrize(
    "html",
    [
        HEAD + PARAGRAPHS + "<p>" + filler + "</p>"
        for filler in (" " * 500_000, "." * 500_000, "-" * 500_000, ": " * 200_000, "(" * 200_000, "&" * 300_000, "<" * 300_000)
    ],
)
def test_endless_runs_of_one_character_do_not_hide_the_article(html: str) -> None:
    page = dissect_html(html, None, None)
    assert page.article is not None
    assert SENTENCES[0].strip() in page.article.body


@pytest.mark.parametrize("html", ["", "   ", "<!-- nothing -->", "<html>", "<frameset><frame src='a'></frameset>", "hello", "\x00", "{}"])
def test_a_page_without_an_article_has_a_reason(html: str) -> None:
    page = dissect_html(html, None, None)
    assert page.article is None
    assert page.reason is not None and page.reason.startswith("not_article:")


@pytest.mark.parametrize("text", ["", "\x00" * 100, "-\n" * 1_000, "word " * 200_000, "\ud800\n" * 100])
def test_a_text_without_an_article_has_a_reason(text: str) -> None:
    page = dissect_text(text, None, None)
    assert page.article is None
    assert page.reason is not None


def test_a_short_story_whose_root_is_named_as_a_title_is_an_article() -> None:
    """Nothing is around the root: it cannot be the headline."""
    head = '<title>Ferry returns to service</title><meta property="og:type" content="article">'
    page = dissect_html(f'<html class="page-title"><head>{head}</head><body>{PARAGRAPHS}</body></html>', None, None)
    assert page.article is not None
    assert (page.article.title, page.article.body.split("\n")) == ("Ferry returns to service", [line.strip() for line in SENTENCES])
