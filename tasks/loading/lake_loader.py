"""Loading into a lake, to which others load at the same time: what a worker has put into the store is named in its catalog."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tasks.loading.batch import LoadedBatch, known_among, ledger_entry
from tasks.loading.fates import fates_of
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch, StoredFiles
from tasks.staging.store_files import remove
from warehouse.connection import Connection
from warehouse.errors import CatalogUnreachable, ContractBroken
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.commit import Committed, LakeBatch, commit_batch, tell_row, tell_rows
from warehouse.lake.presence import Presence, present
from warehouse.lake.relating import LakeCorpus
from warehouse.lake.runs import killed_runs, mark_killed_runs, running_runs
from warehouse.lake.tables import is_told_anew
from warehouse.lake.turn import in_turn
from warehouse.last_words import WORDS_OF_A_LAKE, last_words
from warehouse.relating.corpus import Corpus
from warehouse.staged_tables import BY_NAME
from warehouse.tables import Runs

T = TypeVar("T")


class LakeLoader:
    """See Loader. Nothing is ever updated or deleted: known pages are not pointed to other bytes."""

    is_file = False

    def __init__(self, connection: Connection, address: LakeAddress, presence: Presence, patience_seconds: float) -> None:
        self.connection = connection
        self._address, self._presence, self._patience = address, presence, patience_seconds

    def tidy_up(self) -> None:
        """Runs that say that they run and hold no lock were killed. What they staged `broadsheet lake maintain` removes."""
        alive = self._presence.alive(running_runs(self.connection))
        if killed_runs(self.connection, alive):
            self._in_turn(lambda turn: mark_killed_runs(self.connection, alive, turn))

    def known_among(self, staged: StagedBatch) -> frozenset[str]:
        return known_among(self.connection, staged)

    def commit(self, batch: PageBatch, staged: StagedBatch) -> LoadedBatch:
        clock, stored = time.monotonic(), _stored(staged)
        given = LakeBatch(
            batch.batch_id, batch.run_id, stored.tables, stored.rows,
            page_ids=[fate.page_id for fate in staged.fates if fate.page_id],
            entry=lambda known: ledger_entry(batch, staged, fates_of(staged.fates, known)),
        )  # fmt: skip
        committed: Committed = self._in_turn(lambda turn: commit_batch(self.connection, given, turn))
        fates = fates_of(staged.fates, committed.known)
        _remove_unnamed(stored, committed)
        return LoadedBatch(fates, committed.inserted, seconds=time.monotonic() - clock)

    def discard(self, staged: StagedBatch) -> None:
        for file in (*_stored(staged).tables.values(), *_stored(staged).bytes):
            remove(file)

    def record_run(self, row: Mapping[str, Any]) -> None:
        self._in_turn(lambda turn: tell_row(self.connection, Runs, row, turn))

    def tell_rows(self, files: Mapping[str, Path]) -> dict[str, int]:
        given = {table: str(file) for table, file in files.items()}
        return self._in_turn(lambda turn: tell_rows(self.connection, given, turn))

    @contextmanager
    def to_relate(self, home: Path, on_wait: Callable[[str], None], *, is_needed: bool = False) -> Iterator[Corpus | None]:
        with self._presence.relating(self._patience, on_wait, is_needed=is_needed) as is_mine:
            yield LakeCorpus(self._address, home, self.connection, self._in_turn) if is_mine else None

    def _in_turn(self, work: Callable[[int], T]) -> T:
        return in_turn(self.connection, self._address, work, patience_seconds=self._patience, before_commit=self._presence.hold)


def _stored(staged: StagedBatch) -> StoredFiles:
    if staged.stored is None:
        raise ContractBroken("expected a batch staged in the store of the lake, came one of a home: its work order names no store.")
    return staged.stored


def _remove_unnamed(stored: StoredFiles, committed: Committed) -> None:
    """The files that the catalog does not name. A WARC file of which one page was new is pointed into; others stay in it unnamed."""
    for table, file in stored.tables.items():
        if is_told_anew(BY_NAME[table]) or not committed.are_registered:
            remove(file)
    if not committed.are_registered and not committed.inserted.get("raw.pages"):
        for file in stored.bytes:
            remove(file)


@contextmanager
def open_lake_loader(
    address: LakeAddress, run_id: str, wait_seconds: float, on_wait: Callable[[str], None] = lambda _: None
) -> Iterator[LakeLoader]:
    """A loader beside others; maintenance waits for it, and it for maintenance. Raises what open_lake does, WarehouseBusy."""
    with (
        last_words(WORDS_OF_A_LAKE, CatalogUnreachable.exit_code),
        present(address, run_id, wait_seconds, on_wait) as presence,
        open_lake(address) as connection,
    ):
        yield LakeLoader(connection, address, presence, max(wait_seconds, 1.0))
