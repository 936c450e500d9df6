"""Which address a capture gets, of those that its source and the page itself name."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.page import dissect_html
from tasks.pages.address import find_url, stated_url
from tasks.sources.page import Page, PageRef

SEEN = datetime(2024, 9, 15, tzinfo=UTC)
OWN = "https://www.skerry.example/news/lamps.html"


def addressed(canonical: str | None, og: str | None = None, fetched: str | None = None) -> tuple[str, str, list[str], str | None]:
    """(URL, what told it, verdicts, canonical_url) of a page that names these addresses and was captured at `fetched`."""
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    head += f'<meta property="og:url" content="{og}">' if og else ""
    html = f"<html><head><title>Lamps</title>{head}</head><body><p>Lamps are lit again.</p></body></html>"
    ref = PageRef("html_folder", "/in/saved/a b.html", "saved/a b.html")
    page = Page(ref, html.encode(), SEEN, "table", url=fetched, url_source="table" if fetched else None)
    found = dissect_html(html, stated_url(page), SEEN)
    url, source, finding = find_url(page, found)
    return url, source, [candidate.verdict for candidate in finding.candidates], found.canonical_url


@pytest.mark.parametrize(("canonical", "doubt"), [
    ("http://localhost:3000/news/lamps.html", "no public host"), ("http://10.0.0.7/news/lamps.html", "no public host"),
    ("http://cms.internal/news/lamps.html", "no public host"), ("http://night", "no public host"),
    ("http://www.skerry.example/https://www.skerry.example/news/lamps.html", "a URL behind a URL"),
    ("undefined", "a template's placeholder"), ("https://{{host}}/news", "a template's placeholder"), ("null", "a template's placeholder"),
    ("https://www.skerry.example/", "the front page, and the page is another"), ("http://[domain]/x", "a template's placeholder"),
    ("http://[::1/x", "no absolute URL"),
])  # fmt: skip
def test_an_address_that_no_page_can_have_is_refused_and_the_next_is_taken(canonical: str, doubt: str) -> None:
    assert addressed(canonical, OWN) == (OWN, "og:url", [f"refused: {doubt}", "won", "lost"], OWN)
    assert addressed(canonical, fetched=OWN)[3] is None


@pytest.mark.parametrize(("canonical", "fetched", "own"), [
    ("http://localhost:3000/news/lamps.html", "http://localhost:3000/news/lamps.html?draft", "http://localhost:3000/news/lamps.html"),
    ("www.skerry.example/news/lamps.html", None, OWN), ("www.skerry.example/news/lamps.html", OWN, OWN), ("/news/lamps.html", OWN, OWN),
    ("skerry.example/news/a.html", "https://skerry.example/news/a.html?x", "https://skerry.example/news/a.html"),
    ("https://www.skerry.example/", "https://www.skerry.example/news", "https://www.skerry.example/"),
    ("https://archive.example/2024/https://www.skerry.example/", None, "https://archive.example/2024/https://www.skerry.example/"),
])  # fmt: skip
def test_what_can_be_the_pages_own_is_kept(canonical: str, fetched: str | None, own: str) -> None:
    assert addressed(canonical, fetched=fetched)[3] == own


@pytest.mark.parametrize("fetched", ["a-17", "http://[::1/x", "http://[domain]/x", "http://a\u2100b/x"])
def test_what_a_source_calls_an_address_and_is_none_does_not_stop_the_page(fetched: str) -> None:
    assert addressed(OWN, fetched=fetched)[:3] == (OWN, "canonical", ["refused: no absolute URL", "won", "lost"])


def test_an_address_that_no_header_can_hold_is_refused() -> None:
    assert addressed(OWN, fetched=f"{OWN}?{'a' * 70_000}")[:3] == (OWN, "canonical", ["refused: too long", "won", "lost"])


def test_a_page_without_an_address_is_named_by_its_place_in_what_was_given() -> None:
    assert addressed(None)[:2] == ("file:saved/a%20b.html", "file")
