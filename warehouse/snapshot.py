"""The snapshot that analysts open: a copy of the loader's file, published under a name of its own, which a link then leads to.

It is published without permission to write: DuckDB opens a file for writing unless it is told otherwise, and who has it open so
locks all others out of this state; the next one is another file. Where nothing was committed nothing is written.

The copy is begun before what is copied is made ready: what the search index and the marts write is little beside what is there.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import published
from warehouse.compacting import compact_if_due
from warehouse.definitions import are_current, made_of
from warehouse.durable import copying, is_copy, sync_folder
from warehouse.sql_text import literal
from warehouse.transaction import storage_failures
from warehouse.version import VERSION

READ_ONLY = 0o444  # of the permissions that a new file gets, those that a snapshot keeps; root may write all the same
WRITABLE = 0o666
MOST_READ_AGAIN = 2**30  # bytes: a file that is copied while it is made ready is read once more, and is in memory then
KEPT = 3  # states, the current one among them
IDENTITY = """
INSERT INTO ops.snapshot BY NAME
SELECT {snapshot_id} AS snapshot_id, {published_at}::TIMESTAMPTZ AS published_at, {definitions} AS definitions, {version} AS version,
    (SELECT max_by(run_id, started_at) FROM ops.runs) AS run_id, (SELECT count(*) FROM raw.pages) AS page_count,
    (SELECT count(*) FROM core.articles) AS article_count, (SELECT count(*) FROM core.listing_items) AS listing_item_count
"""


def publish_snapshot(con: duckdb.DuckDBPyConnection, home: Path, *, anew: bool = False, kept: int = KEPT) -> Path:
    """Publish what is committed, with the marts and the search index, and return the file that home/warehouse.duckdb leads to.

    Where the current state says the same nothing is written, unless `anew`: it may be damaged. Who has an older one open keeps reading
    it; the newest `kept` stay. Raises StorageFailed and leaves what is published untouched if the disk refuses.
    """
    loader, now = home / "loader" / "warehouse.duckdb", published.current(home)
    with storage_failures():
        con.execute("CHECKPOINT")
        if now is not None and not anew and are_current(con) and is_copy(loader, now):
            return now
        published.retire(home, kept)  # what a killed run has copied and not published
        folder = home / published.FOLDER
        folder.mkdir(exist_ok=True)
        with copying(loader, folder, READ_ONLY, is_early=loader.stat().st_size <= MOST_READ_AGAIN) as end:
            snapshot_id = make_ready(con, secrets.token_hex(4))
            compact_if_due(con, loader)
            target = published.path_of(home, snapshot_id)
            end(target)
        published.lead_to(home, target)
        # the log of a file of this name that someone wrote into: not to be replayed onto this
        (home / f"{published.LINK}.wal").unlink(missing_ok=True)
        sync_folder(home)
        published.retire(home, kept)
    return target


def make_ready(con: duckdb.DuckDBPyConnection, mark: str) -> str:
    """Have the file of this connection hold all that a published state has; its id, which ends with `mark`."""
    _bring_up_to_date(con)
    snapshot_id = _identify(con, mark)
    con.execute("CHECKPOINT")
    return snapshot_id


def _bring_up_to_date(con: duckdb.DuckDBPyConnection) -> None:
    """Views, macros and the dictionary where their files have changed, which takes as long as copying some hundred megabytes; the search
    index by what has come to core.articles."""
    from warehouse.search.index import update_index  # a run that finds nothing new loads neither this nor the contracts

    if not are_current(con):
        from warehouse.dictionary_rows import create_dictionary
        from warehouse.marts import create_marts

        create_dictionary(con, create_marts(con))
    try:
        update_index(con)
    except duckdb.OutOfMemoryException:  # articles longer than any that was measured: what was begun is begun anew
        from warehouse.upsert import lift_memory_limit

        lift_memory_limit(con)
        update_index(con)


def _identify(con: duckdb.DuckDBPyConnection, mark: str) -> str:
    """Enter which state this is going to be; its id."""
    moment = datetime.now(UTC)
    snapshot_id = published.new_name(moment, mark)
    row = {"snapshot_id": snapshot_id, "published_at": moment.isoformat(), "definitions": made_of(con), "version": VERSION}
    con.execute("DELETE FROM ops.snapshot")  # by itself: one transaction may not take a key away and give one
    con.execute(IDENTITY.format(**{name: literal(value) for name, value in row.items()}))
    return snapshot_id
