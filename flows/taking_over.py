"""A proposal taken over. Loads no orchestrator: nothing is read again."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows import stop
from flows.settings import EXPORT_FIRST, Settings, expect_file
from tasks.raw_store.staging import storage_failed
from tasks.relation.relate import relate
from tasks.reprocessing import proposal
from warehouse.connection import expect_snapshot, open_loader
from warehouse.errors import QueryInvalid, WarehouseBusy
from warehouse.prepared import keep_prepared
from warehouse.relating.corpus import FileCorpus
from warehouse.snapshot import publish_snapshot
from warehouse.taking_over import CHANGED_ARTICLES, accept

LOCK = "reprocess.lock"


def accept_proposal(settings: Settings) -> tuple[proposal.Proposal, int]:
    """Take the proposal over, all of it or nothing, and publish; the proposal, and how many captures were taken over.

    Raises QueryInvalid where none waits, WarehouseBusy where a load does not end in time, StorageFailed where the disk refuses.
    """
    expect_file(settings, "take a proposal over", EXPORT_FIRST)
    home = settings.absolute_home
    with alone(home):
        made = proposal.pending(home)
        if made is None:
            raise QueryInvalid("expected a proposal to take over, there is none. Make one: `broadsheet reprocess --outdated`.")
        with open_loader(home, settings.lock_wait_seconds, on_wait=stop.waiting(home, settings.lock_wait_seconds)) as connection:
            files, changes, differing = proposal.files_of(home), proposal.changes_file(home), proposal.differing_file(home)
            pages = accept(connection, files, changes, differing, made.taken_over)
            for file in proposal.prepared_files(home):
                keep_prepared(connection, file, CHANGED_ARTICLES)
            relate(FileCorpus(connection, home), made.run_id)  # texts that changed, and what they are copies of
            publish_snapshot(connection, home)
        proposal.discard(home)  # last: whoever was killed before takes the same over once more
    return made, pages


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One reprocess of a home at a time. Raises WarehouseBusy, WarehouseUnusable where the home has no warehouse."""
    expect_snapshot(home)
    try:
        file = (home / LOCK).open("w", encoding="utf-8")
    except OSError as error:
        raise storage_failed(home / LOCK, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseBusy(f"expected to reprocess {home} alone, another reprocess is under way. Wait for it to end.") from None
        yield
