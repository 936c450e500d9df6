"""A page is read in one place: whoever reads it again, from where the warehouse keeps its bytes, finds what was loaded."""

import pickle
from pathlib import Path

from tasks.pages.limits import DEFAULT_LIMITS, Limits
from tasks.pages.read_page import read_page
from tasks.raw_store.reading import read_kept, read_raw
from tasks.reprocessing.captures import kept_ref
from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask

CAPTURES = "SELECT page_id, url, url_source, charset, warc_uri, warc_offset, observed_after FROM raw.pages"
ARTICLES = """
SELECT page_id, title, body, title_folded, lang, site_name, section, published_at, published_zone, published_source, modified_at
FROM core.articles
"""
PLACES = "SELECT page_id, c.value FROM core.evidence, unnest(candidates) AS u(c) WHERE field = 'url' AND c.source = 'file'"
ITEMS = "SELECT page_id, headline, listed_at FROM core.listing_items ORDER BY ALL"


def test_a_capture_read_again_is_the_one_that_was_loaded(samples_home: Path) -> None:
    articles = {row[0]: row[1:] for row in ask(samples_home, ARTICLES).rows}
    items = ask(samples_home, ITEMS).rows
    places = dict(ask(samples_home, PLACES).rows)
    captures, again_items = ask(samples_home, "FROM raw.pages").records(), []
    assert len(captures) > 20
    for loaded in captures:
        again = read_page(read_kept(samples_home, kept_ref(samples_home, loaded)), DEFAULT_LIMITS)
        capture, page, found, page_id = again.capture, again.dissected, again.dissected.article, loaded["page_id"]
        for name in ("page_id", "url", "url_source", "charset"):
            assert getattr(capture, name) == loaded[name]
        assert page.observed_after == loaded["observed_after"]
        assert [each.value for f in page.findings if f.field == "url" for each in f.candidates if each.source == "file"] == [
            places[page_id]
        ]
        assert (found and page.restoration) is None or articles[page_id] == (
            found.title, found.body, page.restoration.title_folded, found.lang, found.site_name, found.section, found.published_at,
            found.published_zone, found.published_source, found.modified_at,
        )  # fmt: skip
        assert (found is None) == (page_id not in articles)
        again_items += [(page_id, item.headline, item.listed_at) for listing in page.listings for item in listing.items]
    assert sorted(again_items, key=repr) == sorted(items, key=repr)


def test_what_a_page_gives_can_be_sent_to_another_process(samples_home: Path) -> None:
    (_, _, _, _, warc_uri, warc_offset, _), *_ = ask(samples_home, CAPTURES).rows
    page = read_raw(samples_home, warc_uri, warc_offset)
    sent, limits = pickle.loads(pickle.dumps((page, DEFAULT_LIMITS)))
    assert pickle.loads(pickle.dumps(read_page(sent, limits))) == read_page(page, DEFAULT_LIMITS)


def test_a_text_beyond_the_limit_is_a_capture_and_no_article(samples_home: Path) -> None:
    (page_id, _, _, _, warc_uri, warc_offset, _), *_ = ask(samples_home, f"{CAPTURES} ORDER BY byte_count DESC").rows
    found = read_page(read_raw(samples_home, warc_uri, warc_offset), Limits(10**9, 100))
    assert (found.capture.page_id, found.dissected.reason, found.dissected.article) == (page_id, "page_too_large", None)


def test_a_picture_shows_the_page_as_it_was_loaded(broadsheet: Run, home: Path, tmp_path: Path) -> None:
    page = tmp_path / "in" / "2021" / "07" / "20" / "storm.html"
    page.parent.mkdir(parents=True)
    page.write_text(article("The storm passed south of the islands"))
    assert broadsheet("ingest", tmp_path / "in", "--home", home).returncode == 0
    ((page_id, published_at),) = ask(home, "SELECT page_id, published_at FROM core.articles").rows
    assert published_at is None
    assert broadsheet("explain", page_id, "--html", tmp_path / "o.html", "--home", home).returncode == 0
    drawn = (tmp_path / "o.html").read_text("utf-8")
    assert "The storm passed south" in drawn
    assert "url: won" not in drawn
