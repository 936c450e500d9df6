"""Already extracted text: the article's lines among those of the listings around it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.dissection.text_page import dissect_text

SEED = Path(__file__).parents[3] / "shared" / "seed" / "page.txt"

PAGE = """
-
Ferry to the islands runs again after the storm
2024-02-11 08:30
The first ferry left the harbour at dawn on Sunday with two hundred passengers and the post of three days.
Waves had torn a ramp from the pier on Thursday, and no ship could land until divers had cleared the wreck.
What travellers should know
The timetable stays reduced until Wednesday, and the night boat does not sail at all, the company said.
- Editor: Someone Else
-
Council votes on the new school in the old barracks
2024-02-10 17:50 Schools -
Lighthouse keeper retires after forty years of service
2024-02-10 16:12 -
"""


def test_the_article_ends_where_the_listing_begins() -> None:
    article = dissect_text(PAGE, None, None).article
    assert article is not None
    assert article.title == "Ferry to the islands runs again after the storm"
    lines = article.body.split("\n")
    assert (len(lines), lines[2]) == (4, "What travellers should know")
    assert lines[-1].startswith("The timetable stays reduced")


def test_the_date_is_the_article_s_own_and_never_a_listing_s() -> None:
    dated = dissect_text(PAGE, "https://courier.example.org/a", datetime(2024, 3, 1, tzinfo=UTC)).article
    undated = dissect_text(PAGE.replace("2024-02-11 08:30\n", ""), None, datetime(2024, 3, 1, tzinfo=UTC)).article
    assert dated is not None and undated is not None
    assert dated.published_at is not None and dated.published_at.date().isoformat() == "2024-02-11"
    assert undated.published_at is None
    assert "no_date" in undated.quality_flags


def test_a_title_element_in_the_first_line_tells_which_line_is_the_headline() -> None:
    menu = "Home\nNews\nSport\nIslands and harbours of the whole western coast\n"
    article = dissect_text("Ferry to the islands runs again after the storm - Courier\n" + menu + PAGE, None, None).article
    assert article is not None and article.title == "Ferry to the islands runs again after the storm"


def test_headlines_alone_are_a_list() -> None:
    text = "\n".join(f"Headline number {n} about something that happened" for n in range(30))
    assert dissect_text(text, None, None).reason == "not_article:list_page"


@pytest.mark.skipif(not SEED.exists(), reason="the page this project was created from is not at hand: ../shared/seed/page.txt")
def test_the_seed_gives_its_article_and_none_of_its_listings() -> None:
    page = dissect_text(SEED.read_text("utf-8"), None, None)
    assert page.article is not None
    lines = page.article.body.split("\n")
    assert len(lines) in (7, 8)  # the caption of its picture is one of them for now
    assert lines[-1].endswith("網(wǎng)絡(luò)空間。")
    assert page.article.published_at is None
