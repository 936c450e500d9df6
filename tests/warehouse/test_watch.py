"""What an operator asks: sources told from paths, silence, rejects, drift, and what of it is news. Days are those of ops.runs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from warehouse.marts import create_marts
from warehouse.migrate import migrate
from warehouse.queries import rows_of
from warehouse.sql_text import literal
from warehouse.watch import DRIFT, REJECTS_HIGH, SILENT, news, rejects_of_run, today

FIRST_DAY = datetime(2026, 3, 1, 2, 15, tzinfo=UTC)
DIGEST = "sha1:" + "A" * 32


class History:
    """A warehouse that is filled run by run."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.runs = self.pages = 0

    def run(self, day: float, paths: tuple[str, ...] = ("/data/drop",), state: str = "completed", url: str | None = "http://ui/run") -> str:
        """A run that began so many days after the first; gives its key."""
        self.runs += 1
        run_id, began = f"{self.runs:016x}", FIRST_DAY + timedelta(days=day)
        self._insert("ops.runs", run_id=run_id, flow="ingest_pages", flow_run_url=url, state=state, started_at=began,
                     ended_at=None if state == "running" else began + timedelta(seconds=100), paths=list(paths), parameters="{}",
                     seen_count=0, loaded_count=0, known_count=0, rejected_count=0, version="0")  # fmt: skip
        return run_id

    def load(self, run_id: str, count: int, uri: str = "harbour/x.html", host: str = "harbour.example", **found: str | None) -> None:
        """Articles of a host; `found` is field=candidate that won, or None where nothing did."""
        for _ in range(count):
            page_id = self._page(run_id, uri, host)
            self._insert("core.articles", page_id=page_id, title="t", body="b", tags=[], char_count=1, paragraph_count=1,
                         text_fingerprint=page_id, quality_flags=[], run_id=run_id)  # fmt: skip
            for field, winner in found.items():
                self._insert("core.evidence", page_id=page_id, field=field, value=winner and "x", source=winner, candidates=[],
                             extractor="x", run_id=run_id)  # fmt: skip

    def reject(self, run_id: str, count: int, uri: str = "harbour/x.html", host: str = "harbour.example") -> None:
        for _ in range(count):
            page_id = self._page(run_id, uri, host)
            self._insert("ops.rejects", reject_id=page_id, run_id=run_id, page_id=page_id, url=f"https://{host}/{page_id}", source_uri=uri,
                         source_offset=self.pages, table_name="core.articles", reason="not_article:empty_shell",
                         rejected_at=FIRST_DAY)  # fmt: skip

    def health(self, name: str) -> dict[str, Any]:
        (row,) = rows_of(self.con, "FROM mart.source_health WHERE name = $name", name=name)
        return row

    def news(self, run_id: str) -> set[tuple[str, ...]]:
        return set(news(self.con, today(self.con), run_id))

    def _page(self, run_id: str, uri: str, host: str) -> str:
        self.pages += 1
        page_id = f"{self.pages:016x}"
        self._insert("raw.pages", page_id=page_id, url=f"https://{host}/{page_id}", url_source="sidecar", host=host, observed_at=FIRST_DAY,
                     observed_source="sidecar", digest=DIGEST, byte_count=1, source_kind="html_folder", source_uri=uri,
                     source_offset=self.pages, warc_uri="w", warc_offset=0, run_id=run_id)  # fmt: skip
        return page_id

    def _insert(self, table: str, **row: Any) -> None:
        told = ", ".join(f"{literal(value)} AS {name}" for name, value in row.items())
        self.con.execute(f"INSERT INTO {table} BY NAME SELECT {told}")


@pytest.fixture
def history() -> Iterator[History]:
    with duckdb.connect(":memory:") as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        create_marts(con)
        yield History(con)


@pytest.mark.parametrize(
    ("paths", "uri", "source"),
    [
        (("/data/drop",), "harbour/2026-03-01/x.html", "drop/harbour"),
        (("/data/drop",), "2026-03-01/harbour/x.html", "drop/harbour"),
        (("/data/drop",), "2026/03/01.warc.gz", "drop"),
        (("/data/drop/2026-03-01",), "x.html", "drop"),
        (("drop/",), "x.html", "drop"),
        (("/data/harbour/2026-03-01.warc.gz",), "2026-03-01.warc.gz", "harbour"),
        (("/data/harbour/a.warc.gz", "/data/docks/b.warc.gz"), "b.warc.gz", "docks"),
        (("/data/harbour", "/data/docks"), "news/x.html", "news"),
        (("/data/harbour", "/data/docks"), "x.html", "several paths"),
    ],
)
def test_a_source_is_the_path_given_and_the_first_folder_below_it(history: History, paths: tuple[str, ...], uri: str, source: str):
    history.load(history.run(0, paths), 1, uri)
    assert history.con.execute("SELECT source FROM mart.loads").fetchall() == [(source,)]


def test_a_run_that_was_killed_counts_what_its_batches_committed(history: History):
    run_id = history.run(0, state="running")
    history.load(run_id, 3)
    history._insert("ops.batches", batch_id="b" * 16, run_id=run_id, name="batch-00001", state="loaded", started_at=FIRST_DAY,
                    ended_at=FIRST_DAY, seen_count=3, loaded_count=3, known_count=0, rejected_count=0, byte_count=1, attempt_count=1,
                    dissect_seconds=1.0)  # fmt: skip
    (row,) = rows_of(history.con, "FROM mart.run_history")
    expected = {"state": "running", "seconds": None, "sources": ["drop/harbour"], "loaded_count": 3, "batch_count": 1}
    assert row | expected == row


def test_a_day_is_held_against_the_median_of_the_days_before(history: History):
    for day, count in enumerate((1, 4, 6, 5)):
        history.load(history.run(day), count)
    history.load(history.run(3.2), 2)
    row = history.health("drop/harbour")
    assert (row["kind"], row["today_count"], row["median_count"], row["is_silent"]) == ("source", 7, 4.0, False)
    assert history.health("harbour.example")["today_count"] == 7


def test_a_daily_source_is_silent_from_the_third_day_on_and_given_up_after_sixty(history: History):
    for day in range(5):
        history.load(history.run(day), 1)
    seen = {}
    for day in (6, 7, 64, 65):
        history.run(day)
        seen[day] = history.health("drop/harbour")["is_silent"]
    assert seen == {6: False, 7: True, 64: True, 65: False}


def test_a_source_that_comes_now_and_then_is_not_silent_between(history: History):
    for day in (0, 4, 8, 12):
        history.load(history.run(day), 1)
    history.run(19)
    row = history.health("drop/harbour")
    assert (row["usual_gap_days"], row["silent_day_count"], row["is_silent"]) == (4.0, 7, False)
    history.run(21)
    assert history.health("drop/harbour")["is_silent"]


def test_rejects_are_high_against_what_is_usual_of_the_source(history: History):
    for day in range(3):
        run_id = history.run(day)
        history.load(run_id, 6)
        history.reject(run_id, 4)
    assert not history.health("drop/harbour")["is_rejects_high"], "four of ten are rejected every day"
    run_id = history.run(3)
    history.load(run_id, 3)
    history.reject(run_id, 7)
    row = history.health("drop/harbour")
    assert (row["rejected_share"], row["usual_rejected_share"], row["is_rejects_high"]) == (0.7, 0.4, True)
    assert [(each["reason"], each["reject_count"]) for each in rejects_of_run(history.con, run_id)] == [("not_article:empty_shell", 7)]


def test_a_field_that_empties_and_a_candidate_that_stops_winning_are_drift(history: History):
    for day in range(4):
        history.load(history.run(day), 6, title="json_ld", authors="json_ld", lang="html lang")
    assert today(history.con).drift == []
    history.load(history.run(4), 6, title="heading", authors=None, lang="html lang")
    drift = {(row["host"], row["field"], row["candidate"]): (row["usual_share"], row["today_share"]) for row in today(history.con).drift}
    assert drift == {
        ("harbour.example", "title", "json_ld"): (1.0, 0.0),
        ("harbour.example", "authors", None): (1.0, 0.0),
        ("harbour.example", "authors", "json_ld"): (1.0, 0.0),
    }


def test_news_are_told_once_and_by_the_first_run_that_has_somebody_to_tell(history: History):
    for day in range(4):
        run_id = history.run(day)
        history.load(run_id, 6, title="json_ld")
        history.load(run_id, 1, "docks/x.html", "docks.example")
    assert history.news(run_id) == set()
    unheard = history.run(6, url=None)
    history.load(unheard, 6, title="heading")
    heard = history.run(6.1)
    history.reject(heard, 30)
    fell_silent = {(SILENT, "source", "drop/docks"), (SILENT, "host", "docks.example")}
    high = {(REJECTS_HIGH, "source", "drop/harbour"), (REJECTS_HIGH, "host", "harbour.example")}
    assert history.news(heard) == {*fell_silent, *high, (DRIFT, "harbour.example", "title", "json_ld")}
    assert history.news(history.run(6.2)) == set()


def test_counts_of_the_day_agree_with_its_runs_and_its_rejects(history: History):
    for day in range(2):
        run_id = history.run(day)
        history.load(run_id, 2)
        history.reject(run_id, 1, "docks/x.html", "docks.example")
    day = today(history.con)
    assert sum(row["today_count"] for row in day.health if row["kind"] == "source") == 2
    assert sum(row["reject_count"] for row in day.rejects) == 1
    assert [json.dumps(row["sources"]) for row in day.runs] == ['["drop/harbour", "drop/docks"]']
