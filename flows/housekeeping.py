"""What piles up in a home is removed once nothing needs it: told first, one line each, and only told with `dry_run`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import Field

from expectations.docs_index import outdated_docs, remove_docs
from flows import stop
from flows.healing import tried_again
from flows.settings import Settings, read_settings
from tasks.raw_store.staging_folder import clear_staging, staging_folder
from tasks.raw_store.unused import unused_files
from tasks.relation.relate import Related
from warehouse.connection import SNAPSHOT_FILE, Connection, open_loader, open_snapshot
from warehouse.durable import half_copies, sweep
from warehouse.errors import SettingsInvalid
from warehouse.lake.address import LakeAddress
from warehouse.published import FOLDER, states
from warehouse.raw_positions import files_in_use

DOCS_DAYS = 90
Found = list[Path]


@flow(name="housekeeping", flow_run_name="housekeeping", persist_result=False)
def housekeeping(
    home: str | None = None,
    docs_days: Annotated[int, Field(ge=1)] = DOCS_DAYS,
    raw_days: Annotated[int, Field(ge=1)] | None = None,
    dry_run: bool = False,
) -> State[dict[str, list[str]]]:
    """Remove what killed runs have left, Data Docs that are old and, where that is asked for, files of the raw store that nothing uses.

    It waits for a load under way, and loads wait for it. Prefect's own records are removed by its server after 30 days. Where the warehouse
    is a lake it does what `broadsheet lake maintain`, `broadsheet lake index` and `broadsheet relate` do.

    Args:
        home: Folder of the warehouse. Without: BROADSHEET_HOME, or broadsheet-data.
        docs_days: Data Docs of runs that began before so many days.
        raw_days: Files of raw/ that neither the loader nor the snapshot points into and that were last written before so many days.
            Without: they are told of, and stay: after a warehouse was lost they may be the only copy of what they hold.
        dry_run: Remove nothing.
    """
    settings = read_settings(home=home)
    if settings.lake is not None:
        return _keep_lake_up(settings, settings.lake, dry_run=dry_run)
    at, seconds = settings.absolute_home, settings.lock_wait_seconds
    done: dict[str, list[str]] = {}

    def settle(what: str, found: Found, remove: Callable[[Found], object] | None) -> None:
        fate = "removed" if remove and not dry_run else "would be removed" if remove else "kept"
        for path in found:
            get_run_logger().info("%s: %s, %s", fate, what, path)
        if remove and found and not dry_run:
            remove(found)
        done[f"{what}, {fate}"] = [str(path.relative_to(at)) for path in found]

    with tried_again(), stop.on_signals(), open_loader(at, seconds, on_wait=stop.waiting(at, seconds)) as connection:
        settle("staged by a run that was killed", sorted(staging_folder(at).glob("*")), lambda _: clear_staging(at))
        settle("half a snapshot", half_copies(at / FOLDER), lambda _: sweep(at / FOLDER))
        old = outdated_docs(at, datetime.now(UTC) - timedelta(days=docs_days))
        settle("old Data Docs", old, lambda folders: remove_docs(at, folders))
        unused = unused_files(at, _in_use(connection, at), raw_days or 0)
        settle("raw file that nothing points into", unused, _unlink if raw_days else None)
    return Completed(message=_told(done), data=done)


def _keep_lake_up(settings: Settings, lake: LakeAddress, *, dry_run: bool) -> State[dict[str, list[str]]]:
    """Raises SettingsInvalid for a dry run: what would be merged only DuckLake knows."""
    from flows.relate_articles import relate_waiting
    from tasks.loading.lake_upkeep import DAYS, maintain
    from warehouse.lake.indexing import index_lake

    if dry_run:
        raise SettingsInvalid("expected no dry run of a lake's upkeep; `broadsheet lake status` says whether it is due.")
    with tried_again(), stop.on_signals():
        done = maintain(lake, DAYS, settings.lock_wait_seconds, stop.waiting(lake, settings.lock_wait_seconds))
        indexed = index_lake(lake)
        related = relate_waiting(settings) or Related()
    gone = done.removed + done.orphans
    told = f"{done.expired} states expired, {done.merged} files merged, {gone} removed, {indexed.new_count} indexed, {related.line()}"
    return Completed(message=told, data={"raw and staged files that nothing points into, removed": done.left})


def _in_use(connection: Connection, home: Path) -> set[str]:
    """All that the loader's file or a published state points into. Raises WarehouseUnusable, SnapshotLocked where one cannot tell: then
    nothing goes."""
    in_use = files_in_use(connection)
    for as_of in {None, *(state.snapshot_id for state in states(home))} if (home / SNAPSHOT_FILE).exists() else ():
        with open_snapshot(home, as_of=as_of) as snapshot:
            in_use |= files_in_use(snapshot)
    return in_use


def _unlink(files: Found) -> None:
    for path in files:
        path.unlink()


def _told(done: dict[str, list[str]]) -> str:
    return "; ".join(f"{len(found)} {what}" for what, found in done.items() if found) or "nothing to remove"
