"""What the page of the day says first, and that what crawled pages say stays in its cell."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.reporting.cells import as_code, shortened
from tasks.reporting.today_page import log_lines, summary, today_page
from warehouse.watch import SnapshotFile, Today

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
SNAPSHOT = SnapshotFile(Path("/srv/news/warehouse.duckdb"), 14_200_000, NOON)
HOME = Path("/srv/news")
RUN = {
    "run_id": "a" * 16, "state": "completed", "started_at": NOON, "seconds": 83.2, "sources": ["harbour"], "loaded_count": 12,
    "rejected_count": 1, "refused_count": 0, "flow_run_url": "http://127.0.0.1:4200/runs/1",
}  # fmt: skip
REJECT = {"reason": "no_title", "reject_count": 1, "reject_id": "b" * 16, "example": "https://h.example/![x](http://lure.example/|)"}


def health(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind, "name": name, "last_loaded_at": NOON, "silent_day_count": 0, "usual_gap_days": 1.0, "is_silent": False,
        "today_count": 12, "median_count": 11.0, "today_rejected_count": 1, "rejected_share": 1 / 13, "usual_rejected_share": 0.05,
        "is_rejects_high": False,
    } | more  # fmt: skip


def a_day(*rows: dict[str, Any], **more: Any) -> Today:
    return Today(**({"as_of": NOON, "health": list(rows), "drift": [], "rejects": [REJECT], "runs": [RUN]} | more))


def test_a_day_on_which_all_is_well_says_so():
    day = a_day(health("source", "harbour"), health("host", "harbour.example"))
    assert summary(day).strip() == "Healthy · 12 loaded, 1 rejected on 20 March 2026 (UTC)"
    assert [line for is_concern, line in log_lines(day, SNAPSHOT, HOME) if is_concern] == []


def test_a_source_and_its_only_host_are_one_thing_to_look_at():
    gone = {"is_silent": True, "silent_day_count": 4, "today_count": 0}
    day = a_day(health("source", "harbour", **gone), health("host", "harbour.example", **gone))
    assert summary(day).splitlines() == [
        "One thing to look at · 0 loaded, 1 rejected on 20 March 2026 (UTC)",
        "",
        "- source ` harbour ` fell silent: nothing for 4 days, usually something every day; last loaded 20 Mar 12:00",
    ]


def test_runs_that_did_not_end_and_hosts_that_drift_are_to_be_looked_at():
    drift = [{"host": "h.example", "field": field, "candidate": None, "usual_article_count": 20, "today_article_count": 5,
              "usual_share": 1.0, "today_share": 0.0} for field in ("title", "authors")]  # fmt: skip
    day = a_day(health("source", "harbour"), drift=drift, runs=[RUN | {"state": "interrupted", "seconds": None}])
    concerns = [line for is_concern, line in log_lines(day, SNAPSHOT, HOME) if is_concern]
    assert concerns[0] == "host h.example drifts in authors, title: its pages may have changed"
    assert concerns[1].endswith("of 20 Mar 12:00 was interrupted: the next one goes on from there")


def test_the_page_has_sources_rejects_with_the_way_to_one_and_the_snapshot():
    page = today_page(a_day(health("source", "harbour")), SNAPSHOT, HOME)
    assert "| ` harbour ` | 12 | 11 | 1 (8 %) | 5 % | 20 Mar 12:00 |  |" in page
    assert "` broadsheet rejects show ID --home /srv/news `" in page
    assert "` /srv/news/warehouse.duckdb `, 14.2 MB, published 20 Mar 12:00 UTC" in page


def test_what_a_page_says_stays_in_its_code_span_and_in_its_cell():
    assert as_code("a | b ` ![x](http://lure.example/1.png)\n\nc") == "`` a \N{BROKEN BAR} b ` ![x](http://lure.example/1.png) c ``"
    assert "` https://h.example/![x](http://lure.example/\N{BROKEN BAR}) `" in today_page(a_day(), SNAPSHOT, HOME)
    assert shortened("https://www.harbour.example/news/2026/03/01/" + "x" * 60, 30) == "https://www.harbour…xxxxxxxxxx"
