"""A lake: whether its catalog answers, its store is there, and its rows and bytes are whole."""

from collections.abc import Iterator
from pathlib import Path

from flows.doctor.raw_store import look_at_raw_store
from flows.doctor.result import Result
from flows.doctor.rows import look_at_rows
from warehouse.connection import Connection
from warehouse.errors import BroadsheetError
from warehouse.lake.address import LakeAddress
from warehouse.queries import rows_of
from warehouse.relating.told import unrelated
from warehouse.state import open_state


def look_at_lake(address: LakeAddress, deep: bool) -> Iterator[Result]:
    """What a reader finds; nobody is disturbed by it."""
    try:
        with open_state(address) as con:
            state = rows_of(con, "FROM ops.snapshot")[0]
            moment = f"{state['published_at']:%Y-%m-%d %H:%M} UTC"
            yield Result("lake", f"{state['page_count']} pages, snapshot {state['snapshot_id']} of {moment}, at {address}")
            yield _related(con)
            yield from look_at_rows(con, deep)
            if not address.is_bucket:
                yield from look_at_raw_store(con, Path(address.store), deep)
    except BroadsheetError as error:
        yield Result("lake", str(error), "see docs/lake.md")


def _related(con: Connection) -> Result:
    """Whether core.copies and core.stories speak of all articles."""
    if count := unrelated(con):
        found = f"{count:,} articles came since all were related last: whether they are copies no row says"
        return Result("copies", found, "run `broadsheet relate`, or have `broadsheet serve` do it")
    return Result("copies", "all articles are related")
