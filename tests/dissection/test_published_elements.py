"""Dates that attributes tell, and those that are told from the moment of reading."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.markup.parsed_page import ParsedPage

OBSERVED = datetime(2024, 9, 15, 12, tzinfo=UTC)
STORY = "<p>" + "The ferry slip stays open for two more winters, the council said. " * 8 + "</p>"


def dates_of(line: str, lang: str = "en", observed_at: datetime | None = OBSERVED, above: str = "") -> PublishedDates:
    html = f"<html lang={lang}><body>{above}<main><h1>Ferry slip stays open</h1>{line}{STORY}</main></body></html>"
    return find_dates(ParsedPage(html, "https://pell.example/a", observed_at), None).value


TOLD = [
    "<div>Posted at <abbr class=published title='2024-05-04T09:30:00+02:00'>9:30 AM</abbr></div>",
    "<span itemprop=datePublished content='2024-05-04T09:30:00+02:00'>4 May</span>",
    "<p><span class=dt-published title='2024-05-04T09:30:00+02:00'>last spring</span></p>",
    "<div data-timestamp=1714807800>4 May</div>",
    "<p>By Ann Lee <span class=date data-time=1714807800000></span></p>",
    "<span class='date updated published' content='2024-05-04T09:30:00+02:00'>in spring</span>",
]


@pytest.mark.parametrize("line", TOLD)
def test_attributes_near_the_headline_tell_the_moment(line: str) -> None:
    dates = dates_of(line)
    assert (dates.published_at, dates.published_precision) == (datetime(2024, 5, 4, 7, 30, tzinfo=UTC), "minute")


NOT_TOLD = [
    "<div class=comments><span data-timestamp=1714807800>4 May</span></div>",
    "<ul><li><a href=/b>How the old lock of Pell was saved after all</a> <span data-timestamp=1714807800>May</span></li></ul>",
    "<div data-id=1714807800>Share</div>",
    "<div><a href=/game data-time=2018-06-29>PC</a></div>",
    "<div class=published title='Published by the harbour council of 1999'>Report</div>",
]


@pytest.mark.parametrize("line", NOT_TOLD)
def test_attributes_of_comments_teasers_and_numbers_tell_nothing(line: str) -> None:
    assert dates_of(line).published_at is None


def test_an_attribute_of_a_change_is_a_change() -> None:
    dates = dates_of("<p>4 May 2024 <abbr class=updated title='2024-05-06T09:30:00Z'>on Monday</abbr></p>")
    assert (dates.published_at, dates.modified_at) == (datetime(2024, 5, 4, tzinfo=UTC), datetime(2024, 5, 6, 9, 30, tzinfo=UTC))


RELATIVE = """
en | Published 3 hours ago  | 2024-09-15
en | Yesterday at 10:20     | 2024-09-14 10:20
de | vor 2 Stunden          | 2024-09-15
zh | 昨天 10:20　来源：临江日报 | 2024-09-14 10:20
zh | 今天 08:15             | 2024-09-15 08:15
zh | 35分钟前               | 2024-09-15 19:25
"""


@pytest.mark.parametrize("row", RELATIVE.strip().splitlines())
def test_times_told_from_the_reading_are_those_before_the_capture(row: str) -> None:
    lang, line, expected = (cell.strip() for cell in row.split("|"))
    dates = dates_of(f"<div class=date>{line}</div>", lang)
    assert dates.published_at is not None and dates.published_zone is not None
    hours = {"zh": 8, "de": 2}.get(lang, 0)
    local = datetime.fromtimestamp(dates.published_at.timestamp() + 3600 * hours, UTC)
    assert local.strftime("%Y-%m-%d %H:%M" if dates.published_precision == "minute" else "%Y-%m-%d") == expected
    assert dates_of(f"<div class=date>{line}</div>", lang, observed_at=None).published_at is None


NOT_ITS_OWN = [
    "<div class=comments><p>Jutta: 3 hours ago</p></div>",
    "<p>Sunday 10:20</p>",
    "<p>3 weeks ago</p>",
    "<p>Starts 3 hours ago</p>",
    f"<p>{'The council had met in the old town hall on the quay ' * 2} 3 hours ago</p>",
]


@pytest.mark.parametrize("line", NOT_ITS_OWN)
def test_others_times_are_not_taken(line: str) -> None:
    assert dates_of(line).published_at is None


def test_a_relative_change_is_a_change() -> None:
    dates = dates_of("<div>Updated 35 minutes ago</div>")
    assert (dates.published_at, dates.modified_at) == (None, datetime(2024, 9, 15, 11, 25, tzinfo=UTC))


def test_a_printed_date_is_better_than_a_relative_one() -> None:
    assert dates_of("<div>3 hours ago</div><div>4 May 2024</div>").published_at == datetime(2024, 5, 4, tzinfo=UTC)


def test_a_label_in_an_element_of_its_own_tells_what_the_time_beside_it_dates() -> None:
    line = "<div class=meta><span>Last updated:</span> <span><time datetime=2024-05-06T09:30Z>May 6, 2024</time></span></div>"
    dates = dates_of(f"{line}<p>4 May 2024</p>")
    assert (dates.published_at, dates.modified_at) == (datetime(2024, 5, 4, tzinfo=UTC), datetime(2024, 5, 6, 9, 30, tzinfo=UTC))


def test_a_guess_is_not_made_of_a_change_that_machines_are_told() -> None:
    assert dates_of("<meta property=article:modified_time content=2024-05-06T09:30:00Z>").published_at is None


def test_a_date_line_may_link_to_categories_with_long_names() -> None:
    line = "<div>4 May 2024 <a href=/category/harbour>Everything about the harbour, the quay and the ferries</a></div>"
    assert dates_of(line).published_at == datetime(2024, 5, 4, tzinfo=UTC)
