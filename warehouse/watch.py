"""What an operator asks of the warehouse after a run: how is it today, and what of that is news?

What silent, high and drifting mean stands in warehouse/marts: source_health.sql and field_drift.sql. Takes the loader's connection with
its marts made: a run asks when it has published.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.connection import SNAPSHOT_FILE, Connection
from warehouse.queries import Row, report, rows_of
from warehouse.sql_text import literal

SILENT, REJECTS_HIGH, DRIFT = "silent", "rejects_high", "drift"
HEALTH = "FROM mart.source_health ORDER BY kind DESC, today_count + coalesce(median_count, 0) DESC, name"
DRIFTING = "FROM mart.field_drift WHERE is_drifting ORDER BY host, field, candidate NULLS FIRST"

Concerns = dict[tuple[str, ...], Row]  # by what it is, and of what


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Today:
    """The warehouse on the day (UTC) of its newest ingest. Rows as the marts and reports of the same names have them."""

    as_of: datetime
    health: list[Row]  # mart.source_health: sources, then hosts, the largest first
    drift: list[Row]  # mart.field_drift, where it drifts
    rejects: list[Row]
    runs: list[Row]


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """The file that analysts read, as it lies there."""

    path: Path
    byte_count: int
    published_at: datetime


def snapshot_file(home: Path) -> SnapshotFile | None:
    """None where none was published yet."""
    path = home / SNAPSHOT_FILE
    if not path.is_file():
        return None
    there = path.stat()
    return SnapshotFile(path, there.st_size, datetime.fromtimestamp(there.st_mtime, UTC))


def today(con: Connection) -> Today:
    """How it stands. Expects a run in ops.runs."""
    health, newest = rows_of(con, HEALTH), rows_of(con, "SELECT max(started_at) AS as_of FROM ops.runs WHERE flow = 'ingest_pages'")
    return Today(newest[0]["as_of"], health, rows_of(con, DRIFTING), report(con, "today_rejects", run_id=""), report(con, "today_runs"))


def rejects_of_run(con: Connection, run_id: str) -> list[Row]:
    """Reasons for which a run rejected anything, the most frequent first, each with an example."""
    return report(con, "today_rejects", run_id=run_id)


def news(con: Connection, now: Today, run_id: str) -> Concerns:
    """What is to be looked at after `run_id`, which is the newest, and was not when the last run began that could tell."""
    told_at = report(con, "last_told", run_id=run_id)[0]["told_at"]
    found = concerns(now.health, now.drift)
    if not found or told_at is None:
        return found
    with _as_of(con, told_at):
        before = concerns(rows_of(con, HEALTH), rows_of(con, DRIFTING))
    return {key: row for key, row in found.items() if key not in before}


def concerns(health: list[Row], drift: list[Row]) -> Concerns:
    """What is to be looked at: (SILENT or REJECTS_HIGH, kind, name) and (DRIFT, host, field, candidate)."""
    found = {(SILENT, row["kind"], row["name"]): row for row in health if row["is_silent"]}
    found |= {(REJECTS_HIGH, row["kind"], row["name"]): row for row in health if row["is_rejects_high"]}
    return found | {(DRIFT, row["host"], row["field"], row["candidate"] or ""): row for row in drift}


@contextmanager
def _as_of(con: Connection, moment: datetime) -> Iterator[None]:
    """Marts say what they would have said then."""
    con.execute(f"SET VARIABLE as_of = {literal(moment)}")
    try:
        yield
    finally:
        con.execute("RESET VARIABLE as_of")
