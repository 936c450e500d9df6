"""When an article was published: minute, zone and what told it."""

from datetime import UTC, datetime

import pytest

from tasks.dissection.dates.published import find_dates
from tasks.dissection.markup.parsed_page import ParsedPage

OBSERVED = datetime(2025, 3, 1, 12, tzinfo=UTC)


def page(head: str = "", body: str = "", url: str | None = "https://www.flussbote.de/a", lang: str = "de") -> ParsedPage:
    html = f'<html lang="{lang}"><head>{head}</head><body><h1>Fähre fährt wieder</h1>{body}<p>{"Die Fähre fährt. " * 20}</p></body></html>'
    return ParsedPage(html, url, OBSERVED)


def json_ld(**fields: str) -> str:
    inner = ",".join(f'"{k}":"{v}"' for k, v in fields.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Fähre fährt wieder",{inner}}}</script>'


def test_the_printed_offset_is_kept_as_the_zone() -> None:
    dates = find_dates(page(json_ld(datePublished="2025-02-10T14:46:12+02:00")), None).value
    assert dates.published_at == datetime(2025, 2, 10, 12, 46, 12, tzinfo=UTC)
    assert (dates.published_zone, dates.published_zone_source, dates.published_precision) == ("+02:00", "offset", "minute")


@pytest.mark.parametrize(
    ("url", "lang", "zone", "source"),
    [
        ("https://www.flussbote.de/a", "de", "Europe/Berlin", "host"),
        ("https://kawa.co.jp/a", "ja", "Asia/Tokyo", "host"),
        ("https://www.fluss.tv/a", "de-AT", "Europe/Vienna", "lang"),
        ("https://www.jianghe.com/a", "zh-CN", "Asia/Shanghai", "lang"),
        ("https://www.rivertimes.com/a", "en", "UTC", "utc"),
    ],
)
def test_a_local_time_is_meant_in_the_outlets_zone(url: str, lang: str, zone: str, source: str) -> None:
    dates = find_dates(page('<meta property="article:published_time" content="2025-02-10 14:46:00">', url=url, lang=lang), None)
    assert (dates.value.published_zone, dates.value.published_zone_source) == (zone, source)


def test_readers_are_shown_the_minute_where_machines_are_told_only_the_day() -> None:
    dates = find_dates(page(json_ld(datePublished="2025-02-10"), "<p class=date>10.02.2025, 17:30 Uhr</p>"), None)
    assert (dates.value.published_at, dates.value.published_source) == (datetime(2025, 2, 10, 16, 30, tzinfo=UTC), "visible")


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2025-02-10 17:30 来源：江河报", "2025年2月10日 17:30", "Publié le 10 février 2025 à 17h30",
        "10 февраля 2025, 17:30", "نشر في 10 فبراير 2025 17:30", "입력 2025.02.10. 오후 5:30", "10 de febrero de 2025, 17:30",
        "<span>2025</span> <em>02/10</em> <b>17:30</b>",
    ],
)  # fmt: skip
def test_a_date_line_under_the_headline_is_read_in_any_language(line: str) -> None:
    dates = find_dates(page(body=f"<div>{line}</div>"), None)
    assert dates.value.published_at == datetime(2025, 2, 10, 16, 30, tzinfo=UTC)


def test_the_date_of_a_change_is_not_the_date_of_publication() -> None:
    dates = find_dates(page(body="<div>10.02.2025, 17:30 Uhr</div><div>Aktualisiert: 11.02.2025, 08:00 Uhr</div>"), None)
    assert dates.value.published_at == datetime(2025, 2, 10, 16, 30, tzinfo=UTC)
    assert dates.value.modified_at == datetime(2025, 2, 11, 7, 0, tzinfo=UTC)


def test_the_date_of_another_story_is_not_taken() -> None:
    teaser = '<li><a href="/b"><h4>Eine ganz andere Geschichte vom Fluss</h4><time datetime="2025-02-27T10:00">27.02.</time></a></li>'
    assert find_dates(page(body=f"<ul>{teaser}</ul>"), None).value.published_at is None


@pytest.mark.parametrize(
    ("value", "flag"),
    [("0001-01-01T00:00:00Z", "impossible_date"), ("9999-12-31", "impossible_date"), ("2025-03-09T08:00:00Z", "future_date")],
)
def test_impossible_dates_are_refused_with_a_verdict_and_a_flag(value: str, flag: str) -> None:
    dates = find_dates(page(json_ld(datePublished=value)), None)
    assert dates.value.published_at is None and flag in dates.flags and "no_date" in dates.flags
    assert dates.findings[0].candidates[0].verdict.startswith("refused")


def test_a_refused_date_leaves_the_place_to_the_next() -> None:
    head = json_ld(datePublished="9999-12-31") + '<meta name="date" content="2025-02-10T08:00:00+01:00">'
    assert find_dates(page(head), None).value.published_source == "meta:date"


def test_a_z_on_the_same_wall_clock_as_a_real_offset_was_written_without_thought() -> None:
    head = json_ld(datePublished="2025-02-10T17:30:00Z") + '<meta property="article:published_time" content="2025-02-10T17:30:00+01:00">'
    dates = find_dates(page(head), None)
    assert (dates.value.published_at, dates.value.published_zone) == (datetime(2025, 2, 10, 16, 30, tzinfo=UTC), "+01:00")


def test_midnight_of_machines_is_only_a_day() -> None:
    assert find_dates(page(json_ld(datePublished="2025-02-10T00:00:00+01:00")), None).value.published_precision == "day"


def test_a_change_before_publication_is_refused() -> None:
    dates = find_dates(page(json_ld(datePublished="2025-02-10T17:30:00+01:00", dateModified="2025-02-09T10:00:00+01:00")), None)
    assert dates.value.modified_at is None
    assert dates.findings[1].candidates[0].verdict == "refused: before publication"


def test_the_day_in_the_url_is_better_than_none_and_the_capture_never_counts() -> None:
    assert find_dates(page(url="https://www.flussbote.de/2025/02/10/faehre"), None).value.published_source == "url"
    assert find_dates(page(), None).value.published_at is None
