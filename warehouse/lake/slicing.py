"""A slice of a lake as a DuckDB file, such as one machine publishes: pages that are chosen, all that hangs on them, and what search and
marts need. It has a name when all of it is on the disk."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.durable import sync_folder
from warehouse.errors import SettingsInvalid
from warehouse.export.target import folder_beside
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE, attach, expect_current, expect_store
from warehouse.lake.bucket import tell_bucket
from warehouse.lake.extensions import load_extensions
from warehouse.lake.moving import MOVED
from warehouse.lake.states import LakeState, state_of
from warehouse.loader_file import LOADER_CONFIG, SETTLED, make_empty
from warehouse.queries import rows_of
from warehouse.snapshot import READ_ONLY, make_ready
from warehouse.sql_text import literal
from warehouse.tables import PAGE_FAMILY, Contract, Pages
from warehouse.transaction import storage_failures, transaction

MAGIC_AT, MAGIC = 8, b"DUCK"  # https://duckdb.org/docs/stable/internals/storage
CHOSEN = "page_id IN (SELECT page_id FROM chosen)"
OF_RUNS = "run_id IN (SELECT run_id FROM chosen_runs)"
RUNS = f"""
CREATE TEMP TABLE chosen_runs AS
SELECT DISTINCT run_id FROM {LAKE}.raw.pages WHERE {CHOSEN} UNION SELECT run_id FROM {LAKE}.core.articles WHERE {CHOSEN}
UNION SELECT run_id FROM {LAKE}.core.copies WHERE {CHOSEN} UNION SELECT run_id FROM {LAKE}.ops.changes WHERE {CHOSEN}
"""
STORIES = f"""
CREATE TEMP TABLE whole_stories AS
SELECT s.story_id FROM {LAKE}.core.stories AS s LEFT JOIN {LAKE}.core.copies AS c USING (story_id)
GROUP BY s.story_id, s.origin_page_id
HAVING bool_and(c.page_id IS NULL OR c.{CHOSEN}) AND (s.origin_page_id IS NULL OR s.origin_page_id IN (SELECT page_id FROM chosen))
"""
# Of what does not hang on a page: whose rows belong to a slice.
CONDITIONS = {
    "core.copies": CHOSEN,
    "core.stories": "story_id IN (SELECT story_id FROM whole_stories)",
    "ops.rejects": f"({CHOSEN} OR page_id IS NULL AND {OF_RUNS})",
    "ops.changes": CHOSEN,
    "ops.runs": OF_RUNS,
    "ops.batches": OF_RUNS,
    "ops.fetches": f"({OF_RUNS} AND {{fetched}})",
    "ops.inputs": f"batch_id IN (SELECT batch_id FROM {LAKE}.ops.batches WHERE {OF_RUNS})",
    "ops.checks": f"batch_id IN (SELECT batch_id FROM {LAKE}.ops.batches WHERE {OF_RUNS})",
}
# What lies outside is not named as a row of this file.
COLUMNS = {
    "core.copies": {
        "origin_page_id": "CASE WHEN origin_page_id IN (SELECT page_id FROM chosen) THEN origin_page_id END",
        "story_id": "CASE WHEN story_id IN (SELECT story_id FROM whole_stories) THEN story_id END",
    }
}


@dataclass(frozen=True, slots=True)
class Slice:
    """Pages by their moment of observation and their host; all where nothing is said."""

    since: datetime | None = None
    until: datetime | None = None
    host: str | None = None

    @property
    def is_all(self) -> bool:
        return self == Slice()

    def condition(self, moment: str) -> str:
        """SQL of rows with a column `host`, and one of this name."""
        bounds = [f"{moment} >= {literal(self.since)}"] if self.since else []
        bounds += [f"{moment} < {literal(self.until)}"] if self.until else []
        asked = (self.host or "").lower().strip(".")
        bounds += [f"(host = {literal(asked)} OR ends_with(host, {literal('.' + asked)}))"] if asked else []
        return " AND ".join(bounds) or "true"


def publish_slice(address: LakeAddress, chosen: Slice, target: Path, *, as_of: str | None, is_replaced: bool) -> dict[str, object]:
    """Write it; its row of ops.snapshot, whose id ends with v and the number of the lake's snapshot. Raises SettingsInvalid where the file
    is there, StorageFailed, SnapshotUnknown, and what open_lake raises."""
    target = target.absolute()
    _refuse_what_is_there(target, is_replaced=is_replaced)
    with storage_failures(), folder_beside(target) as folder:
        file = folder / "slice.duckdb"
        make_empty(file)
        with duckdb.connect(str(file), config=config_in(folder)) as con:
            con.execute(SETTLED)
            state = attach_state(con, address, as_of)
            with transaction(con):
                _choose(con, chosen)
                for table in MOVED:
                    con.execute(_copied(table, chosen))
            con.execute(f"DETACH {LAKE}")
            make_ready(con, f"v{state.version}")
            written = rows_of(con, "FROM ops.snapshot")[0]
        file.chmod(READ_ONLY)
        with file.open("rb") as whole:
            os.fsync(whole.fileno())
        _refuse_what_is_there(target, is_replaced=is_replaced)  # somebody else may have been faster
        file.replace(target)
        sync_folder(target.parent)
    return written


def config_in(folder: Path) -> dict[str, Any]:
    """What a file of some gigabytes is made with: as the loader's, without its limit of memory: no workers stand beside it."""
    return {**{k: v for k, v in LOADER_CONFIG.items() if k != "memory_limit"}, "temp_directory": str(folder / "spilled")}


def attach_state(con: duckdb.DuckDBPyConnection, address: LakeAddress, as_of: str | None) -> LakeState:
    """A state of the lake beside the file of this connection, which stays the one in use. Raises what open_lake does, SnapshotUnknown."""
    (own,) = con.execute("SELECT current_database()").fetchall()[0]
    load_extensions(con, with_buckets=address.is_bucket)
    if address.is_bucket:
        tell_bucket(con)
    attach(con, address, read_only=True)
    expect_current(con)
    expect_store(con, address)
    state = state_of(con, as_of)
    con.execute(f"USE {own}; DETACH {LAKE}")
    attach(con, address, read_only=True, snapshot=state.version)
    con.execute(f"USE {own}")
    return state


def _choose(con: duckdb.DuckDBPyConnection, chosen: Slice) -> None:
    con.execute(f"CREATE TEMP TABLE chosen AS SELECT page_id FROM {LAKE}.{Pages.TABLE} WHERE {chosen.condition('observed_at')}")
    con.execute(RUNS)
    con.execute(STORIES)


def _copied(table: type[Contract], chosen: Slice) -> str:
    condition = CHOSEN if table in PAGE_FAMILY else CONDITIONS.get(table.TABLE, "true")
    where = "true" if chosen.is_all else condition.format(fetched=chosen.condition("requested_at"))
    told = {} if chosen.is_all else COLUMNS.get(table.TABLE, {})
    columns = ", ".join(f"{told[name]} AS {name}" if name in told else name for name in table.column_names())
    return f"INSERT INTO {table.TABLE} BY NAME SELECT {columns} FROM {LAKE}.{table.TABLE} WHERE {where}"


def _refuse_what_is_there(target: Path, *, is_replaced: bool) -> None:
    if not os.path.lexists(target):
        return
    if not is_replaced or not _is_database(target):
        raise SettingsInvalid(
            f"expected a file to make, but {target} is there: give another name, or --replace where it is an earlier one."
        )


def _is_database(target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as file:
        file.seek(MAGIC_AT)
        return file.read(len(MAGIC)) == MAGIC
