"""What keeps a lake small and quick: states that nobody cites any more, many small files, and files that nothing names.

Every step is for who is alone at the lake (presence.py), and leaves alone what is younger than a day besides: a reader may be in it.
"""

from dataclasses import dataclass, field

import duckdb

from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import LAKE
from warehouse.lake.kept_index import kept_index, mark_of
from warehouse.sql_text import literal

ORPHAN_DAYS = 1  # a file that nothing names may be one that a loader is about to name, if it is younger
FLUSHED = "CALL ducklake_flush_inlined_data({lake}, schema_name => 'ops', table_name => 'turn')"
EXPIRED = "CALL ducklake_expire_snapshots({lake}, older_than => now() - INTERVAL {days} DAY)"
MERGED = "CALL ducklake_merge_adjacent_files({lake})"
CLEANED = "CALL ducklake_cleanup_old_files({lake}, older_than => now() - INTERVAL {orphan_days} DAY)"
ORPHANS = "CALL ducklake_delete_orphaned_files({lake}, older_than => now() - INTERVAL {orphan_days} DAY)"
LEFT = "SELECT filename FROM read_blob({pattern}) WHERE last_modified < now() - INTERVAL {orphan_days} DAY ORDER BY filename"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was done."""

    expired: int  # states
    merged: int  # small files that became part of larger ones
    removed: int  # files that a state had named that is expired, or that were merged
    orphans: int  # files under tables/ that nothing names
    left: list[str] = field(default_factory=list)  # files under raw/, staged/ and search/ that nothing names: the caller removes them


def keep_up(con: duckdb.DuckDBPyConnection, address: LakeAddress, days: int, orphan_days: int = ORPHAN_DAYS) -> Upkeep:
    """States older than `days` are no longer to be had, small files are merged, and what is not named for a day is gone."""
    given = {"lake": literal(LAKE), "days": days, "orphan_days": orphan_days}
    expired = _rows(con, EXPIRED.format(**given))
    _rows(con, FLUSHED.format(**given))  # each commit has left a row of the sentinel in the catalog
    merged = sum(int(str(row[2])) for row in _rows(con, MERGED.format(**given)))
    removed, orphans = _rows(con, CLEANED.format(**given)), _rows(con, ORPHANS.format(**given))
    return Upkeep(len(expired), merged, len(removed), len(orphans), _left(con, address, orphan_days))


def _left(con: duckdb.DuckDBPyConnection, address: LakeAddress, orphan_days: int) -> list[str]:
    """WARC files without a page, and tables that a loader was to read; of loaders that were killed, or had known pages only. And what an
    index was kept in before."""
    kept = kept_index(con, address)
    searched = {f"{address.store}/{file}" for file in kept.files} | {mark_of(address)} if kept else set()
    used = {f"{address.store}/{uri}" for (uri,) in con.execute("SELECT DISTINCT warc_uri FROM raw.pages").fetchall()} | searched
    found: list[str] = []
    for folder in (address.raw, address.staged, *([address.search] if kept else [])):
        query = LEFT.format(pattern=literal(f"{folder}/*"), orphan_days=orphan_days)
        try:
            found += [str(name) for (name,) in con.execute(query).fetchall()]
        except duckdb.IOException:  # there is none
            continue
    return [name for name in found if name not in used]


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()
