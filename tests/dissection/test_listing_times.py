"""Times beside the headlines of a listing, in the forms and languages in which newsrooms print them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.dissection.findings import ListingItem
from tasks.dissection.listings.found import FoundItem, ItemText
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.details import read_items
from tasks.dissection.words.zones import Zone

SEEN = datetime(2024, 3, 6, 12, 40, 30, tzinfo=UTC)  # a Wednesday
PUBLISHED = datetime(2024, 3, 5, 8, 0, tzinfo=UTC)

PRINTED = """
zh | 2024-03-05 17:50 极端天气      | 2024-03-05 17:50 | minute
zh | 2024年3月5日                   | 2024-03-05 00:00 | day
de | 05.03.2024 • 15:02 Uhr         | 2024-03-05 15:02 | minute
de | 05.03.24                       | 2024-03-05 00:00 | day
en | Mar 5, 2024                    | 2024-03-05 00:00 | day
en | By Ann Moss, 5 March 2024      | 2024-03-05 00:00 | day
en | January 2024                   | 2024-01-01 00:00 | month
ja | 2024年2月                      | 2024-02-01 00:00 | month
ar | ٥ مارس ٢٠٢٤                    | 2024-03-05 00:00 | day
ko | 2024.03.05 오후 3:20           | 2024-03-05 15:20 | minute
vi | 05/03/2024 19:25               | 2024-03-05 19:25 | minute
"""
RELATIVE = """
zh | 3小时前            | 2024-03-06 09:40 | hour
zh | 半小时前           | 2024-03-06 12:10 | hour
zh | 刚刚               | 2024-03-06 12:40 | minute
zh | 昨天 12:30         | 2024-03-05 12:30 | minute
ja | 1時間前            | 2024-03-06 11:40 | hour
ja | 3日前              | 2024-03-03 00:00 | day
ko | 3시간 전           | 2024-03-06 09:40 | hour
en | 5 mins ago         | 2024-03-06 12:35 | minute
en | 1 hour 20 minutes ago | 2024-03-06 11:20 | minute
en | an hour ago        | 2024-03-06 11:40 | hour
en | yesterday          | 2024-03-05 00:00 | day
en | Monday 14:20       | 2024-03-04 14:20 | minute
en | 2 weeks ago        | 2024-02-01 00:00 | month
de | vor 2 Stunden      | 2024-03-06 10:40 | hour
de | vor einer Stunde   | 2024-03-06 11:40 | hour
de | gestern, 15:03 Uhr | 2024-03-05 15:03 | minute
fr | il y a 2 h         | 2024-03-06 10:40 | hour
es | hace 3 horas       | 2024-03-06 09:40 | hour
pt | há 2 horas         | 2024-03-06 10:40 | hour
pt | 2 horas atrás      | 2024-03-06 10:40 | hour
it | 2 ore fa           | 2024-03-06 10:40 | hour
nl | 3 uur geleden      | 2024-03-06 09:40 | hour
pl | 2 dni temu         | 2024-03-04 00:00 | day
pl | godzinę temu       | 2024-03-06 11:40 | hour
ru | 2 часа назад       | 2024-03-06 10:40 | hour
uk | 2 години тому      | 2024-03-06 10:40 | hour
ar | منذ ساعتين         | 2024-03-06 10:40 | hour
ar | قبل 3 ساعات        | 2024-03-06 09:40 | hour
fa | ۳ ساعت پیش         | 2024-03-06 09:40 | hour
he | לפני שעתיים        | 2024-03-06 10:40 | hour
tr | 5 saat önce        | 2024-03-06 07:40 | hour
vi | 2 giờ trước        | 2024-03-06 10:40 | hour
id | 3 jam yang lalu    | 2024-03-06 09:40 | hour
hi | 2 घंटे पहले        | 2024-03-06 10:40 | hour
th | 5 ชั่วโมงที่แล้ว   | 2024-03-06 07:40 | hour
sv | för 3 timmar sedan | 2024-03-06 09:40 | hour
da | for 2 timer siden  | 2024-03-06 10:40 | hour
nb | 2 timer siden      | 2024-03-06 10:40 | hour
fi | 2 tuntia sitten    | 2024-03-06 10:40 | hour
cs | před 2 hodinami    | 2024-03-06 10:40 | hour
hu | 2 órája            | 2024-03-06 10:40 | hour
el | πριν από 3 ώρες    | 2024-03-06 09:40 | hour
ro | acum 20 de minute  | 2024-03-06 12:20 | minute
"""
PARTIAL = """
zh | 03-05          | 2024-03-05 00:00 | day
zh | 12-30 08:15    | 2023-12-30 08:15 | minute
ja | 3/5 19:42      | 2024-03-05 19:42 | minute
ja | 7月20日        | 2023-07-20 00:00 | day
de | 20.02. 14:30   | 2024-02-20 14:30 | minute
en | 20 Feb         | 2024-02-20 00:00 | day
"""
NO_TIMES = ("2:1", "02:31:10", "12.50", "1/2", "5 min read", "Today", "Vor dem Gipfel", "24/7", "G20", "3 years ago")


def read(text: str, lang: str, observed_at: datetime | None, *, tag: str = "span") -> ListingItem:
    clock = ListingClock(observed_at, PUBLISHED, Zone("UTC", "utc"), lang, False)
    return read_items([FoundItem("A bridge falls", "/1", (), (ItemText(text, tag),))], None, "", clock)[0]


def cases(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def told(item: ListingItem) -> tuple[str, str | None]:
    return (item.listed_at.strftime("%Y-%m-%d %H:%M") if item.listed_at else "", item.listed_precision)


@pytest.mark.parametrize(("lang", "text", "at", "precision"), cases(PRINTED))
def test_a_time_that_is_printed_in_full_needs_no_clock(lang: str, text: str, at: str, precision: str) -> None:
    item = read(text, lang, None)
    assert (*told(item), item.listed_source) == (at, precision, "printed")


@pytest.mark.parametrize(("lang", "text", "at", "precision"), cases(RELATIVE))
def test_a_relative_time_is_told_from_the_observation_and_from_nothing_else(lang: str, text: str, at: str, precision: str) -> None:
    item = read(text, lang, SEEN)
    assert (*told(item), item.listed_source) == (at, precision, "relative")
    blind = read(text, lang, None)
    assert (blind.listed_at, blind.listed_text) == (None, text)


@pytest.mark.parametrize(("lang", "text", "at", "precision"), cases(PARTIAL))
@pytest.mark.parametrize("observed_at", [SEEN, None], ids=["observed", "published"])
def test_a_partial_date_is_the_last_such_day(lang: str, text: str, at: str, precision: str, observed_at: datetime | None) -> None:
    item = read(text, lang, observed_at)
    assert (*told(item), item.listed_source) == (at, precision, "completed")


def test_a_time_of_day_alone_is_the_last_before_the_observation() -> None:
    assert [told(read(text, "ar", SEEN))[0] for text in ("09:52", "15:55")] == ["2024-03-06 09:52", "2024-03-05 15:55"]
    assert (read("15:55", "ar", None).listed_at, read("15:55", "ar", None).listed_text) == (None, "15:55")


@pytest.mark.parametrize("text", NO_TIMES)
def test_scores_prices_lengths_and_words_are_no_times(text: str) -> None:
    assert read(text, "en", SEEN).listed_at is None


def test_a_local_time_is_meant_in_the_zone_of_the_outlet_and_a_printed_offset_wins() -> None:
    clock = ListingClock(None, None, Zone("Asia/Tokyo", "host"), "ja", False)
    pieces = (ItemText("2024-03-05 09:00"), ItemText("2024-03-05 09:00 +02:00"))
    items = read_items([FoundItem("橋が落ちる", "/1", (), (piece,)) for piece in pieces], None, "", clock)
    assert [(told(item)[0], item.listed_zone) for item in items] == [
        ("2024-03-05 00:00", "Asia/Tokyo"),
        ("2024-03-05 07:00", "+02:00"),
    ]


def test_an_attribute_for_machines_tells_what_readers_see_as_words() -> None:
    clock = ListingClock(None, None, Zone("UTC", "utc"), "en", False)
    piece = ItemText("2 hours ago", "time", machine="2024-03-06T10:40:12Z")
    item = read_items([FoundItem("A bridge falls", "/1", (), (piece,))], None, "", clock)[0]
    assert (*told(item), item.listed_source, item.listed_text) == ("2024-03-06 10:40", "minute", "machine", "2 hours ago")


def test_a_day_and_a_time_of_day_in_elements_of_their_own_are_one_time() -> None:
    clock = ListingClock(SEEN, None, Zone("UTC", "utc"), "zh", False)
    found = FoundItem("A bridge falls", "/1", (), (ItemText("03-05", "span", "info-date"), ItemText("18:40", "span", "info-time")))
    item = read_items([found], None, "", clock)[0]
    assert (*told(item), item.listed_text) == ("2024-03-05 18:40", "minute", "03-05 18:40")


def test_a_date_after_the_observation_is_an_event_and_no_publication() -> None:
    item = read("12 December 2025", "en", SEEN)
    assert (item.listed_at, item.listed_text) == (None, "12 December 2025")


def test_lengths_of_videos_go_up_and_down_and_are_no_times() -> None:
    clock = ListingClock(SEEN, None, Zone("UTC", "utc"), "en", False)
    lengths, times = ("02:31", "10:05", "01:12", "04:40"), ("12:31", "12:05", "11:12", "10:40")
    for column, count in ((lengths, 0), (times, 4)):
        items = read_items([FoundItem(f"Story {text}", "/1", (ItemText(text),)) for text in column], None, "", clock)
        assert sum(item.listed_at is not None for item in items) == count


@given(st.text(max_size=80), st.sampled_from(["zh", "de", "en", "ar", "tr", None]), st.booleans())
def test_no_text_ever_raises(text: str, lang: str | None, is_time: bool) -> None:
    clock = ListingClock(SEEN, PUBLISHED, Zone("UTC", "utc"), lang, True)
    piece = ItemText(text, "time" if is_time else "span", "date rank", None, text)
    assert len(read_items([FoundItem(text, text, (piece,), (piece,))], text, text, clock)) == 1


def test_a_time_told_in_utc_is_of_the_zone_that_the_outlets_readers_have() -> None:
    clock = ListingClock(None, PUBLISHED, Zone("Europe/Rome", "host"), "it", False)
    pieces = (ItemText("", "time", machine="2024-03-05T23:10:00Z"), ItemText("", "time", machine="2024-03-05T00:00:00Z"))
    items = [FoundItem("Un titolo abbastanza lungo per una notizia", "/a", (), (piece,)) for piece in pieces]
    timed, of_a_day = read_items(items, None, "", clock)
    assert (timed.listed_at, timed.listed_zone) == (datetime(2024, 3, 5, 23, 10, tzinfo=UTC), "Europe/Rome")
    assert (of_a_day.listed_zone, of_a_day.listed_precision) == ("UTC", "day")  # the midnight of UTC tells no time of day


def test_an_instant_for_machines_is_shown_by_the_clock_of_the_outlet() -> None:
    clock = ListingClock(None, None, Zone("Europe/Oslo", "host"), "nb", False)
    piece = ItemText("5. mars", "time", machine="2024-03-05T23:41:12Z")
    (item,) = read_items([FoundItem("A bridge falls", "/1", (piece,))], None, "", clock)
    assert (item.listed_at, item.listed_zone) == (datetime(2024, 3, 5, 23, 41, 12, tzinfo=UTC), "Europe/Oslo")
