"""Articles in a warehouse, related: every relation, whose they are, and what is none."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.restoration.restore import restore
from tests.bench.copied_corpus import BOILERPLATE, ENGLISH
from tests.bench.corpus import SHARED
from tests.bench.invented_texts import noisy
from tests.relation.articles import NOON, Given, Relater
from tests.relation.own_texts import report

RUN, NEXT = "a" * 16, "b" * 16
ROWS = "SELECT page_id, origin_url, relation, origin_page_id, similarity, confidence, evidence, story_id FROM core.copies ORDER BY ALL"
LATER = NOON + timedelta(days=300)


def related(at: Relater, *given: Given) -> list[tuple[str, str, str | None]]:
    """(relation, URL of the copy, URL of the origin) of what comes of these articles."""
    at.relate(RUN, *given)
    return at.rows("SELECT relation, url, origin_url FROM core.copies JOIN raw.pages USING (page_id) ORDER BY relation, url, origin_url")


def post(number: int, lang: str = "en", **more: object) -> Given:
    """An article of the Harbour Post."""
    url = f"https://www.harbour-post.example/news/2026_03_01_{500_000 + number}.shtml"
    return replace(Given(url, report(number, lang), lang, site_name="Harbour Post"), **more)  # type: ignore[arg-type]


def elsewhere(of: Given, url: str, **more: object) -> Given:
    return replace(of, **{"url": url, "observed": LATER, "site_name": None} | more)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_path_on_another_host_is_a_mirror_and_a_disguised_one_is_cloaked(either: Relater, lang: str):
    origin = post(1, lang)
    clean = elsewhere(origin, "http://cxkk.example/news/2026_03_01_500001.shtml")
    cloaked = elsewhere(origin, "http://zqqw.example/news/2026_03_01_500001.shtml", is_cloaked=True, published=NOON - timedelta(days=9))
    assert related(either, cloaked, clean, origin) == [("cloaked_mirror", cloaked.url, origin.url), ("mirror", clean.url, origin.url)]
    assert either.rows("SELECT story_id, page_count, host_count FROM core.stories") == [(origin.page_id, 3, 3)]


def test_a_copy_that_is_nothing_but_a_beginning_is_no_excerpt_though_a_long_foot_follows_in_the_origin(file: Relater):
    origin = post(1, body=f"{report(1, paragraphs=2)}\n{ENGLISH}\n{report(3, paragraphs=4)}")
    copy = elsewhere(origin, "https://blog.example/p/quay", body=report(1, paragraphs=2), published=LATER)
    assert related(file, origin, copy) == [("scraped", copy.url, origin.url)]


def test_a_credited_copy_is_syndicated_and_one_without_a_word_is_scraped(either: Relater):
    origin = post(1)
    cut = origin.body.rsplit("\n", 2)[0]
    partner = elsewhere(
        origin, "https://valley.example/a/77", body="Another headline\n" + cut, site_name="Valley", sources=("Harbour Post",)
    )
    taken = elsewhere(origin, "https://blog.example/p/quay", published=NOON - timedelta(days=3), sources=("Blog",), observed=NOON)
    later = replace(taken, published=LATER)
    assert related(either, origin, partner, later) == [("scraped", taken.url, origin.url), ("syndication", partner.url, origin.url)]


@pytest.mark.parametrize(("brand", "relation"), [("Harbour Post", "revision"), ("Valley", "syndication")])
def test_without_addresses_the_outlets_name_tells_whose_a_credit_is(file: Relater, brand: str, relation: str):
    saved = replace(post(1), url="file:///saved/1.html", sources=("City Desk",))
    again = replace(saved, url="file:///saved/2.html", site_name=brand, observed=LATER)
    assert related(file, saved, again) == [(relation, again.url, saved.url)]


def test_one_address_captured_again_is_a_revision_also_where_it_grew(file: Relater):
    origin = post(1)
    grown = replace(origin, body=origin.body + "\n" + report(2) + "\n" + report(3, paragraphs=2), observed=LATER)
    assert related(file, grown, origin) == [("revision", origin.url, origin.url)]
    assert file.rows("SELECT page_id FROM core.copies") == [(grown.page_id,)]


def test_what_one_page_is_url_key_says(either: Relater):
    origin = post(1)
    shared = replace(
        origin, url=origin.url.replace("www.", "m.") + "?from=timeline&utm_source=x", body=origin.body + " Late.", observed=LATER
    )
    related(either, origin, shared)
    assert either.rows("SELECT relation, evidence[1] FROM core.copies") == [("revision", "same_address")]


def test_what_many_sites_have_in_stories_of_their_own_is_nobodys(either: Relater):
    quoted = report(50, paragraphs=1)
    papers = [elsewhere(post(n), f"https://paper{n}.example/a/{n}", body="\n".join([report(n), quoted, report(100 + n)])) for n in range(9)]
    assert len(related(either, *papers[:3])) == 2
    assert related(either, *papers[3:]) == []


def test_a_story_on_a_hundred_sites_stays_one(either: Relater):
    origin = post(1)
    copies = [elsewhere(origin, origin.url.replace("www.harbour-post", f"copy{n}")) for n in range(100)]
    assert {row[0] for row in related(either, origin, *copies)} == {"mirror"}
    assert either.rows("SELECT page_count, host_count FROM core.stories") == [(101, 101)]
    essay = elsewhere(post(2), "https://essay.example/t/9", body="\n".join([report(2), *origin.body.split("\n")[2:4]]) + "\n" + report(3))
    assert ("excerpt", essay.url, origin.url) in related(either, essay)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_paragraph_of_another_story_is_an_excerpt_and_makes_no_story(file: Relater, lang: str):
    origin = post(1, lang)
    own = report(2, lang).split("\n")
    quoted = "\n".join([*own[:3], *origin.body.split("\n")[2:4], *own[3:]])
    essay = elsewhere(origin, "https://essay.example/t/9", body=quoted, published=LATER)
    assert related(file, essay, origin) == [("excerpt", essay.url, origin.url)]
    assert file.rows("FROM core.stories") == []


@pytest.mark.parametrize(("lang", "frame"), [("en", ENGLISH), ("zh", BOILERPLATE["zh"])])
def test_the_frame_of_a_site_relates_nothing(file: Relater, lang: str, frame: str):
    pages = [post(n, lang, body=f"{frame}\n{report(n, lang)}\n{frame}") for n in range(6)]
    for page in pages:  # one after the other: the first two of a site cannot know that the third has it too
        assert related(file, page) == []


def test_a_foot_that_two_papers_print_relates_nothing(file: Relater):
    foot = "\n" + ENGLISH
    other = elsewhere(post(2), "https://valley.example/a/78")
    assert related(file, post(1, body=report(1) + foot), replace(other, body=report(2) + foot)) == []


def test_of_short_texts_nothing_is_claimed(file: Relater):
    short = post(1, body=report(1)[:250])
    assert related(file, short, elsewhere(short, "https://blog.example/p/1")) == []


def test_misread_letters_and_a_cut_do_not_hide_a_copy(file: Relater):
    origin = post(1)
    scan = elsewhere(origin, "https://scan.example/1", body=noisy(origin.body, 0.05, random.Random(3))[: len(origin.body) * 3 // 5])
    assert related(file, origin, scan) == [("scraped", scan.url, origin.url)]


def test_a_path_tells_its_outlet_once_twenty_of_its_pages_are_known(either: Relater):
    mirror = elsewhere(post(99), "http://cxkk.example/politics/2026_07_20_599244.shtml", is_cloaked=True)
    assert related(either, mirror, *(post(number) for number in range(19))) == []
    either.relate(NEXT, post(20))
    ((page, url, relation, origin, similarity, _, _, story),) = either.rows(ROWS)
    assert (page, relation, origin, similarity, story) == (mirror.page_id, "cloaked_mirror", None, None, None)
    assert url == "https://www.harbour-post.example/politics/2026_07_20_599244.shtml"


def test_the_page_that_all_began_with_is_its_outlets_once_twenty_pages_of_that_are_known(file: Relater):
    if not (seed := SHARED / "seed" / "page.txt").exists():
        pytest.skip("needs the first page")
    page = restore(seed.read_text(encoding="utf-8"))
    mirror = Given(
        "http://cxkk.example/politics/2021_07_20_599244.shtml", page.text, "zh", None, observed=LATER, is_cloaked=page.is_cloaked
    )
    assert related(file, mirror, *(post(number, "zh") for number in range(20))) == [
        ("cloaked_mirror", mirror.url, "https://www.harbour-post.example/politics/2021_07_20_599244.shtml")
    ]


def test_mirrors_of_all_its_pages_take_no_path_from_an_outlet(file: Relater):
    own = [post(number) for number in range(24)]
    copies = [elsewhere(each, each.url.replace("www.harbour-post", "copy")) for each in own]
    mirror = elsewhere(post(99), "http://cxkk.example/politics/2026_07_20_599244.shtml", is_cloaked=True)
    found = related(file, mirror, *copies, *own)
    assert ("cloaked_mirror", mirror.url, "https://www.harbour-post.example/politics/2026_07_20_599244.shtml") in found
    assert [relation for relation, *_ in found] == ["cloaked_mirror"] + ["mirror"] * 24


def test_a_path_alone_is_no_proof(file: Relater):
    own = elsewhere(post(99), "https://valley.example/news/2026_07_20_599244.shtml", site_name="Valley")
    assert related(file, own, *(post(number) for number in range(30))) == []


def test_a_text_that_was_read_anew_is_related_anew(file: Relater):
    origin, copy = post(1), elsewhere(post(1), "https://blog.example/p/quay", published=LATER)
    assert len(related(file, origin, copy)) == 1
    file.con.execute(
        f"UPDATE core.articles SET body_folded = '{report(7).lower()}', text_fingerprint = '{'7' * 16}' WHERE page_id = '{copy.page_id}'"
    )
    done = file.relate(NEXT)
    assert (done.articles, file.rows(ROWS), file.rows("FROM core.stories")) == (1, [], [])


def test_a_row_that_stays_keeps_its_run(either: Relater):
    related(either, post(1), elsewhere(post(1), "https://blog.example/p/quay", published=LATER))
    assert either.relate(NEXT, anew=True).changed == 0
    assert either.rows("SELECT DISTINCT run_id FROM core.copies") == [(RUN,)]
