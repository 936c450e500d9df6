"""The loader's file and the snapshot: who loads, what a killed run left, and what analysts do not see yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.doctor.result import Result
from warehouse.connection import SNAPSHOT_FILE, look_into_loader, open_snapshot
from warehouse.errors import BroadsheetError, SnapshotLocked, WarehouseBusy
from warehouse.ledger import is_published
from warehouse.migrate import migrations
from warehouse.queries import page_count, standing, standing_of
from warehouse.version import VERSION

AGAIN = "run `broadsheet ingest` with the same paths again: it goes on from there, and publishes"
MIGRATE = "run any `broadsheet ingest`: it migrates the warehouse and publishes; then ask again about rows and bytes"
NEWEST = migrations()[-1].number
IN_RUNBOOK = "see docs/runbook.md, a damaged or newer warehouse"


@dataclass(slots=True)
class Files:
    """What was found of the two files."""

    results: list[Result] = field(default_factory=list)
    is_snapshot_sound: bool = False
    is_loader_free: bool = False


def look_at_files(home: Path) -> Files:
    """Look at both, without disturbing a run: the loader's file is opened read-only, and only where nobody holds it."""
    found = Files()
    try:
        with look_into_loader(home) as con:
            ended = standing_of(con)
            found.is_loader_free = ended["migration"] == NEWEST
            pages, is_same = page_count(con), is_published(con, home)
        killed = f"a run was killed{f' after {pages} pages' if pages else ''}" if ended["running_count"] else None
        found.results.append(Result("loader", killed or f"free, version {VERSION}", AGAIN if killed else None))
        found.results.extend(_snapshot(found, home, pages, is_same))
    except FileNotFoundError:
        found.results.append(Result("loader", "none: the next run begins it from the snapshot"))
        found.results.extend(_snapshot(found, home))
    except WarehouseBusy as busy:
        found.results.append(Result("loader", f"loading: {busy}"))
        found.results.extend(_snapshot(found, home, is_loading=True))
    except BroadsheetError as error:
        found.results.append(Result("loader", str(error), IN_RUNBOOK))
        found.results.extend(_snapshot(found, home))
    return found


def _snapshot(found: Files, home: Path, committed: int | None = None, is_same: bool = True, is_loading: bool = False) -> Iterator[Result]:
    """`committed`: pages in the loader's file, where it could be read; `is_same`: whether both say the same."""
    if not (home / SNAPSHOT_FILE).exists():
        if is_loading:
            yield Result("snapshot", "none yet: a run publishes one every few minutes, and when it ends")
        elif committed is not None:
            yield Result("snapshot", f"none: {committed} pages committed, not published", AGAIN)
        return
    try:
        stands = standing(home)
        with open_snapshot(home) as con:
            published, strangers = page_count(con), stands["foreign_tables"]
    except SnapshotLocked as error:
        yield Result("snapshot", str(error), "end that program, or run `broadsheet ingest`")
        return
    except BroadsheetError as error:
        yield Result("snapshot", str(error), IN_RUNBOOK)
        return
    found.is_snapshot_sound = stands["migration"] == NEWEST
    said = f"{published} pages, published {stands['published_at']:%Y-%m-%d %H:%M} UTC, {stands['snapshot_bytes'] / 2**20:.1f} MiB"
    todo = None
    if committed is not None and not is_same:
        behind = f"{committed - published} pages more are committed" if committed > published else "how the last run ended is"
        said, todo = f"{said}; {behind}, not published", AGAIN
    if not found.is_snapshot_sound:
        said, todo = f"{said}; of an older version: migration {stands['migration']}, this one has {NEWEST}", MIGRATE
    yield Result("snapshot", said, todo)
    if strangers:
        todo = "copy them into another database: the next snapshot has them no more"
        yield Result("other tables", f"none of ours, in the snapshot: {strangers}", todo)
