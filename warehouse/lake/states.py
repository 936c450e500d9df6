"""The published states of a lake: its snapshots. Each commit makes one, and nothing is copied for it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from warehouse.errors import SnapshotUnknown
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, open_lake
from warehouse.lake.tables import stored
from warehouse.moments import iso_moment
from warehouse.sql_text import literal
from warehouse.tables import Runs

LISTED = 20  # of the newest: each commit makes one, and they are kept for days
COUNTS = """
SELECT (SELECT max_by(run_id, started_at) FROM {lake}.{runs} AT (VERSION => {version})) AS run_id,
    (SELECT count(*) FROM {lake}.raw.pages AT (VERSION => {version})) AS page_count,
    (SELECT count(*) FROM {lake}.core.articles AT (VERSION => {version})) AS article_count,
    (SELECT count(*) FROM {lake}.core.listing_items AT (VERSION => {version})) AS listing_item_count
"""


@dataclass(frozen=True, slots=True)
class LakeState:
    """One snapshot."""

    version: int
    published_at: datetime

    @property
    def snapshot_id(self) -> str:
        return str(self.version)


def state_of(con: duckdb.DuckDBPyConnection, as_of: str | None) -> LakeState:
    """The newest, or the one that `as_of` names: by its number, or as the newest at a moment in ISO 8601, in UTC where it says no zone.
    Raises SnapshotUnknown."""
    newest = _one(con, "true")
    if as_of is None:
        return newest
    named = _one_or_none(con, f"snapshot_id = {int(as_of)}") if as_of.isdecimal() else None
    moment = iso_moment(as_of) if named is None else None
    found = named or (_one_or_none(con, f"snapshot_time <= {literal(moment)}") if moment else None)
    if found is None:
        oldest = _one(con, "true", "ASC")
        raise SnapshotUnknown(
            f"Expected the number of a snapshot of the lake, or a moment such as 2026-11-29T08:00 behind that of one, got {as_of!r}; it "
            f"has {oldest.version} of {oldest.published_at:%Y-%m-%d %H:%M} UTC to {newest.version}. `broadsheet snapshots` lists some, "
            "`broadsheet lake maintain` drops old ones."
        )
    return found


def newest_states(con: duckdb.DuckDBPyConnection, most: int = LISTED) -> list[LakeState]:
    """The newest, the newest first."""
    rows = con.execute(f"SELECT snapshot_id, snapshot_time FROM ducklake_snapshots('{LAKE}') ORDER BY snapshot_id DESC LIMIT {most}")
    return [LakeState(version, moment.astimezone(UTC)) for version, moment in rows.fetchall()]


def lake_states(address: LakeAddress, most: int = LISTED) -> list[dict[str, Any]]:
    """The newest states, the newest first: id, moment, whether it is the current one, its newest run and what there was. Those from before
    the tables were made are none."""
    found = []
    with open_lake(address, read_only=True) as con:
        newest = newest_states(con, most)
        for state in newest:
            try:
                answer = con.execute(COUNTS.format(lake=LAKE, runs=stored(Runs), version=state.version))
            except duckdb.CatalogException:
                continue
            told = dict(zip((name for name, *_ in answer.description or ()), answer.fetchall()[0], strict=True))
            known = {"snapshot_id": state.snapshot_id, "published_at": state.published_at, "is_current": state is newest[0]}
            found.append(known | told)
    return found


def _one(con: duckdb.DuckDBPyConnection, condition: str, order: str = "DESC") -> LakeState:
    found = _one_or_none(con, condition, order)
    if found is None:  # DuckLake keeps the newest snapshot whatever is expired
        raise SnapshotUnknown("Expected a lake with a snapshot, got one without any: `broadsheet lake init` makes the first.")
    return found


def _one_or_none(con: duckdb.DuckDBPyConnection, condition: str, order: str = "DESC") -> LakeState | None:
    rows = con.execute(
        f"SELECT snapshot_id, snapshot_time FROM ducklake_snapshots('{LAKE}') WHERE {condition} ORDER BY snapshot_id {order} LIMIT 1"
    ).fetchall()
    return LakeState(rows[0][0], rows[0][1].astimezone(UTC)) if rows else None
