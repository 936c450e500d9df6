"""`broadsheet explain` on the regions of a page: as lines, as JSON, and as a picture in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.flows.browser import Browser, chromium
from warehouse.ask import ask

INTERVIEW = "html/en-tidewater/swallow-counter-interview.html.gz"
QUESTIONS = ["Why swallows?", "What do the notebooks show?", "Have you ever missed a year?", "What happens to the count after you?"]


def drawn(broadsheet: Run, home: Path, page: str, target: Path) -> Path:
    done = broadsheet("explain", page, "--html", target, "--home", home)
    assert done.returncode == 0, done.stderr
    assert str(target) in done.stdout
    return target


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


def marked(browser: Browser, kind: str) -> list[str]:
    """What the marks of a kind say that a reader can see."""
    script = """return [...document.querySelectorAll(`#page .mark.${arguments[0]}`)]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 0 && getComputedStyle(e).outlineStyle !== 'none')
        .map(e => e.innerText)"""
    return [" ".join(said.split()) for said in browser.run(script, kind)]


def test_explain_shows_listings_and_turns(broadsheet: Run, samples_home: Path):
    text = broadsheet("explain", INTERVIEW, "--home", samples_home).stdout
    for words in ("listing 1 = ", "Most read, 8 items", "score ", "Harbor dredging contract goes to local firm", "statements = 8 turns"):
        assert words in text


def test_explain_gives_every_item_and_turn_as_json(broadsheet: Run, samples_home: Path):
    (capture,) = json.loads(broadsheet("explain", INTERVIEW, "--json", "--home", samples_home).stdout)
    items = ask(samples_home, "SELECT count(*) FROM core.listing_items WHERE page_id = $page", {"page": capture["page_id"]}).rows
    assert [(len(capture["listing_items"]),)] == items
    assert [turn["text"] for turn in capture["statements"] if turn["kind"] == "question"] == QUESTIONS


@pytest.mark.slow
def test_a_drawn_page_shows_its_regions_and_asks_nobody(broadsheet: Run, samples_home: Path, browser: Browser, tmp_path: Path):
    page = drawn(broadsheet, samples_home, INTERVIEW, tmp_path / "regions.html")
    browser.open(page.as_uri(), "listing 1", "question 1")
    assert marked(browser, "title") == ["‘I count what stays’: a conversation with the woman who tallies the swallows"]
    assert marked(browser, "question") == QUESTIONS
    assert len(marked(browser, "answer")) == 4
    assert marked(browser, "body")[0].startswith("For 35 springs")
    assert "Harbor dredging contract goes to local firm" in marked(browser, "item")
    assert len(marked(browser, "listing")) == 3
    assert browser.hosts_asked() <= {None}


@pytest.mark.slow
def test_a_drawn_text_shows_its_lines(broadsheet: Run, samples_home: Path, browser: Browser, tmp_path: Path):
    page = drawn(broadsheet, samples_home, "text/night-buses.txt", tmp_path / "regions.html")
    browser.open(page.as_uri(), "title", "¶ 1")
    assert marked(browser, "title") == ["Night buses return to the hill towns after nine years"]
    assert len(marked(browser, "body")) >= 4
    assert browser.hosts_asked() <= {None}


def test_a_page_without_bytes_cannot_be_drawn(broadsheet: Run, samples_home: Path, tmp_path: Path):
    target = tmp_path / "regions.html"
    done = broadsheet("explain", "html/damaged/cut-off.html.gz", "--html", target, "--home", samples_home)
    assert done.returncode == 2
    assert "bytes in the raw store" in done.stderr
    assert not target.exists()


def test_a_picture_that_cannot_be_written_says_so(broadsheet: Run, samples_home: Path, tmp_path: Path):
    done = broadsheet("explain", INTERVIEW, "--html", tmp_path / "nowhere" / "regions.html", "--home", samples_home)
    assert done.returncode == 16
    assert "expected to write" in done.stderr
