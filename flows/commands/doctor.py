"""broadsheet doctor: the machine, the warehouse, the snapshot, the raw store, and what to do about what is wrong."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from flows.version import extractor
from warehouse.connection import SNAPSHOT_FILE, open_loader, open_snapshot
from warehouse.errors import BroadsheetError, WarehouseBusy
from warehouse.ledger import is_published
from warehouse.queries import integrity, standing
from warehouse.raw_positions import last_positions
from warehouse.version import VERSION

LEAST_FREE_BYTES = 2 * 2**30  # a snapshot is a second copy of the warehouse, and the raw store grows by a quarter of the HTML


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was looked at. `todo` is what to do about it, None where all is well."""

    what: str
    found: str
    todo: str | None = None


def run(home: Path, as_json: bool) -> int:
    """Print what was found; 1 if something needs attention."""
    results = list(look(home))
    if as_json:
        click.echo(json.dumps([asdict(result) for result in results], ensure_ascii=False))
    else:
        for result in results:
            click.echo(f"{'LOOK' if result.todo else 'ok':<6}{result.what:<16}{result.found}")
            if result.todo:
                click.echo(f"{'':<22}-> {result.todo}")
    return 1 if any(result.todo for result in results) else 0


def look(home: Path) -> Iterator[Result]:
    """Everything, from the machine to the rows; what cannot be looked at says so."""
    yield Result("versions", f"{extractor()}, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    yield _disk(home)
    yield _orchestrator()
    if not (home / SNAPSHOT_FILE).exists():
        yield Result("warehouse", f"none under {home.absolute()}", "run `broadsheet ingest PATH`, or give the --home of the run you mean")
        return
    try:
        yield from _files(home)
        yield from _rows(home)
        yield from _raw_store(home)
    except BroadsheetError as error:
        yield Result("warehouse", str(error), "see docs/runbook.md")


def _disk(home: Path) -> Result:
    there = next(folder for folder in (home.absolute(), *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    todo = None if free >= LEAST_FREE_BYTES else f"keep at least {LEAST_FREE_BYTES >> 30} GiB free: a snapshot needs room for a second copy"
    return Result("disk", f"{free / 2**30:.1f} GiB free at {there}", todo)


def _orchestrator() -> Result:
    url = os.environ.get("PREFECT_API_URL")
    return Result("prefect", f"server {url}" if url else "no server in PREFECT_API_URL: runs start a temporary one")


def _files(home: Path) -> Iterator[Result]:
    """The loader's file, and whether the snapshot says the same; while a run is under way it need not."""
    found = standing(home)
    said = f"published {found['published_at']:%Y-%m-%d %H:%M} UTC, {found['snapshot_bytes'] / 2**20:.1f} MiB"
    try:
        with open_loader(home, 0.0) as connection:
            todo = None if is_published(connection, home) else "a run was killed before it published: run `broadsheet ingest` again"
            yield Result("loader", f"free, version {VERSION}")
            yield Result("snapshot", said, todo)
    except WarehouseBusy as busy:
        yield Result("loader", str(busy).split(". ", maxsplit=1)[0])
        yield Result("snapshot", said)


def _rows(home: Path) -> Iterator[Result]:
    with open_snapshot(home) as con:
        broken = [row for row in integrity(con) if row["broken_count"]]
    for row in broken:
        found = f"{row['promise']}: broken by {row['broken_count']}, such as {row['example']}"
        yield Result("rows", found, "see docs/runbook.md, rebuild from raw")
    if not broken:
        yield Result("rows", "every promise between tables holds")


def _raw_store(home: Path) -> Iterator[Result]:
    with open_snapshot(home) as con:
        positions = last_positions(con)
    short = [uri for uri, offset in positions if not (home / uri).exists() or (home / uri).stat().st_size <= offset]
    todo = "bring these files back from a backup: captures can be read from nowhere else" if short else None
    yield Result("raw store", f"{len(positions)} WARC file(s)" + (f", missing or cut: {', '.join(short)}" if short else ", whole"), todo)
