"""broadsheet lake import and export: a home of one machine into a lake, and a lake into a home."""

from pathlib import Path

from flows.invocation import home_option, program
from flows.settings import lake_address, read_settings
from flows.terminal import put, put_json
from tasks.raw_store.taking_along import TakenAlong, take_along
from warehouse.lake.address import LakeAddress
from warehouse.lake.moving import Counts, files_of, into_home, into_lake, open_both
from warehouse.snapshot import publish_snapshot


def run(home: Path, is_import: bool, as_json: bool) -> int:
    """Bytes first, then all rows at once: what is killed in between is begun again. Raises what open_both, take_along and the commit
    raise."""
    address, settings = lake_address(), read_settings()
    home = home.expanduser().absolute()
    with open_both(home, address, wait_seconds=settings.lock_wait_seconds, into_lake=is_import) as con:
        uris = files_of(con, of_lake=not is_import)
        taken = take_along(str(home), address.store, uris) if is_import else take_along(address.store, str(home), uris)
        rows = into_lake(con, address, taken.renamed) if is_import else into_home(con, taken.renamed)
        if not is_import:
            publish_snapshot(con, home, kept=settings.snapshots_kept)
    _show(home, address, rows, taken, is_import=is_import, as_json=as_json)
    return 0


def _show(home: Path, address: LakeAddress, rows: Counts, taken: TakenAlong, *, is_import: bool, as_json: bool) -> None:
    if as_json:
        put_json({"rows": rows, "files": taken.file_count, "bytes": taken.byte_count, "renamed": taken.renamed, "gone": taken.gone})
        return
    for table, count in rows.items():
        if count:
            put(f"{table:<24} {count:>12,} rows")
    size = f"{taken.byte_count / 2**20:.1f} MiB"
    put(f"{taken.file_count} files of captures, {size}, and {sum(rows.values()):,} rows are in {address if is_import else home} now")
    if is_import:
        put(f"next            {program()} relate{home_option(home)}    what is a copy of what among all that the lake has")
    for uri in taken.gone:
        put(f"gone  {uri}, to which raw.pages points, was not there: its captures have no bytes", err=True)
