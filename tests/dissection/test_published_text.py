"""Moments as machines and newspapers of many languages write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.dissection.words.dates import moments_in, read_moment, states_impossible_date

MACHINES = """
2024-11-26T21:45+0800              | 2024-11-26 21:45 | +08:00
2024-11-26T13:27:18.000Z           | 2024-11-26 13:27 | UTC
2025-05-15T20:00:52.000+0900       | 2025-05-15 20:00 | +09:00
2024-09-04T16:20:35+05:30          | 2024-09-04 16:20 | +05:30
2023-06-26T12:00:29.055            | 2023-06-26 12:00 |
2019-9-7 21:30:50                  | 2019-09-07 21:30 |
Tue, 26 Nov 2024 21:27:00 GMT      | 2024-11-26 21:27 | +00:00
Mon Nov 25 2019 16:04:30 GMT+0800  | 2019-11-25 16:04 | +08:00
1762590240000                      | 2025-11-08 08:24 | UTC
20240315T081500Z                   | 2024-03-15 08:15 | UTC
"""

NEWSPAPERS = """
2019年09月09日 20:52                       | 2019-09-09 20:52 |
2019-09-07 13:43:45 来源: 某报             | 2019-09-07 13:43 |
2025-01-14 下午 3:20                       | 2025-01-14 15:20 |
2025年1月14日 21時17分                     | 2025-01-14 21:17 |
令和7年1月14日 20:00                       | 2025-01-14 20:00 |
2025/1/14 21:17（最終更新 1/14 21:40）     | 2025-01-14 21:17 |
입력 2025.01.14 오후 3:20                  | 2025-01-14 15:20 |
28. April 2023, 19:50 Uhr                  | 2023-04-28 19:50 |
April 26, 2023 2:20pm EDT                  | 2023-04-26 14:20 | -04:00
June 26, 2023 5 AM PT                      | 2023-06-26 05:00 | America/Los_Angeles
12:05pm on 3 January 2024                  | 2024-01-03 12:05 |
Publié le 30 août 2023 à 14h52             | 2023-08-30 14:52 |
Lunes, 2 diciembre 2024 - 02:24            | 2024-12-02 02:24 |
14 de enero de 2025 a las 10:30            | 2025-01-14 10:30 |
torsdag 06. feb 2025 17:25                 | 2025-02-06 17:25 |
8 января 2026, 17:46                       | 2026-01-08 17:46 |
8 يناير 2026 10:30 م                       | 2026-01-08 22:30 |
Thứ tư, 22/10/2025, 19:25 (GMT+7)          | 2025-10-22 19:25 | +07:00
08 जनवरी 2026, 10:20 AM                    | 2026-01-08 10:20 |
18 มกราคม 2568 10:20 น.                    | 2025-01-18 10:20 |
23. 12. 2024 13:31                         | 2024-12-23 13:31 |
12 Ocak 2026 09:05                         | 2026-01-12 09:05 |
٨ يناير ٢٠٢٦ ١٠:٣٠                         | 2026-01-08 10:30 |
"""


def cases(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|", 2)] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "local", "zone"), cases(MACHINES) + cases(NEWSPAPERS))
def test_a_moment_is_read_with_its_minute_and_its_printed_zone(text: str, local: str, zone: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert (moment.local.strftime("%Y-%m-%d %H:%M"), moment.zone or "") == (local, zone)


@pytest.mark.parametrize("text", ["May 15th, 2023", "15.05.2023", "2023-05-15", "15 mai 2023", "2023年5月15日", "20230515"])
def test_a_date_without_a_time_of_day_has_no_clock(text: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert (moment.local, moment.has_clock) == (datetime(2023, 5, 15), False)


def test_the_order_of_slashes_follows_the_country() -> None:
    american, european = read_moment("02/12/2024", month_first=True), read_moment("02/12/2024")
    assert american is not None and european is not None
    assert (american.local.month, european.local.month) == (2, 12)


def test_a_two_digit_year_stands_first_in_chinese_and_last_elsewhere() -> None:
    chinese, german = read_moment("18-03-08 23:16", lang="zh"), read_moment("15.10.24 23:35", lang="de")
    assert chinese is not None and german is not None
    assert (chinese.local, german.local) == (datetime(2018, 3, 8, 23, 16), datetime(2024, 10, 15, 23, 35))


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31", "2024-13-01", "2024-02-31", "0000-00-00 00:00:00"])
def test_a_date_that_no_newspaper_can_mean_is_no_moment(text: str) -> None:
    assert read_moment(text) is None
    assert states_impossible_date(text)


WITHOUT_DATE = ["", "5 hours ago", "昨天 22:17", "09月07日", "ISBN 978-3-16-148410-0", "浙 B2-20181004", "Route 66", "1:30"]


@pytest.mark.parametrize("text", WITHOUT_DATE)
def test_text_without_a_full_date_gives_none(text: str) -> None:
    assert read_moment(text) is None


SOLAR = """
۱۵ اردیبهشت ۱۴۰۳ - ۱۴:۳۰     | 2024-05-04 14:30
1403/01/01 00:10              | 2024-03-20 00:10
۱۴۰۰/۰۱/۰۱ ۰۸:۰۰              | 2021-03-21 08:00
30 اسفند 1399، 20:15          | 2021-03-20 20:15
شنبه 7 مهر ماه 1397 09:05     | 2018-09-29 09:05
"""


@pytest.mark.parametrize("row", SOLAR.strip().splitlines())
def test_persian_pages_count_years_from_the_hijra_by_the_sun(row: str) -> None:
    text, local = (cell.strip() for cell in row.split("|"))
    moment = read_moment(text, lang="fa")
    assert moment is not None and moment.local.strftime("%Y-%m-%d %H:%M") == local
    assert read_moment(text, lang="ar") is None  # a lunar year there


def test_two_dates_in_a_line_are_two_moments_in_its_order() -> None:
    found = [m.local for m in moments_in("Published 3 May 2024 10:00, updated 4 May 2024 11:30")]
    assert found == [datetime(2024, 5, 3, 10), datetime(2024, 5, 4, 11, 30)]


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    list(moments_in(text))


DATE_LIKE = r"\d{1,4}[-/. 年]\d{1,2}[-/. 月]\d{1,4}[T ,日]{0,2}\d{1,2}[:h時.]\d{2}( ?[ap]m)?( ?([+-]\d{2,4}|Z|EST))?"


@given(st.from_regex(DATE_LIKE, fullmatch=True))
def test_nothing_that_looks_like_a_date_raises(text: str) -> None:
    list(moments_in(text, lang="zh"))
    list(moments_in(text, month_first=True))


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)))
def test_what_a_machine_writes_is_read_back(moment: datetime) -> None:
    read = read_moment(moment.isoformat(timespec="seconds"))
    assert read is not None
    assert read.local == moment.replace(microsecond=0)
