"""Which blocks of a page are the story's: subheads, lists and every part of it, in their order; each line once."""

import pytest

from tasks.dissection.body.around import Around
from tasks.dissection.body.block_features import NAMES
from tasks.dissection.body.blocks import blocks_in
from tasks.dissection.body.learned import weights_of
from tasks.dissection.body.likeness import NAMES as PAGE_NAMES
from tasks.dissection.markup.parsed_page import parse
from tasks.dissection.page import dissect_html

STORY = (
    "The ferry office in Lower Quay closed its counter for good on Monday, after ninety years behind the same green shutters.",
    "Passengers now buy their tickets at the kiosk on the pier, which opens at six and takes cards as well as coins.",
    "The two clerks will stay until the end of the month to help those who have a season ticket for the islands.",
    "A reading room for the sailors' children is to move into the empty hall, as the parish council decided in spring.",
)
HEAD = "<h1>Ferry office in Lower Quay closes its counter</h1>"


def body_of(inner: str, title: str = "Ferry office in Lower Quay closes its counter") -> list[str]:
    page = dissect_html(f"<html><head><title>{title} - The Quay</title></head><body>{inner}</body></html>", None, None)
    assert page.article is not None, page.reason
    return page.article.body.split("\n")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_subheads_stay_where_the_story_stands_in_an_unnamed_div() -> None:
    parts = f"<p>{STORY[0]}</p><h2>What opens now</h2>{paragraphs(*STORY[1:3])}<h2>Who moves in</h2><p>{STORY[3]}</p>"
    body = body_of(f'<div class="x7">{HEAD}<div class="k2">{parts}</div></div>')
    assert body == [STORY[0], "What opens now", STORY[1], STORY[2], "Who moves in", STORY[3]]


def test_a_list_in_the_story_stays_as_a_whole() -> None:
    items = "<ul><li>a stool from 1931</li><li>two brass lamps with green shades</li><li>the clock</li></ul>"
    body = body_of(f"<div>{HEAD}<div>{paragraphs(*STORY[:2])}{items}{paragraphs(*STORY[2:])}</div></div>")
    assert body[2:5] == ["- a stool from 1931", "- two brass lamps with green shades", "- the clock"]


def test_parts_of_a_story_in_several_blocks_keep_their_order() -> None:
    heads = ("What closes", "Where to buy", "Who stays", "Who moves in")
    parts = "".join(f'<div class="post"><h2>{head}</h2><p>{text}</p></div>' for head, text in zip(heads, STORY, strict=True))
    body = body_of(f"<main>{HEAD}{parts}</main>")
    assert [line for line in body if line in heads or line in STORY][1:] == [
        STORY[0],
        *(each for two in zip(heads[1:], STORY[1:], strict=True) for each in two),
    ]


def test_a_text_that_is_printed_twice_is_given_once() -> None:
    twice = "".join(f'<div class="{name}-only">{paragraphs(*STORY)}</div>' for name in ("phone", "desk"))
    assert body_of(f"<main>{HEAD}{twice}</main>") == list(STORY)


@pytest.mark.parametrize("shown", [1, 3])
def test_the_second_page_of_a_story_is_its_own_though_it_is_hidden(shown: int) -> None:
    pages = f'<div id="p1">{paragraphs(*STORY[:shown])}</div><div id="p2" style="display: none">{paragraphs(*STORY[shown:])}</div>'
    pager = '<div class="pager"><a href="?p=1">1</a> <a href="?p=2">2</a></div>'
    assert body_of(f"<main>{HEAD}{pages}{pager}</main>") == list(STORY)


@pytest.mark.parametrize("line", [
    "The plate on the wall says © Foundry of Lower Quay 1911, and the children have polished it with chalk until it shone.",
    "Le toit du four a A©tA© refait par les habitants du village, qui y travaillent chaque samedi depuis le printemps.",
])  # fmt: skip
def test_a_sentence_with_a_copyright_sign_in_it_is_the_storys(line: str) -> None:
    assert line in body_of(f"<article>{HEAD}{paragraphs(*STORY[:2], line, *STORY[2:])}</article>")


def test_terms_behind_a_teaser_are_no_story() -> None:
    terms = (
        "This article is for subscribers only. With Quay Plus you read all of our reports on any device, wherever you are.",
        "You already have a subscription? Then go on to the page where you tell us the address that you gave us.",
    )
    assert body_of(f'<article>{HEAD}<p class="teaser">{STORY[0]}</p><div>{paragraphs(*terms)}</div></article>') == [STORY[0]]


def test_a_layout_table_gives_lines_and_a_data_table_rows() -> None:
    data = "<table><tr><th>Pier</th><th>Opens</th></tr><tr><td>North</td><td>6.00</td></tr><tr><td>South</td><td>7.30</td></tr></table>"
    layout = f'<table><tr><td width="600">{HEAD}{paragraphs(*STORY[:2])}{data}{paragraphs(*STORY[2:])}</td><td>Weather</td></tr></table>'
    blocks = [block.text for block in blocks_in(parse(f"<html><body>{layout}</body></html>"), {})]
    assert blocks == [
        "Ferry office in Lower Quay closes its counter",
        *STORY[:2],
        "Pier | Opens",
        "North | 6.00",
        "South | 7.30",
        *STORY[2:],
        "Weather",
    ]


def test_soft_hyphens_are_no_letters() -> None:
    assert [b.text for b in blocks_in(parse("<p>Fer\u00adry of\u00adfice</p>"), {})] == ["Ferry office"]


def test_what_a_block_stands_in_is_known_at_any_depth() -> None:
    page = parse('<html><body><aside><div hidden><p>One</p></div></aside><div><p class="page-footer">Two</p></div></body></html>')
    one, two = blocks_in(page, {})
    assert one.around == Around.ASIDE | Around.HIDDEN and two.around == Around.FAR


@pytest.mark.parametrize(("stem", "names"), [("block", NAMES), ("page", PAGE_NAMES)])
def test_every_measure_has_its_weight(stem: str, names: tuple[str, ...]) -> None:
    """The day this fails, run `python -m tests.bench.learn_body --write` and `learn_kind --write` where the real pages are at hand."""
    assert len(weights_of(stem, names).weights) == len(names) == len(set(names))


def test_a_short_post_with_other_stories_around_it_is_an_article() -> None:
    teasers = "".join(
        f'<div><a href="/n/{n}">Another headline of the day, number {n}, long enough to be one</a><p>{STORY[n % 4]}</p></div>'
        for n in range(14)
    )
    post = f"<h2>Ferry office in Lower Quay closes its counter</h2><div>The Quay, 20 September 2020</div><p>{STORY[0]}</p>"
    body = f"<div>{post}</div><div>{teasers}</div>"
    page = dissect_html(
        f"<html><head><title>Ferry office in Lower Quay closes its counter</title></head><body>{body}</body></html>",
        "https://quay.example/story/10939686", None,
    )  # fmt: skip
    assert page.reason is None
