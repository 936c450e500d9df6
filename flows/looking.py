"""What there is to do, before anything is started for it. Loads no orchestrator, no worker, no frames."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tasks.planning.survey import Survey, survey
from tasks.raw_store.staging_folder import clear_staging
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from warehouse.connection import Connection, open_loader
from warehouse.errors import WarehouseBusy
from warehouse.lake.address import LakeAddress
from warehouse.ledger import is_published, known_inputs, mark_interrupted_runs
from warehouse.snapshot import publish_snapshot


def look(
    home: Path, paths: Sequence[Path], source: str | None, wait_seconds: float, on_wait: Callable[[str], None],
    below: Path | None = None,
) -> Survey:  # fmt: skip
    """What there is to do under `paths`. Where that is nothing, what a killed run has left is made good here."""
    with open_loader(home, wait_seconds, on_wait=on_wait) as connection:
        todo = _survey(connection, paths, source, below)
        if not todo.pending:
            make_good(connection, home)
    return todo


def look_at_lake(
    lake: LakeAddress, paths: Sequence[Path], source: str | None, below: Path | None = None, wait_seconds: float = 0.0
) -> Survey:
    """The same of a lake, which is only read: what is committed is published. Where there is nothing to do, runs that were killed are told
    so; where a maintenance is under way for longer than `wait_seconds`, by the next one."""
    from warehouse.lake.attach import open_lake
    from warehouse.lake.runs import running_runs

    with open_lake(lake, read_only=True) as connection:
        todo = _survey(connection, paths, source, below)
        is_said_to_run = not todo.pending and bool(running_runs(connection))
    if is_said_to_run:
        from tasks.loading.lake_loader import open_lake_loader

        with suppress(WarehouseBusy), open_lake_loader(lake, secrets.token_hex(8), wait_seconds) as loader:
            loader.tidy_up()
    return todo


def _survey(connection: Connection, paths: Sequence[Path], source: str | None, below: Path | None) -> Survey:
    passed = Tally()
    return survey(discover(paths, passed, below), lambda keys: known_inputs(connection, keys), source, passed)


def make_good(connection: Connection, home: Path) -> bool:
    """Record that killed runs were, remove what they staged, and publish what they did not. Whether something was published."""
    mark_interrupted_runs(connection)
    clear_staging(home)
    if is_published(connection, home):
        return False
    publish_snapshot(connection, home, anew=True)
    return True
