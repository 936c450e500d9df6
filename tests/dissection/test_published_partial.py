"""Days printed without their year: completed from what the page tells, and never from the capture or another story."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.findings import Candidate, Found
from tasks.dissection.listings.found import FoundItem, FoundListing, ItemText
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.partial_dates import partial_days_in

BODY = "据云江港务局消息，7月20日，三艘驳船在闸口检修后重新起航。" + "船员们清晨检查了缆绳和水泵，随后向下游驶去。" * 6

PRINTED = """
7月20日，三艘驳船                | zh | 07-20
发布时间：10-08 12:00            | zh | 10-08 12:00
（最終更新 1/14 21:40）          | ja | 01-14 21:40
7월 20일 오후 3:20               | ko | 07-20 15:20
BERLIN, 3. März (dpa) —          | de | 03-03
WASHINGTON, July 20 (Wire) —     | en | 07-20
20 июля, 15:30                   | ru | 07-20 15:30
7 de julio, 10:30                | es | 07-07 10:30
20 juillet à 9h05                | fr | 07-20 09:05
2021年7月20日                    | zh |
July 20, 2021                    | en |
Das 3. Tor fiel in der 90.       | de |
May the fourth be with you       | en |
"""


@pytest.mark.parametrize("line", PRINTED.strip().splitlines())
def test_a_day_without_a_year_is_read_in_the_pages_language(line: str) -> None:
    text, lang, wanted = (cell.strip() for cell in line.split("|"))
    found = []
    for day in partial_days_in(text, lang=lang, month_first=False, numeric=True):
        clock = f" {day.clock.hour:02}:{day.clock.minute:02}" if day.clock else ""
        found.append(f"{day.month:02}-{day.day:02}{clock}")
    assert found == ([wanted] if wanted else [])


def dates_of(
    line: str = "", head: str = "", body: str | None = BODY, observed_at: datetime | None = None, listings: tuple[FoundListing, ...] = ()
) -> Found[PublishedDates]:
    shown = f"<h1>驳船重新起航</h1><div>{line}</div><p>{BODY}</p>"
    html = f"<html lang=zh><head><title>驳船重新起航</title>{head}</head><body>{shown}</body></html>"
    return find_dates(ParsedPage(html, "https://www.yunjiang.cn/a", observed_at), body, listings)


def candidates(dates: Found[PublishedDates], source: str) -> list[Candidate]:
    return [c for c in dates.findings[0].candidates if c.source == source]


def test_a_date_line_without_a_year_gets_it_from_another_place_of_the_page() -> None:
    dates = dates_of("发布时间：07-21 09:15", '<meta name="lastmod" content="2021-07-21 09:15:40">')
    assert (dates.value.published_at, dates.value.published_precision) == (datetime(2021, 7, 21, 1, 15, tzinfo=UTC), "minute")


def test_new_years_eve_beside_a_machine_date_of_january_is_of_the_year_before() -> None:
    dates = dates_of("发布时间：12-31 23:50", '<meta name="lastmod" content="2022-01-01 00:10:00">')
    assert dates.value.published_at == datetime(2021, 12, 31, 15, 50, tzinfo=UTC)


def test_published_at_never_comes_from_the_capture() -> None:
    dates = dates_of("发布时间：07-21 09:15", observed_at=datetime(2021, 7, 22, tzinfo=UTC))
    assert dates.value.published_at is None
    assert [c.verdict for c in candidates(dates, "visible")] == ["refused: only the capture tells its year"]


def test_the_day_that_the_story_tells_is_kept_and_not_taken() -> None:
    (told,) = candidates(dates_of(), "text")
    assert told.value is not None and told.value.endswith("7月20日")
    assert told.verdict == "refused: its year is nowhere told"


def test_another_story_on_the_page_tells_the_year_for_the_evidence_alone() -> None:
    item = FoundItem("上游水位创新高", "/b", after=(ItemText("2021-07-20 17:50 水情"),))
    dates = dates_of(listings=(FoundListing(None, (item,), "lines 3 to 4", 1.0, "dated lines"),))
    (told,) = candidates(dates, "text")
    assert told.value is not None and told.value.endswith("= 2021-07-20")
    assert told.verdict.startswith("refused: the story's day, not the article's")
    assert dates.value.published_at is None


def test_the_day_that_the_story_tells_agrees_with_the_articles() -> None:
    dates = dates_of("2021-07-20 18:05")
    assert [c.verdict for c in candidates(dates, "text")] == ["agrees"]
