"""broadsheet doctor: the machine, the warehouse, the snapshot, the raw store, and what to do about what is wrong."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

import click

from flows.doctor.files import look_at_files
from flows.doctor.lake import look_at_lake
from flows.doctor.raw_store import look_at_raw_store
from flows.doctor.result import Result
from flows.doctor.rows import look_at_rows
from flows.doctor.server import look_at_server
from flows.place import place_of
from flows.version import extractor
from warehouse.connection import LOADER_FILE, SNAPSHOT_FILE, Connection, look_into_loader, open_snapshot
from warehouse.errors import BroadsheetError

LEAST_FREE_BYTES = 2 * 2**30  # a snapshot is a second copy of the warehouse, and the raw store grows by a quarter of the HTML


def run(home: Path, as_json: bool, deep: bool) -> int:
    """Print what was found; 1 if something needs attention."""
    results = list(look(home, deep))
    if as_json:
        click.echo(json.dumps([asdict(result) for result in results], ensure_ascii=False))
    else:
        for result in results:
            click.echo(f"{'LOOK' if result.todo else 'ok':<6}{result.what:<16}{result.found}")
            if result.todo:
                click.echo(f"{'':<22}-> {result.todo}")
    return 1 if any(result.todo for result in results) else 0


def look(home: Path, deep: bool) -> Iterator[Result]:
    """Everything, from the machine to the rows; what cannot be looked at says so."""
    yield Result("versions", f"{extractor()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    place = place_of(home)
    if not isinstance(place, Path):
        yield from [] if place.is_bucket else [_disk(Path(place.store))]
        yield look_at_server()
        yield from look_at_lake(place, deep)
        return
    yield _disk(home)
    yield look_at_server()
    if not any(os.path.lexists(home / name) for name in (SNAPSHOT_FILE, LOADER_FILE)):
        yield Result("warehouse", f"none under {home.absolute()}", "run `broadsheet ingest PATH`, or give the --home of the run you mean")
        return
    files = look_at_files(home)
    yield from files.results
    opened: AbstractContextManager[Connection] | None = (
        open_snapshot(home) if files.is_snapshot_sound else look_into_loader(home) if files.is_loader_free else None
    )
    if opened is None:
        return
    try:
        with opened as con:
            yield from look_at_rows(con, deep)
            yield from look_at_raw_store(con, home, deep)
    except BroadsheetError as error:
        yield Result("warehouse", str(error), "see docs/runbook.md")


def _disk(home: Path) -> Result:
    there = next(folder for folder in (home.absolute(), *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    todo = None if free >= LEAST_FREE_BYTES else f"keep at least {LEAST_FREE_BYTES >> 30} GiB free: a snapshot needs room for a second copy"
    return Result("disk", f"{free / 2**30:.1f} GiB free at {there}", todo)
