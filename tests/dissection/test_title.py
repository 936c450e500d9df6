"""Headlines: agreement decides, and the site's name is never part of one."""

import pytest

from tasks.dissection.about.title import find_title
from tasks.dissection.markup.parsed_page import ParsedPage


def page(head: str, body: str = "", url: str = "https://www.rivertimes.example/a/1") -> ParsedPage:
    return ParsedPage(f"<html><head>{head}</head><body>{body}<p>Text of the story.</p></body></html>", url)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("River floods the old town | River Times", "River floods the old town"),
        ("Hochwasser in der Altstadt – und keine Hilfe - Flussbote", "Hochwasser in der Altstadt – und keine Hilfe"),
        ("老城区河水泛滥 市民连夜转移_江河新闻网", "老城区河水泛滥 市民连夜转移"),
        ("川があふれ旧市街が浸水 - 川新聞", "川があふれ旧市街が浸水"),
        ("강물이 넘쳐 구시가지 침수ㅣ강일보", "강물이 넘쳐 구시가지 침수"),
        ("النهر يغمر المدينة القديمة - صحيفة النهر", "النهر يغمر المدينة القديمة"),
        ("Река затопила старый город :: Речные вести", "Река затопила старый город"),
        ("« Le fleuve a tout pris », disent les habitants - Le Courrier", "« Le fleuve a tout pris », disent les habitants"),
    ],
)
def test_the_heading_names_the_story_and_the_signature_of_title_goes(title: str, heading: str) -> None:
    result = find_title(page(f"<title>{title}</title>", f"<h1>{heading}</h1>"))
    found, finding = result.value, result.finding
    assert (found, finding.value) == (heading, heading)


def test_open_graph_cut_off_at_a_quotation_mark_loses_to_what_readers_see() -> None:
    head = '<meta property="og:title" content="奖金七百万元！"><title>奖金七百万元！"小城科学奖"首位女得主_江河网</title>'
    result = find_title(page(head, '<h1>奖金七百万元！"小城科学奖"首位女得主</h1>'))
    found, finding = result.value, result.finding
    assert found == '奖金七百万元！"小城科学奖"首位女得主'
    assert ("og:title", "lost") in [(c.source, c.verdict) for c in finding.candidates]


def test_json_ld_beats_a_lone_search_title_but_not_heading_and_open_graph_together() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"100 years of the bridge"}</script>'
    alone = find_title(page(head + "<title>Bridge anniversary guide</title>")).value
    together = find_title(
        page(head + '<meta property="og:title" content="One hundred years of bridge">', "<h1>One hundred years of bridge</h1>")
    ).value
    assert (alone, together) == ("100 years of the bridge", "One hundred years of bridge")


def test_entities_that_publishers_escape_inside_json_are_resolved() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"K&uuml;hlt&uuml;rme &quot;gesprengt&quot;"}</script>'
    assert find_title(page(head)).value == 'Kühltürme "gesprengt"'


def test_headings_of_the_site_are_not_the_headline() -> None:
    body = '<h1>River Times</h1><nav><h2>News in brief today</h2></nav><h2 class="headline">Ferry returns to service</h2>'
    assert find_title(page("<title>Ferry returns to service - River Times</title>", body)).value == "Ferry returns to service"


def test_a_name_that_stands_first_in_title_goes_as_well() -> None:
    found = find_title(page("<title>River Times: Home | Ferry returns to service</title>", "<h2>Ferry returns to service</h2>")).value
    assert found == "Ferry returns to service"


def test_a_page_without_any_title_has_none_and_says_so() -> None:
    result = find_title(page(""))
    found, finding = result.value, result.finding
    assert (found, finding.reason) == (None, "no place on the page offers a title")


def test_a_title_of_ten_thousand_characters_is_cut_in_the_evidence_only() -> None:
    result = find_title(page(f"<title>{'word ' * 2000}</title>"))
    found, finding = result.value, result.finding
    assert found is not None and len(found) == 9999
    assert all(len(c.value or "") <= 500 for c in finding.candidates)


def test_of_many_articles_in_json_ld_the_one_that_the_page_shows_counts() -> None:
    blocks = ",".join(f'{{"@type":"NewsArticle","headline":"Other story number {i}"}}' for i in range(5))
    head = f'<script type="application/ld+json">[{blocks},{{"@type":"NewsArticle","headline":"Ferry returns"}}]</script>'
    assert find_title(page(head + "<title>Ferry returns | River Times</title>", "<h1>Ferry returns</h1>")).value == "Ferry returns"


HEADLINE = "Ferry slip to stay open for two more winters"


@pytest.mark.parametrize("mark", [" - ", " | ", " – ", " · ", " :: ", " » ", " / ", " ~ ", " > ", " ‹ ", " « ", " ▷ ", " ★ "])
def test_whatever_mark_parts_the_outlet_from_the_headline(mark: str) -> None:
    for title in (mark.join((HEADLINE, "River Times")), mark.join(("River Times", HEADLINE))):
        assert find_title(page(f"<title>{title}</title>")).value == HEADLINE


@pytest.mark.parametrize("title", [
    f"River Times: {HEADLINE}", f"{HEADLINE} : River Times", f"{HEADLINE}：River Times", f"{HEADLINE}（River Times）",
    f"{HEADLINE} (River Times)",
    f"{HEADLINE}【River Times】", f"【River Times】{HEADLINE}", f"{HEADLINE}／River Times",
])  # fmt: skip
def test_a_name_that_is_known_is_cut_behind_a_colon_and_in_brackets(title: str) -> None:
    assert find_title(page(f"<title>{title}</title><meta property='og:site_name' content='River Times'>")).value == HEADLINE


def test_a_dash_that_the_heading_prints_belongs_to_the_headline_though_the_outlet_follows_it() -> None:
    title = "rope-locker - 嵐の夜に渡し船を結ぶ綱の話"
    head = f'<title>{title} Rivertimes</title><meta property="og:title" content="{title}">'
    assert find_title(page(head, f"<h1>{title}</h1>")).value == title


def test_other_words_behind_a_colon_and_in_brackets_belong_to_the_headline() -> None:
    for title in ("Pell Sound: Ferry slip to stay open", "Ferry slip to stay open (for now)", "Ferry slip：open for two winters"):
        assert find_title(page(f"<title>{title}</title><meta property='og:site_name' content='River Times'>")).value == title


def test_a_path_printed_in_the_heading_is_no_part_of_the_headline() -> None:
    heading = f"<h1>Home &gt; Harbours &gt; {HEADLINE}</h1>"
    assert find_title(page(f"<title>{HEADLINE} - River Times</title>", heading)).value == HEADLINE
