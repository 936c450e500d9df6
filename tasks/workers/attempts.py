"""What may heal is tried again, a bounded number of times: a disk was away, a machine overloaded, a worker killed by a neighbour."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.pages.outcome import PageOutcome
from tasks.planning.batches import Stretch
from tasks.planning.pieces import Piece
from tasks.sources.page import Unreadable
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.reject_reasons import TRANSIENT

MOST_ATTEMPTS = 3  # runs; the last one's verdict is final until the file changes


def count_attempts(batch: DissectedBatch) -> DissectedBatch:
    """The batch, with each page that the next run tries again marked as such: it leaves a reject and no capture, or it would be known."""
    pairs = zip(batch.batch.pieces, batch.outcomes, strict=True)
    return replace(batch, outcomes=[_counted(piece, outcome, batch.batch.stretches) for piece, outcome in pairs])


def _counted(piece: Piece, outcome: PageOutcome, stretches: Sequence[Stretch]) -> PageOutcome:
    if outcome.reason not in TRANSIENT or (isinstance(piece, Unreadable) and piece.ref.end > piece.ref.offset):
        return outcome  # what planning says of a place in a file, such as a sidecar's missing page, is as true tomorrow
    stretch = next((stretch for stretch in stretches if stretch.holds(outcome.ref)), None)
    if stretch is None:
        return outcome  # a file that could not be opened has none: it is tried in every run
    attempt = stretch.failed.get(outcome.ref.offset, 0) + 1
    told = f"{outcome.detail}; attempt {attempt} of {MOST_ATTEMPTS}"
    if attempt >= MOST_ATTEMPTS:
        return replace(outcome, detail=f"{told}, the last one")
    return replace(outcome, capture=None, dissected=None, detail=told, failed_attempts=attempt)
