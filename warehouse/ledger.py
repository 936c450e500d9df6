"""What the ledger knows of input files. Loads no frames: a run that has nothing to do should end within a second."""

from pathlib import Path
from typing import NamedTuple

from warehouse.connection import Connection, open_snapshot
from warehouse.definitions import are_current
from warehouse.errors import SnapshotLocked, WarehouseUnusable
from warehouse.transaction import transaction

# What changes with everything that is loaded: migrations, batches, and how runs ended. As text: no type needs a library.
STATE = """
SELECT (SELECT max(number) FROM ops.migrations)::VARCHAR,
       (SELECT count(*) || ' until ' || max(ended_at) FROM ops.batches),
       (SELECT string_agg(run_id || ' ' || state, ', ' ORDER BY run_id) FROM ops.runs  -- but those that found nothing new
        WHERE flow != 'ingest_pages' OR state != 'completed' OR run_id IN (SELECT run_id FROM ops.batches))
"""


class KnownStretch(NamedTuple):
    """A stretch of an input file that a batch has met: a row of ops.inputs."""

    fingerprint: str
    start: int
    end: int
    is_last: bool
    page_count: int
    passed_over: str | None = None  # records that are no pages, by reason, as JSON
    failed_attempts: int | None = None  # None: dealt with; else its page is to be tried again


def known_inputs(con: Connection, keys: list[str]) -> dict[str, list[KnownStretch]]:
    """input_key -> stretches in the order of their offsets, for those of `keys` (16 hex digits each) that are known."""
    # Written into the query: a bound parameter makes DuckDB import pandas, 0.4 s (1.5.5). As one text: a thousand are parsed slowly.
    wanted = ",".join(f"{int(key, 16):016x}" for key in keys)
    rows = con.execute(
        "SELECT input_key, fingerprint, start_offset, end_offset, is_last, page_count, passed_over, failed_attempts FROM ops.inputs "
        f"WHERE input_key IN (SELECT unnest(string_split('{wanted}', ','))) ORDER BY ALL"
    ).fetchall() if keys else []  # fmt: skip
    known: dict[str, list[KnownStretch]] = {}
    for key, *stretch in rows:
        known.setdefault(key, []).append(KnownStretch(*stretch))
    return known


def mark_interrupted_runs(con: Connection) -> int:
    """Runs that say `running` while someone else holds the loader's lock were killed. Returns how many there were."""
    with transaction(con):
        marked = con.execute("UPDATE ops.runs SET state = 'interrupted' WHERE state = 'running'").fetchall()
    return int(marked[0][0])


def is_published(con: Connection, home: Path) -> bool:
    """Whether the snapshot can be read and says what the loader's file says, with the views of today."""
    if not are_current(con):
        return False
    try:
        with open_snapshot(home) as snapshot:
            return snapshot.execute(STATE).fetchall() == con.execute(STATE).fetchall()
    except (WarehouseUnusable, SnapshotLocked):  # missing, damaged, of another version or held: the caller publishes it anew
        return False
