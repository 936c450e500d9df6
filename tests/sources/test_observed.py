"""Times as crawlers, data bases and data sets write them."""

from datetime import UTC, date, datetime

import pytest

from tasks.sources.observed import parse_instant

NOON = datetime(2024, 9, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("written", [
    NOON, datetime(2024, 9, 15, 12), "2024-09-15T12:00:00Z", "2024-09-15 12:00:00", "2024-09-15 12:00:00 UTC", "2024-09-15 12:00 GMT",
    "Sun, 15 Sep 2024 12:00:00 GMT", "Sun, 15 Sep 2024 14:00:00 +0200", "Sun Sep 15 12:00:00 2024", "2024/09/15 12:00:00",
    "09/15/2024 12:00:00", "15.09.2024 12:00", "15/9/2024 12:00", "2024年9月15日 12:00", "20240915120000", 20240915120000,
    1726401600, 1726401600.0, 1726401600000, 1726401600000000, 1726401600000000000, "1726401600", "1726401600.0", "1726401600000000000",
    "2024-09-15T14:00:00 02:00", "2024-09-15T12:00:00Z[UTC]", "2024-09-15T14:00:00+02:00[Europe/Oslo]", "2024-09-15 14:00 CEST",
    {"$date": "2024-09-15T12:00:00Z"}, {"$date": {"$numberLong": "1726401600000"}},
])  # fmt: skip
def test_one_moment_in_the_ways_in_which_tables_write_it(written: object) -> None:
    assert parse_instant(written) == NOON


@pytest.mark.parametrize("written", ["2024-09-15", "20240915", 20240915, "2024/09/15", "15 September 2024", date(2024, 9, 15)])
def test_a_day_is_its_midnight(written: object) -> None:
    assert parse_instant(written) == datetime(2024, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("written", ["1726401600123456789", 1726401600123456789, "2024-09-15T12:00:00.123456789Z"])
def test_parts_of_a_second_are_kept_to_the_microsecond(written: object) -> None:
    assert parse_instant(written) == NOON.replace(microsecond=123456)


@pytest.mark.parametrize("written", [
    None, "", "yesterday", "05/04/2024", "5-4-2024 10:00", "2024-02-31", "1726", 0, -1, True, float("nan"), float("inf"), 10**30,
    "1970-01-01", "2150-01-01", {}, {"$date": None}, {"at": "2024-09-15"}, [1726401600], "9" * 40,
])  # fmt: skip
def test_what_is_no_time_or_could_be_two_is_none(written: object) -> None:
    assert parse_instant(written) is None
