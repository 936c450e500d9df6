"""Already extracted text: the article's lines among those of the listings around it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.dissection.findings import DissectedPage
from tasks.dissection.page import dissect_text

SEED = Path(__file__).parents[3] / "shared" / "seed" / "page.txt"

STORY = """
Ferry to the islands runs again after the storm
2024-02-11 08:30
The first ferry left the harbour at dawn on Sunday with two hundred passengers and the post of three days.
Waves had torn a ramp from the pier on Thursday, and no ship could land until divers had cleared the wreck.
What travellers should know
The timetable stays reduced until Wednesday, and the night boat does not sail at all, the company said.
"""
PAGE = (
    STORY
    + """
- Editor: Ines Vandermolen
-
Council votes on the new school in the old barracks
2024-02-10 17:50 Schools -
Lighthouse keeper retires after forty years of service
2024-02-10 16:12 -
Oyster beds are closed until the water clears
2024-02-10 11:05 Fishing -
"""
)


def body_of(text: str) -> list[str]:
    article = dissect_text(text, None, None).article
    assert article is not None
    return article.body.split("\n")


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


def test_the_address_tells_which_line_is_the_headline() -> None:
    text = STORY.replace("2024-02-11 08:30\n", "Divers worked through the whole night in icy water\n")
    article = dissect_text(text, "https://courier.example.org/news/ferry-islands-runs-again-storm-4711", None).article
    assert article is not None and article.title == "Ferry to the islands runs again after the storm"


def test_front_matter_states_what_the_text_does_not_print() -> None:
    stated = "---\ntitle: Ferry sails again\nauthor: Ines Vandermolen\ndate: 2024-02-11\nsitename: Courier\nfingerprint: 3f2a\n---\n"
    page = dissect_text(stated + "\n".join(body_of(STORY)), "https://courier.example.org/a", None)
    assert page.article is not None and page.article.published_at is not None
    assert (page.article.title, page.article.site_name, page.article.body.split("\n")) == ("Ferry sails again", "Courier", body_of(STORY))
    assert page.article.published_at.date().isoformat() == "2024-02-11"
    assert [(credit.role, credit.name) for credit in page.credits] == [("author", "Ines Vandermolen")]


def test_headlines_alone_are_a_list() -> None:
    text = "\n".join(f"Headline number {n} about something that happened" for n in range(30))
    assert dissect_text(text, None, None).reason == "not_article:list_page"


def test_what_stands_between_paragraphs_and_is_no_part_of_them_is_left_out() -> None:
    extra = "Article content\nRead more: Storm damage along the coast is worse than feared\n"
    widget = "Share\nPrint\nMail\nSave\nArticle content\n"
    more = "The crane that lifted it had come by night from the mainland, on the back of a barge that was built for gravel.\n" * 2
    story = STORY + more * 2
    assert body_of(story.replace("What travellers", f"{extra}{widget}What travellers")) == body_of(story)


def test_what_readers_wrote_is_no_part_of_the_article() -> None:
    comment = "anna_k\n3 hours ago\nMy parents waited on the island for three days and nobody told them anything about it.\nReply\nReport\n"
    assert body_of(f"{STORY}Comments (2)\n{comment}{comment}") == body_of(STORY)


def test_a_caption_between_paragraphs_becomes_an_image_without_an_address() -> None:
    text = """
灯塔守望人退休
记者从港务局获悉，西岬灯塔最后一名守望人将于本月底退休，灯塔此后改由岸上的值班室遥控，夜间仍照常发光。
西岬灯塔资料图
守望人说，他最舍不得的是冬天的日出，以及每天清晨送邮件来的那条小船，船上的人都认得他的狗。
"""
    page = dissect_text(text, None, None)
    assert [(image.url, image.caption) for image in page.images] == [(None, "西岬灯塔资料图")]
    assert page.article is not None and "资料图" not in page.article.body


def test_editors_under_the_article_are_credited() -> None:
    page = dissect_text(PAGE, None, None)
    assert [(credit.role, credit.name) for credit in page.credits] == [("editor", "Ines Vandermolen")]


def seed() -> DissectedPage:
    if not SEED.exists():
        pytest.skip("the page this project was created from is not at hand: ../shared/seed/page.txt")
    return dissect_text(SEED.read_text("utf-8"), None, None)


def test_the_seed_gives_its_article_without_listings_caption_and_credit() -> None:
    page = seed()
    assert page.article is not None
    lines = page.article.body.split("\n")
    assert len(lines) == 7
    assert lines[-1].endswith("網(wǎng)絡(luò)空間。")
    assert page.article.published_at is None
    assert [image.caption for image in page.images] == ["中國駐日本大使館網(wǎng)站截圖"]
    assert [credit.role for credit in page.credits] == ["editor"]
    assert [(s.kind, s.speaker_label) for s in page.statements] == [("question", "問"), ("answer", "答")]


def test_the_seed_gives_its_three_listings_with_times_topics_and_counts() -> None:
    related, recommended, hot = seed().listings
    assert [len(listing.items) for listing in (related, recommended, hot)] == [20, 5, 16]
    assert [listing.kind for listing in (related, recommended, hot)] == ["related", "recommended", "hot"]
    assert all(item.listed_at is not None for item in related.items)
    assert sum(item.topic is None for item in related.items) == 5
    assert [item.comment_count for item in recommended.items] == [26, 114, 144, 228, 224]
    assert hot.label == "最新聞 Hot"
