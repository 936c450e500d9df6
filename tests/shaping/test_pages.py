import pytest

from tasks.pages.outcome import PageOutcome
from tasks.raw_store.staging import NOT_PLACED
from tasks.shaping.pages import shape_pages
from tests.shaping.batches import article_at, batch_of, capture, ref, refused_at
from warehouse.tables import Pages
from warehouse.tables.contract import polars_schema

OTHER = "sha1:" + "B" * 32


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Example/a", "news.example"),
        ("http://news.example:8080/a?b@c", "news.example"),
        ("https://user:pass@news.example/a", "news.example"),
        ("https://user@news.example:443", "news.example"),
        ("https://news.example?q=1", "news.example"),
        ("https://news.example#top", "news.example"),
        ("http://[2001:db8::1]:8080/a", "[2001:db8::1]"),
        ("https://新闻.example/a", "新闻.example"),
        ("HTTPS://NEWS.EXAMPLE/", "news.example"),
        ("https://news.example/path@with:colon", "news.example"),
        ("file:///in/page.html", ""),
        ("urn:uuid:1234", ""),
    ],
)
def test_the_host_is_that_of_the_url(url: str, host: str):
    assert shape_pages(batch_of(article_at(url))).get_column("host").to_list() == [host]


def test_refused_pages_keep_their_capture_and_unreadable_ones_have_none():
    one, two = "https://pier.example/1", "https://pier.example/2"
    pages = shape_pages(batch_of(article_at(one), refused_at(two, "no_title"), refused_at(None, "empty_file")))
    assert pages.get_column("url").to_list() == [one, two]


def test_the_same_bytes_under_the_same_url_are_one_capture_and_under_another_url_two():
    outcomes = [
        PageOutcome(ref(offset=n), capture(url)) for n, url in enumerate(["https://a.example/", "https://a.example/", "https://b.example/"])
    ]
    pages = shape_pages(batch_of(*outcomes))
    assert pages.select("url", "source_offset").rows() == [("https://a.example/", 0), ("https://b.example/", 2)]


def test_an_empty_batch_has_every_column():
    assert shape_pages(batch_of()).schema == polars_schema(Pages)


def test_staged_captures_wait_for_the_place_of_their_bytes_and_others_have_it():
    in_place = PageOutcome(ref("crawl.warc.gz", 700, "warc"), capture("https://b.example/", OTHER, is_staged=False))
    pages = shape_pages(batch_of(article_at("https://a.example/"), in_place))
    assert pages.select("warc_uri", "warc_offset").rows() == [(NOT_PLACED, 0), ("/in/crawl.warc.gz", 700)]
