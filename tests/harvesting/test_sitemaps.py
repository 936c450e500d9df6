"""What sitemaps and robots.txt say beside URLs: which sitemaps there are, and what was changed since it was fetched."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tasks.harvesting.announced import announced
from tasks.harvesting.harvest import stored_body
from tasks.harvesting.links import links_in
from tasks.harvesting.schedule import BOUNDS, is_changed_since
from tasks.harvesting.sources_file import read_sources
from tests.harvesting.loopback_site import Reply, Site
from tests.harvesting.runs import harvested, rows
from tests.harvesting.three_outlets import SITEMAP, XML, serving, write_sources
from warehouse.connection import open_loader
from warehouse.fetches import known_fetches

STORIES = 6
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED = '<link rel="alternate" type="application/rss+xml" href="{}">'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(STORIES) as site:
        yield site


def sitemap(site: Site, host: str, changes: dict[int, str]) -> Reply:
    entries = "".join(f"<url><loc>{site.url(host, f'/stories/{n}')}</loc><lastmod>{at}</lastmod></url>" for n, at in changes.items())
    return Reply(f'<?xml version="1.0"?><urlset {SITEMAP}>{entries}</urlset>'.encode(), headers=XML)


def with_robots_sitemaps(sources: Path) -> Path:
    sources.write_text(sources.read_text().replace('name = "Harbour Post"', 'name = "Harbour Post"\nrobots_sitemaps = true'))
    return sources


def name_sitemap(site: Site) -> None:
    rules = f"User-agent: *\nSitemap: {site.url('harbour.test', '/archive.xml')}\nSitemap: http://evil.test/s.xml\nSitemap: /second.xml\n"
    site.pages["harbour.test", "/robots.txt"] = Reply(rules.encode(), headers={"Content-Type": "text/plain"})
    site.pages["harbour.test", "/archive.xml"] = sitemap(site, "harbour.test", {7: "2026-01-01"})
    site.pages["harbour.test", "/stories/7"] = site.pages["harbour.test", "/stories/1"]


def test_sitemaps_of_robots_txt_are_asked_for_where_the_outlet_says_so_and_nowhere_else(site: Site, tmp_path: Path):
    name_sitemap(site)
    harvested(tmp_path / "a", write_sources(site, tmp_path))
    assert not {"/archive.xml", "/second.xml", "/stories/7"} & set(site.asked("harbour.test"))
    tally = harvested(tmp_path / "b", with_robots_sitemaps(write_sources(site, tmp_path)))
    assert {"/archive.xml", "/second.xml", "/stories/7"} <= set(site.asked("harbour.test"))
    assert (site.asked("evil.test"), tally.outside > 0) == ([], True)


def test_sitemaps_of_robots_txt_are_asked_again_when_they_alone_are_due(site: Site, tmp_path: Path):
    name_sitemap(site)
    sources = with_robots_sitemaps(write_sources(site, tmp_path))
    harvested(tmp_path, sources)
    with open_loader(tmp_path) as con:
        con.execute("UPDATE ops.fetches SET due_at = now() - INTERVAL 1 MINUTE WHERE url LIKE '%/archive.xml'")
    before = len(site.hits)
    harvested(tmp_path, sources)
    assert [hit.path for hit in site.hits[before:]] == ["/archive.xml"]


def test_a_page_is_asked_again_when_its_sitemap_says_that_it_was_changed_since(site: Site, tmp_path: Path):
    sources = write_sources(site, tmp_path)
    site.pages["courier.test", "/sitemap.xml"] = sitemap(site, "courier.test", dict.fromkeys(range(STORIES), "2026-01-01"))
    harvested(tmp_path, sources)
    moment = datetime.now(UTC)
    told = {0: moment.isoformat(), 1: "2026-02-01T00:00:00Z", 2: (moment + timedelta(days=2)).isoformat(), 3: "soon", 4: "2026"}
    site.pages["courier.test", "/sitemap.xml"] = sitemap(site, "courier.test", told)
    with open_loader(tmp_path) as con:
        con.execute("UPDATE ops.fetches SET due_at = now() - INTERVAL 1 MINUTE WHERE url LIKE '%courier.test%/sitemap.xml'")
        con.execute("UPDATE ops.fetches SET due_at = NULL, interval_seconds = NULL WHERE url LIKE '%/stories/0'")  # settled
    before = len(site.hits)
    tally = harvested(tmp_path, sources)
    assert [hit.path for hit in site.hits[before:]] == ["/sitemap.xml", "/stories/0"]
    assert tally.not_due >= STORIES - 2
    before = len(site.hits)
    harvested(tmp_path, sources)
    assert [hit.path for hit in site.hits[before:] if hit.host == "courier.test"] == [], "the same word makes it due once"


def test_a_sitemap_that_says_of_every_page_that_it_was_changed_just_now_is_believed_once_in_the_least_interval():
    least = timedelta(seconds=BOUNDS["page"].least)
    said = partial(is_changed_since, kind="page", now=NOW)
    assert said(NOW, NOW - timedelta(minutes=10), "changed")
    assert not said(NOW, NOW - timedelta(minutes=10), "unchanged")
    assert said(NOW, NOW - least, "unchanged")
    assert not said(NOW + timedelta(seconds=1), NOW - least, "changed")
    assert not said(NOW - least, NOW - timedelta(minutes=10), "changed")
    assert not said(None, NOW - least, "changed")


def pages_due(home: Path) -> None:
    """All stories, and the sitemap that names them; they were asked for some days ago."""
    with open_loader(home) as con:
        con.execute("UPDATE ops.fetches SET due_at = now() - INTERVAL 1 MINUTE, requested_at = requested_at - INTERVAL 3 DAY")


def test_a_page_that_is_due_is_left_alone_while_its_sitemap_says_what_the_last_look_has_found(site: Site, tmp_path: Path):
    sources = write_sources(site, tmp_path)
    told = dict.fromkeys(range(1, STORIES), "2026-01-01")  # of the first one it says nothing
    site.pages["courier.test", "/sitemap.xml"] = sitemap(site, "courier.test", told)
    site.pages["courier.test", "/sitemap.xml"] = Reply(
        site.pages["courier.test", "/sitemap.xml"].body.replace(
            b"</urlset>", f"<url><loc>{site.url('courier.test', '/stories/0')}</loc></url></urlset>".encode()
        ),
        headers=XML,
    )
    looks = []
    for _ in range(3):
        before = len(site.hits)
        harvested(tmp_path, sources)
        looks.append({hit.path for hit in site.hits[before:] if hit.host == "courier.test" and hit.path.startswith("/stories")})
        pages_due(tmp_path)
    every = {f"/stories/{n}" for n in range(STORIES)}
    assert looks == [every, every, {"/stories/0"}], "new, then found unchanged as the sitemap says, then left alone"
    kept = rows(tmp_path, "SELECT DISTINCT lastmod_at::DATE::VARCHAR FROM ops.fetches WHERE host = 'courier.test' AND kind = 'page'")
    assert sorted(kept, key=str) == [("2026-01-01",), (None,)]


def test_a_sitemap_that_did_not_tell_of_a_change_is_believed_of_no_page_of_its_host(site: Site, tmp_path: Path):
    sources = write_sources(site, tmp_path)
    site.pages["courier.test", "/sitemap.xml"] = sitemap(site, "courier.test", dict.fromkeys(range(STORIES), "2026-01-01"))
    for nth in range(2):
        harvested(tmp_path, sources)
        pages_due(tmp_path)
        if not nth:
            site.pages["courier.test", "/stories/2"] = Reply.html("<html><body><h1>Corrected</h1></body></html>")
    before = len(site.hits)
    harvested(tmp_path, sources)
    assert {f"/stories/{n}" for n in range(STORIES)} <= {hit.path for hit in site.hits[before:] if hit.host == "courier.test"}


def test_feeds_that_front_pages_announce_are_asked_for_where_the_outlet_says_so(site: Site, tmp_path: Path):
    announce(site, "/news.rss", "//evil.test/news.rss")
    site.pages["gazette.test", "/news.rss"] = Reply(
        f"<rss><channel><item><link>{site.url('gazette.test', '/stories/of-the-feed')}</link></item></channel></rss>".encode(), headers=XML
    )
    site.pages["gazette.test", "/stories/of-the-feed"] = site.pages["gazette.test", "/stories/1"]
    sources = write_sources(site, tmp_path)
    sources.write_text(sources.read_text().replace('name = "Valley Gazette"', 'name = "Valley Gazette"\nannounced_feeds = true'))
    tally = harvested(tmp_path, sources)
    assert {"/news.rss", "/stories/of-the-feed"} <= set(site.asked("gazette.test"))
    assert (site.asked("evil.test"), tally.outside > 0) == ([], True)
    with open_loader(tmp_path) as con:
        con.execute("UPDATE ops.fetches SET due_at = now() - INTERVAL 1 MINUTE WHERE url LIKE '%/news.rss'")
    before = len(site.hits)
    harvested(tmp_path, sources)
    assert [hit.path for hit in site.hits[before:]] == ["/news.rss"], "also where the page that announces it is not due"


def announce(site: Site, *feeds: str) -> None:
    """Have the front page of gazette announce them."""
    front = site.pages["gazette.test", "/"]
    assert isinstance(front, Reply) and isinstance(front.body, bytes)
    links = "".join(map(FEED.format, feeds)).encode()
    site.pages["gazette.test", "/"] = Reply(front.body.replace(b"<head>", b"<head>" + links), headers=front.headers)


def test_changes_are_read_of_sitemaps_indexes_and_news_with_prefixes_and_entities():
    text = """<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9">
    <s:url><s:lastmod>2026-03-01T08:00+01:00</s:lastmod>
    <s:loc> https://news.example/story/one-of-two?a=1&amp;b=2</s:loc></s:url>
    <s:url><s:loc>https://news.example/story/another</s:loc></s:url></s:urlset>"""
    found = links_in("sitemap", "https://news.example/s.xml", text.replace("> https", ">https").encode())
    assert found.changed_at == {"https://news.example/story/one-of-two?a=1&b=2": datetime(2026, 3, 1, 7, tzinfo=UTC)}
    assert len(found.pages) == 2
    index = (
        f"<sitemapindex {SITEMAP}><sitemap><loc>https://news.example/2026-03</loc><lastmod>2026-03-02</lastmod></sitemap></sitemapindex>"
    )
    found = links_in("sitemap", "https://news.example/s.xml", index.encode())
    assert (found.pages, found.changed_at) == ([], {"https://news.example/2026-03": datetime(2026, 3, 2, tzinfo=UTC)})


def test_what_front_pages_and_robots_txt_announce_is_told_and_not_asked(site: Site, tmp_path: Path):
    name_sitemap(site)
    announce(site, "/news.rss", "//evil.test/news.rss")
    sources = write_sources(site, tmp_path)
    harvested(tmp_path, sources)
    declared = read_sources(sources)
    with open_loader(tmp_path) as con:
        known = known_fetches(con, [host for outlet in declared.outlets.values() for host in outlet.hosts])
    assert announced(declared, known, partial(stored_body, tmp_path)) == [
        ("harbour", "sitemaps", site.url("harbour.test", "/archive.xml")),
        ("harbour", "sitemaps", site.url("harbour.test", "/second.xml")),
        ("gazette", "feeds", site.url("gazette.test", "/news.rss")),
    ]
    assert "/news.rss" not in site.asked()
