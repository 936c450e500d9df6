"""Harvests of small sites: what a stop, a busy host, a host that is down and a lost file do."""

import itertools
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from tasks.harvesting import harvester
from tasks.harvesting.fetching import FetchLimits, digest_of
from tasks.sources.page import InputFile
from tasks.sources.warc import plan, read
from tests.harvesting.loopback_site import Reply, Site
from tests.harvesting.runs import harvested, rows
from tests.harvesting.three_outlets import HOSTS, serving, write_sources

STORIES = 6


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(STORIES) as site:
        yield site


def stories(site: Site, host: str) -> list[str]:
    return [path for path in site.asked(host) if path.startswith("/stories")]


def test_a_stop_ends_a_harvest_between_two_requests_and_the_next_one_goes_on(site: Site, tmp_path: Path):
    sources = write_sources(site, tmp_path)
    tally = harvested(tmp_path, sources, is_stopped=lambda: len(site.hits) >= 12)
    assert tally.is_interrupted and len(site.hits) <= 14  # those under way
    harvested(tmp_path, sources)
    assert sorted(stories(site, "harbour.test")) == sorted(f"/stories/{n}" for n in range(STORIES))


def test_a_stop_does_not_wait_for_a_server_that_takes_its_time(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(harvester, "PATIENCE_SECONDS", 0.2)
    asked, ends = threading.Event(), threading.Event()
    site.pages["courier.test", "/sitemap.xml"] = Reply(lambda _connection: (asked.set(), ends.wait(120)))
    try:
        tally = harvested(tmp_path, write_sources(site, tmp_path), is_stopped=asked.is_set, limits=FetchLimits(600.0, 2**20))
    finally:
        ends.set()
    assert tally.is_interrupted
    assert rows(tmp_path, "SELECT url FROM ops.fetches WHERE url LIKE '%courier.test%/sitemap.xml'") == []


@pytest.mark.parametrize("is_paced_by_address", [True, False])
def test_hosts_at_one_address_share_its_pace_unless_the_file_says_otherwise(site: Site, tmp_path: Path, is_paced_by_address: bool):
    between, address = 0.1, HOSTS["harbour.test"]
    sources = write_sources(site, tmp_path, between)
    sources.write_text(f"is_paced_by_address = {str(is_paced_by_address).lower()}\n{sources.read_text()}")
    harvested(tmp_path, sources, allow=[f"{host}={address}" for host in HOSTS], limit=6)
    hits = sorted(site.hits, key=lambda hit: hit.began)
    assert {(hit.host, hit.address) for hit in hits} == {(host, address) for host in HOSTS}
    early = [late for first, late in itertools.pairwise(hits) if late.began < first.began + between]
    assert bool(early) is not is_paced_by_address


def test_pages_beyond_the_limit_are_asked_for_by_the_next_harvest(site: Site, tmp_path: Path):
    sources = write_sources(site, tmp_path)
    assert harvested(tmp_path, sources, limit=5).left
    assert 1 <= len([path for path in site.asked() if path.startswith("/stories")]) <= 5
    harvested(tmp_path, sources)
    assert len(stories(site, "courier.test")) == STORIES


def test_a_host_that_wants_to_be_left_alone_for_long_is_by_this_and_the_next_harvest(site: Site, tmp_path: Path):
    site.pages["harbour.test", "/stories/2"] = Reply(status=503, headers={"Retry-After": "4000"})
    sources = write_sources(site, tmp_path)
    harvested(tmp_path, sources)
    harvested(tmp_path, sources)
    assert stories(site, "harbour.test") == ["/stories/0", "/stories/1", "/stories/2"]
    given_up = rows(tmp_path, "SELECT url FROM ops.fetches WHERE reason = 'host_given_up' AND kind = 'page'")
    assert len(given_up) == STORIES - 3 + 1  # and the one behind a wall; told once, by the two of them


def test_a_site_whose_robots_txt_cannot_be_read_is_asked_for_nothing(site: Site, tmp_path: Path):
    site.pages["courier.test", "/robots.txt"] = Reply(status=500)
    harvested(tmp_path, write_sources(site, tmp_path))
    assert {hit.path for hit in site.hits if hit.host == "courier.test"} == {"/robots.txt"}


def test_a_site_without_robots_txt_allows_everything(site: Site, tmp_path: Path):
    site.pages["courier.test", "/robots.txt"] = Reply(status=404)
    harvested(tmp_path, write_sources(site, tmp_path))
    assert len(stories(site, "courier.test")) == STORIES


def test_a_list_whose_file_is_gone_is_fetched_whole_again(site: Site, tmp_path: Path):
    sources = write_sources(site, tmp_path)
    harvested(tmp_path, sources)
    shutil.rmtree(tmp_path / "harvest" / "others")
    before = len(site.hits)
    harvested(tmp_path, sources)
    again = {hit.path: hit.status for hit in site.hits[before:] if hit.host == "harbour.test"}
    assert again == {"/robots.txt": 200, "/feed.xml": 200}


def test_records_are_warc_as_others_read_it_and_the_pages_among_them_as_we_do(site: Site, tmp_path: Path):
    harvested(tmp_path, write_sources(site, tmp_path))
    harvested(tmp_path, tmp_path / "sources.toml", is_again=True)
    seen: dict[str, set[str]] = {}
    for path in sorted((tmp_path / "harvest").rglob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=True):
                seen.setdefault(path.parts[-3], set()).add(str(record.headers["WARC-Type"]))
                if record.record_type == WarcRecordType.response:
                    told = record.headers.get("WARC-Payload-Digest")  # of a redirect nothing
                    assert told in (None, digest_of(record.reader.read()))
    kinds = {"warcinfo", "request", "response"}
    assert seen == {"pages": kinds, "others": kinds | {"revisit"}}
    digests = dict(rows(tmp_path, "SELECT url, digest FROM ops.fetches WHERE kind IN ('page', 'front') AND outcome = 'new'"))
    (pages,) = (tmp_path / "harvest" / "pages").rglob("*.warc.gz")
    refs = plan(InputFile(str(pages), pages.name, pages.stat().st_size, 0, "warc"))
    assert {(page := read(ref, 2**24)).url: page.digest for ref in refs} == digests  # type: ignore[arg-type]
