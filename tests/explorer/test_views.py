"""Every view: what stands on it, and that it works with the keyboard, without scripts, and with nobody else asked."""

import itertools
import re
from urllib.parse import quote, urlsplit

import pytest
from lxml import html

from tests.explorer.hostile import ESCAPE, HOSTILE, ISOLATE, TURN
from tests.explorer.site import Answer, Site
from warehouse.explorer.article import PARTS as ARTICLE_PARTS
from warehouse.explorer.cells import cell
from warehouse.explorer.search import PARTS as SEARCH_PARTS
from warehouse.explorer.site import PARTS as SITE_PARTS
from warehouse.explorer.views import EXAMPLES, VIEWS

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RUNS = {"script", "iframe", "object", "embed", "base", "img", "video", "audio", "template", "math", "foreignobject"}
MOST_BYTES = 60_000


def addresses(site: Site, query: str) -> list[str]:
    """Every view and every part of one, of a page and a host of this home."""
    rows = site.get(
        f"rows.csv?query={quote('SELECT page_id, host FROM raw.pages JOIN core.articles USING (page_id) ORDER BY ALL LIMIT 1')}"
    )
    page = rows.csv()[1][0]
    host = quote(site.get("sql?query=SELECT+host+FROM+raw.pages+ORDER+BY+host+LIMIT+1").cells("rows")[0][0])
    said = quote(query)
    return [
        *VIEWS,
        *(f"article?page={page}&part={part}" for part in ARTICLE_PARTS),
        *(f"search?query={said}&part={part}" for part in SEARCH_PARTS),
        *(f"site?host={host}&part={part}" for part in SITE_PARTS),
        f"damage?host={host}",
        f"sql?query={quote(EXAMPLES[0])}&table=core.articles",
        *(f"sql?query={quote(f'FROM {table}')}" for table in ("core.evidence", "core.repairs", "ops.rejects", "ops.checks", "ops.runs")),
        f"sql?query={said}",
    ]


@pytest.fixture(scope="module")
def pages(wide: Site, hostile: Site) -> list[Answer]:
    return [site.get(address) for site, query in ((wide, "ferry"), (hostile, HOSTILE)) for address in addresses(site, query)]


def test_every_view_answers_and_is_small(pages: list[Answer]):
    assert {page.status for page in pages} == {200}
    assert [(page.url, len(page.text.encode())) for page in pages if len(page.text.encode()) > MOST_BYTES] == []


def test_every_view_has_what_a_keyboard_and_a_screen_reader_need(pages: list[Answer]):
    for page in pages:
        tree = page.tree
        assert tree.get("lang") == "en" and len(tree.xpath("//main[@id='main']")) == len(tree.xpath("//h1")) == 1, page.url
        assert tree.xpath("//body/a[1]/@href") == ["#main"] and tree.xpath("//header//nav/@aria-label")
        assert not tree.xpath("//table[not(.//th[@scope])] | //input[not(@type='hidden')][not(@id=//label/@for)]"), page.url
        assert not tree.xpath("//select[not(@id=//label/@for)] | //textarea[not(@id=//label/@for)]"), page.url
        assert tree.xpath("count(//*[@tabindex='0'][not(@role='region')])") == 0
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3")]
        assert all(below <= above + 1 for above, below in itertools.pairwise(levels)), (page.url, levels)
        assert len(tree.xpath("//@id")) == len(set(tree.xpath("//@id"))), page.url


def test_nothing_on_a_view_runs_or_asks_anybody(pages: list[Answer]):
    for page in pages:
        tags = {element.tag for element in page.tree.iter() if isinstance(element.tag, str)}
        assert not RUNS & tags, (page.url, RUNS & tags)
        attributes = [name for element in page.tree.iter() if isinstance(element.tag, str) for name in element.attrib]
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcset", "formaction")], page.url
        loaded = page.tree.xpath("//link/@href | //@src | //use/@href")
        assert set(loaded) == {"style.css", "icon.svg"}, page.url
        assert not page.tree.xpath("//form[@method] | //form[contains(@action, ':')]")


def test_a_link_leads_to_a_view_or_to_the_web_and_tells_nobody_where_from(pages: list[Answer]):
    for page in pages:
        for link in page.tree.xpath("//a"):
            to = urlsplit(str(link.get("href")))
            assert to.scheme in ("", "http", "https"), (page.url, link.get("href"))
            assert not to.path.startswith("/") or to.scheme, "links hold below any mount point"
            assert not to.scheme or {"noreferrer", "noopener", "nofollow"} <= set(str(link.get("rel")).split())


def test_what_a_stranger_wrote_is_shown_and_does_nothing(hostile: Site):
    found = [hostile.get(address) for address in addresses(hostile, HOSTILE)]
    for page in found:
        tree = page.tree
        for typed in tree.xpath("//input | //textarea"):  # what the reader has typed himself stays as it is
            typed.getparent().remove(typed)
        assert not ACTS.search(html.tostring(tree, encoding="unicode")), page.url
    told = "".join(page.tree.text_content() for page in found)
    assert "U+202E" in told and "U+2066" in told and "U+001B" in told and "<script>alert(1)</script>" in told
    assert 'onerror=alert(1)>"' in told and "javascript:alert(1)" in told and HOSTILE.count(TURN) == 1
    assert ISOLATE in HOSTILE and ESCAPE in HOSTILE


def test_a_heading_in_another_script_says_its_language_and_finds_its_direction(wide: Site):
    row = wide.get("rows.csv?query=SELECT+page_id,lang+FROM+core.articles+WHERE+lang+IS+NOT+NULL+LIMIT+1").csv()[1]
    article = wide.get(f"article?page={row[0]}").tree
    assert article.xpath("//h1/@lang") == [row[1]] and article.xpath("//h1/@dir") == ["auto"]
    assert article.xpath("//div[@class='article']/@lang") == [row[1]]
    cells = wide.get("").tree.xpath("//section[@id='home_newest']//td[a[starts-with(@href, 'article')]]")
    assert {cell.get("dir") for cell in cells} == {"auto"} and [cell.get("lang") for cell in cells if cell.get("lang")]


def test_a_form_without_words_and_a_page_that_is_not_there_say_what_to_do(wide: Site):
    assert "Write some words" in wide.get("search").text
    assert wide.get("article").status == 200 and "page_id or URL" in wide.get("article").text
    nowhere = wide.get("article?page=https://nobody.example/")
    assert nowhere.status == 404 and "refused" in nowhere.text
    assert wide.get("nothing").status == 404
    assert "was ever repaired" in wide.get("damage?host=nobody").text or "was repaired" in wide.get("damage?host=nobody").text


def test_times_and_counts_that_are_none_are_not_obeyed(wide: Site):
    for address in ("search?query=ferry&since=yesterday&until='", "site?host=x&since=0", "sql?rows_from=-1&query=FROM+raw.pages",
                    "rejects?rejects_from=x", f"site?sites_from={'9' * 5000}", "topics?per=eon", "outlets?per=%27",
                    "search?query=ferry&part=../x", "article?page=%00"):  # fmt: skip
        assert wide.get(address).status in (200, 404), address


def test_what_was_asked_for_is_marked_in_snippets_and_nothing_else_becomes_markup():
    told = cell("snippet", "<b>Die FÄHREN</b> 網絡 <mark>", {}, asked=["fahren", "网络"])
    assert "&lt;b&gt;Die <mark>FÄHREN</mark>&lt;/b&gt; <mark>網絡</mark> &lt;mark&gt;" in told
    assert "<mark>" not in cell("title", "FÄHREN", {}, asked=["fahren"])


def test_a_search_marks_its_hits(wide: Site):
    marks = wide.get("search?query=FERRY+late").tree.xpath("//td//mark//text()")
    assert "late" in marks and "Ferry" in marks
