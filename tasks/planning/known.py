"""What of a file the ledger knows: what needs no more, what failed and is tried again, and where the first gap begins."""

from collections.abc import Iterable, Mapping, Sequence

from tasks.sources.page import FileState
from warehouse.ledger import KnownStretch


def dealt_with(file: FileState, known: Mapping[str, Sequence[KnownStretch]]) -> tuple[list[KnownStretch], dict[int, int]]:
    """What of a file, as it is now, needs no more; and how often each page failed that is to be tried again, by offset."""
    same = [stretch for stretch in known.get(file.key, ()) if stretch.fingerprint == file.fingerprint]
    failed = {stretch.start: stretch.failed_attempts for stretch in same if stretch.failed_attempts is not None}
    return [stretch for stretch in same if stretch.failed_attempts is None], failed


def covered_up_to(done: Iterable[KnownStretch]) -> tuple[int, bool]:
    """Where the first gap begins, and whether there is none up to the end of the file."""
    reached = 0
    for stretch in sorted(done, key=lambda known: known.start):
        if stretch.start > reached:
            break
        reached = max(reached, stretch.end)
        if stretch.is_last:
            return reached, True
    return reached, False
