"""How a lake stands, in numbers."""

from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from warehouse.lake.attach import LAKE
from warehouse.lake.tables import SENTINEL
from warehouse.migrate import highest_migration
from warehouse.relating.told import unrelated
from warehouse.sql_text import literal

SMALL_BYTES = 16 * 2**20  # files smaller than this on average are worth merging
MANY_FILES = 500
FILES = f"SELECT sum(file_count)::BIGINT, sum(file_size_bytes)::BIGINT FROM ducklake_table_info({literal(LAKE)})"
STATES = f"SELECT count(*), min(snapshot_time), max(snapshot_time), max(snapshot_id) FROM ducklake_snapshots({literal(LAKE)})"
ROWS = "SELECT (SELECT count(*) FROM raw.pages), (SELECT count(*) FROM core.articles), (SELECT count(*) FROM history.batches)"


@dataclass(frozen=True, slots=True)
class Standing:
    """What `broadsheet lake status` shows."""

    lake_id: str
    migration: int
    pages: int
    articles: int
    batches: int
    unrelated: int  # articles that no run has related yet
    commits: int
    files: int  # of Parquet that the newest state names
    bytes: int
    states: int  # that can be asked with --as-of
    oldest_state: datetime
    newest_state: datetime
    snapshot_id: int
    runs_alive: list[str]
    runs_killed: list[str]

    @property
    def is_upkeep_due(self) -> bool:
        return self.files > MANY_FILES and self.bytes / self.files < SMALL_BYTES

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"is_upkeep_due": self.is_upkeep_due}


def standing(con: duckdb.DuckDBPyConnection, running: list[str], alive: list[str]) -> Standing:
    """`running`: runs that say so, `alive`: those of them that hold their lock."""
    pages, articles, batches = con.execute(ROWS).fetchall()[0]
    commits, lake_id = con.execute(f"SELECT n // 2, lake_id FROM {SENTINEL}").fetchall()[0]
    files, size = con.execute(FILES).fetchall()[0]
    states, oldest, newest, snapshot_id = con.execute(STATES).fetchall()[0]
    return Standing(
        lake_id, highest_migration(con), pages, articles, batches, unrelated(con), commits, files or 0, size or 0, states, oldest, newest,
        snapshot_id, runs_alive=alive, runs_killed=[run_id for run_id in running if run_id not in alive],
    )  # fmt: skip
