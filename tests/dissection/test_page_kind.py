import gzip
import json
from pathlib import Path

import pytest

from tasks.dissection.body.page_kind import is_front
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.page import dissect_html
from tasks.restoration.charset import decode

MANIFEST = Path(__file__).parents[3] / "shared" / "pages" / "manifest.jsonl"
STORY = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))


def reason_of(title: str, body: str, url: str | None = None) -> str | None:
    return dissect_html(f"<html><head><title>{title}</title></head><body>{body}</body></html>", url, None).reason


@pytest.mark.parametrize(
    "title",
    ["404 dead in the great flood of 1953", "Forbidden love on the border", "Not found guilty: the case of the baker", "503 days at sea"],
)
def test_a_story_whose_headline_begins_like_an_error_is_an_article(title: str) -> None:
    assert reason_of(title, f"<h1>{title}</h1>{STORY}") is None


@pytest.mark.parametrize("title", ["404", "404 Not Found", "Page not found - Courier", "Seite nicht gefunden | Bote", "Just a moment..."])
def test_an_error_page_says_so_in_its_title(title: str) -> None:
    said = "<p>Sorry, there is nothing to be seen here, whatever brought you to this address.</p>"
    assert reason_of(title, said) == "not_article:error_page"


def test_a_story_at_the_root_of_a_site_is_an_article() -> None:
    title = "Five paragraphs on what happened in the town"
    assert reason_of(title, f"<h1>{title}</h1>{STORY}", "https://courier.example/") is None


@pytest.mark.parametrize(("url", "canonical", "expected"), [
    ("https://courier.example/?from=letter", "https://courier.example/", True),
    ("https://courier.example/?p=123", "https://courier.example/2024/harbour-closed", False),
    ("https://courier.example/?p=123", None, False),
    ("https://courier.example/", "https://courier.example/2024/harbour-closed", False),
    ("https://courier.example/", None, True),
])  # fmt: skip
def test_the_address_that_a_page_names_tells_whether_it_is_the_front(url: str, canonical: str | None, expected: bool) -> None:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    assert is_front(ParsedPage(f"<html><head>{link}</head><body>{STORY}</body></html>", url)) is expected


def test_a_page_of_short_lines_that_declares_an_article_is_no_shell() -> None:
    head = '<meta property="og:type" content="article"><title>Timetable of the ferries in winter</title><script src="a.js"></script>'
    lines = "".join(f"<tr><td>Pier {n}</td><td>Leaves at {n}.30 and at {n}.50, Sundays at {n}.55</td></tr>" for n in range(12))
    menu = "".join(f"<li><a href='/m/{n}'>Harbour office number {n}</a></li>" for n in range(9))
    body = f"<noscript>Please enable JavaScript.</noscript><ul>{menu}</ul><h1>Timetable of the ferries in winter</h1><table>{lines}</table>"
    page = dissect_html(f"<html><head>{head}</head><body>{body}</body></html>", "https://quay.example/a/b", None)
    assert page.reason is None


def test_what_stands_around_an_article_is_none_where_nothing_names_one() -> None:
    around = (
        "<p>Sign up for the letter from our newsroom, which we send to subscribers every morning before seven o'clock.</p>"
        "<div>The Courier is published by Courier Press Ltd, which answers for all that is printed on these pages.</div>"
    )
    assert reason_of("Local news - The Courier", f"<h1>Local news</h1>{around}") == "not_article:too_short"


def test_a_flash_of_two_sentences_is_an_article_where_its_headline_is_the_title() -> None:
    title = "Ferry service stopped after storm damages the pier"
    flash = "The ferry to the islands was stopped on Friday night after waves tore a ramp from the pier, police said."
    assert reason_of(f"{title} - The Courier", f"<h1>{title}</h1><p>{flash}</p>") is None


def test_the_measurements_that_decided_are_kept() -> None:
    page = dissect_html("<html><body><p>Back soon.</p></body></html>", None, None)
    finding = next(f for f in page.findings if f.field == "page_kind")
    assert finding.value == "too_short"
    assert "body 10 bytes" in (finding.reason or "")


@pytest.mark.skipif(not MANIFEST.exists(), reason=f"the real pages are not at hand: {MANIFEST}")
def test_no_real_article_is_refused() -> None:
    rows = [json.loads(line) for line in MANIFEST.read_text("utf-8").splitlines()][::3]
    pages = {row["id"]: decode(gzip.decompress((MANIFEST.parent / row["html"]).read_bytes())).text for row in rows}
    urls = {row["id"]: row["url"] for row in rows}
    refused = {key: reason for key, html in pages.items() if (reason := dissect_html(html, urls[key], None).reason)}
    assert refused == {}
