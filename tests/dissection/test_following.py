"""Endless pages: behind the story stand others, whole, each with its headline, byline and time."""

from tasks.dissection.page import dissect_html

STORY = "".join(f"<p>The harbour council of Wexmouth heard part {n} of the report, and put its vote off until May.</p>" for n in range(4))
HEAD = "<title>Harbour council puts its vote off</title>"
HEADLINE = "<header><h1 class='post-title entry'>Harbour council puts its vote off</h1></header>"


def body_of(shown: str) -> str:
    article = dissect_html(f"<html><head>{HEAD}</head><body>{shown}</body></html>", "https://news.example/harbour-vote", None).article
    return "" if article is None else article.body


def another(number: int, sign: str) -> str:
    text = "".join(
        f"<p>Growers around Ostley say in letter {n} to the county that a late frost has cost them {number} parts in ten.</p>"
        for n in range(12)
    )
    title = f"<h1 class='post-title'>Frost takes the seed, part {number}</h1>"
    return f"<div class='added'><div class='head'>{title}{sign}</div><div class='text'>{text}</div></div>"


def test_stories_that_follow_are_no_part_of_the_story_although_they_are_longer():
    for sign in ("<time>5 May 2025</time>", "<span class='post-date'>5 May 2025</span>"):
        body = body_of(f"<main>{HEADLINE}<div>{STORY}<section>{another(1, sign)}{another(2, sign)}</section></div></main>")
        assert body.count("Wexmouth") == 4
        assert "Ostley" not in body


def test_sections_of_one_story_stay_although_their_subheads_look_like_its_headline():
    sections = "".join(another(number, "") for number in (1, 2))
    body = body_of(f"<main>{HEADLINE}<div>{STORY}{sections}</div></main>")
    assert body.count("Wexmouth") == 4
    assert "cost them 1 parts" in body
    assert "cost them 2 parts" in body


def test_the_story_stays_where_its_headline_is_printed_twice():
    again = f"<article><h1 class='post-title'>Harbour council puts its vote off</h1><time>5 May 2025</time>{STORY}</article>"
    body = body_of(f"<main>{HEADLINE}<p>A short word of the editors stands above the story, and is longer than a line.</p>{again}</main>")
    assert body.count("Wexmouth") == 4
