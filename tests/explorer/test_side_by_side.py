"""An original and its mirror side by side: what differs is marked, in words or in characters, and what a page says does nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from tasks.relation.relate import relate
from tests.explorer.hostile import HOSTILE
from tests.explorer.site import Site, exploring
from tests.relation.articles import NOON, Given, load
from tests.relation.own_texts import report
from warehouse.connection import open_loader
from warehouse.explorer.differences import PIECES, beside
from warehouse.relating.corpus import FileCorpus
from warehouse.snapshot import publish_snapshot

ORIGIN = Given("https://post.example/news/2026_03_01_500001.shtml", report(1, "zh"), "zh", site_name="Post")
CHANGED = ORIGIN.body.replace(ORIGIN.body[40], "網", 1) + "\n" + HOSTILE
MIRROR = replace(ORIGIN, url=ORIGIN.url.replace("post", "cxkk"), body=CHANGED, observed=NOON + timedelta(days=300), site_name=None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("copies")
    with open_loader(home) as con:
        load(con, [ORIGIN, MIRROR])
        relate(FileCorpus(con, home), "a" * 16)
        publish_snapshot(con, home)
    with exploring(home) as found:
        yield found


def test_an_article_leads_to_its_copy_beside_it(site: Site):
    for page in (ORIGIN, MIRROR):
        leads = site.get(f"article?page={page.page_id}&part=copies").link("side by side", "article_copies")
        assert leads.endswith(f"compare?page={ORIGIN.page_id}&other={MIRROR.page_id}"), "the origin stands on the left"


def test_what_differs_is_marked_by_character_and_does_nothing(site: Site):
    page = site.get(f"compare?page={ORIGIN.page_id}&other={MIRROR.page_id}")
    marked = [mark.text_content() for mark in page.tree.xpath("//table[contains(@class, 'compared')]//ins | //table//del")]
    assert marked[:2] == [ORIGIN.body[40], "網"], "one character, not the clause"
    assert "<script>alert(1)</script>" in "".join(marked) and not page.tree.xpath("//script | //td//img")
    assert len(page.tree.xpath("//tr[@class='equal']")) == ORIGIN.body.count("\n")
    assert page.query("compare_texts").startswith("SELECT") and page.cells("compare_relations")[0][1] == "mirror"
    assert [row[0] for row in site.get(page.link("CSV of all rows", "compare_texts")).csv()[1:]] == [ORIGIN.page_id, MIRROR.page_id]


def test_facets_count_what_is_listed_stories_or_pages(site: Site):
    every, stories = (site.get(f"search?query={quote(ORIGIN.body[:2])}{box}") for box in ("", "&stories=1"))
    hosts = [[facet.text_content().split() for facet in page.tree.xpath("//p[@class='facets']") if "host" in facet.text_content()]
             for page in (every, stories)]  # fmt: skip
    assert hosts == [[["host", "cxkk.example", "1", "post.example", "1"]], [["host", "post.example", "1"]]]
    assert [len(page.cells("search_hits")) for page in (every, stories)] == [2, 1]


def test_what_is_not_there_is_said(site: Site):
    assert site.get("compare").status == 200
    assert site.get(f"compare?page={ORIGIN.page_id}&other={'f' * 16}").status == 404


def test_words_characters_and_moved_paragraphs():
    assert PIECES.findall("網絡attack v2, ครับ") == ["網", "絡", "attack", " ", "v2", ",", " ", "ค", "ร", "ั", "บ"]
    found = list(beside("One two three.\nGone away entirely.\nLast.", "Fresh words here.\nOne TWO three.\nLast."))
    told = [(str(each.before), str(each.after)) for each in found]
    assert told == [
        ("", "<ins>Fresh words here.</ins>"), ("One <del>two</del> three.", "One <ins>TWO</ins> three."),
        ("<del>Gone away entirely.</del>", ""), ("Last.", "Last."),
    ]  # fmt: skip
