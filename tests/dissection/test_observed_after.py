"""A page without a capture time: the newest time that anything on it proves, and which place proved it."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.dissection.dates.observed_after import observed_after
from tasks.dissection.dates.published import find_dates
from tasks.dissection.findings import Finding, Listing, ListingItem
from tasks.dissection.markup.parsed_page import ParsedPage

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
STORY = "<p>" + "Der Leuchtturm am Ostkap bekommt eine neue Linse aus Glas. " * 8 + "</p>"
PUBLISHED = '<meta property="article:published_time" content="2024-02-10T17:30:00Z">'


def after(body: str = "", head: str = "", listings: tuple[Listing, ...] = (), now: datetime = NOW) -> tuple[str | None, Finding]:
    html = f"<html lang=en><head>{head}</head><body><main><h1>Neue Linse</h1>{STORY}</main>{body}</body></html>"
    page = ParsedPage(html, "https://www.ostkap.news/a")
    result = observed_after(page, find_dates(page, None).value, listings, now=now)
    at, finding = result.value, result.finding
    return (at.strftime("%Y-%m-%d %H:%M") if at else None), finding


def listed(at: str, source: str) -> tuple[Listing, ...]:
    item = ListingItem("Fähre fällt aus", listed_at=datetime.fromisoformat(at), listed_source=source, listed_text=at)
    return (Listing("latest", None, (item,), "//ul", 0.9, "links"),)


META = "meta:article:published_time"
PROOFS = {
    "the article": ("", "2024-02-10 17:30", META),
    "a comment": ('<div><time datetime="2024-02-12T08:15:00+01:00">Montag</time></div>', "2024-02-12 07:15", "time"),
    "a copyright line": ("<footer>© 1999–2025 Ostkap-Verlag</footer>", "2025-01-01 00:00", "copyright"),
    "a copyright line with its year set apart": ("<footer>Copyright <b>2025</b> Ostkap</footer>", "2025-01-01 00:00", "copyright"),
    "not an event": ('<div class="event"><time datetime="2025-07-01T19:00Z">1. Juli</time></div>', "2024-02-10 17:30", META),
    "not the future": ('<time datetime="2027-01-01T00:00Z">Neujahr</time>', "2024-02-10 17:30", META),
    "not the old year of a copyright line": ("<footer>© 2006</footer>", "2024-02-10 17:30", META),
}


@pytest.mark.parametrize(("body", "wanted", "place"), PROOFS.values(), ids=PROOFS.keys())
def test_the_newest_time_that_somebody_wrote_down_counts(body: str, wanted: str, place: str) -> None:
    at, finding = after(body, PUBLISHED)
    assert (at, finding.source) == (wanted, place)
    assert finding.field == "observed_after" and [c.verdict for c in finding.candidates].count("won") == 1


LISTED = """
printed   | 2024-03-01 09:00
machine   | 2024-03-01 09:00
relative  | 2024-02-10 17:30
completed | 2024-02-10 17:30
"""


@pytest.mark.parametrize("row", LISTED.strip().splitlines())
def test_a_listed_story_proves_what_is_printed_in_full(row: str) -> None:
    source, wanted = (cell.strip() for cell in row.split("|"))
    assert after(head=PUBLISHED, listings=listed("2024-03-01T09:00+00:00", source))[0] == wanted


def test_a_change_counts_as_well_as_one_within_the_minute_of_publication() -> None:
    touched = '<meta property="article:modified_time" content="2024-02-10T17:30:20Z">'
    later = '<meta property="article:modified_time" content="2024-02-11T06:00:00Z">'
    assert after(head=PUBLISHED + touched)[1].value == "2024-02-10T17:30:20+00:00"
    assert after(head=PUBLISHED + later)[1].source == "meta:article:modified_time"


def test_what_is_refused_stays_in_the_evidence() -> None:
    _, finding = after('<time datetime="2027-01-01T00:00Z">Neujahr</time>', PUBLISHED)
    assert finding.candidates[0].verdict == "refused: after the page was read"


def test_a_page_that_states_no_time_proves_none() -> None:
    at, finding = after()
    assert (at, finding.source, finding.reason) == (None, None, "nothing on the page proves a time")


def test_nothing_is_worked_out_where_a_crawler_has_told_the_time() -> None:
    page = ParsedPage(f"<html><head>{PUBLISHED}</head><body><h1>Neue Linse</h1>{STORY}</body></html>", None, NOW - timedelta(days=3))
    assert observed_after(page, find_dates(page, None).value, (), now=NOW).value is None


def test_a_local_time_with_a_thoughtless_z_proves_no_later_time_than_the_article() -> None:
    line = '<time datetime="2024-02-10T18:30:00Z">18:30</time>'
    html = f"<html lang=de><head>{PUBLISHED}</head><body><h1>Neue Linse</h1>{line}{STORY}</body></html>"
    page = ParsedPage(html, "https://www.ostkap.de/a")
    assert observed_after(page, find_dates(page, None).value, (), now=NOW).value == datetime(2024, 2, 10, 17, 30, tzinfo=UTC)
