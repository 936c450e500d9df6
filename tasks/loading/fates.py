"""Every page of a batch has one fate: loaded, already known, or rejected for a reason. Their sum is the pages seen."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tasks.staging.staged_batch import PageFate


@dataclass(slots=True)
class Fates:
    """Pages of one batch by fate."""

    loaded: int = 0
    known: int = 0
    rejected: Counter[str] = field(default_factory=Counter)  # by reason


def fates_of(pages: Iterable[PageFate], known: Collection[str]) -> Fates:
    """`known`: page_ids that the warehouse has. A page that the batch has met before is known as well."""
    fates, met = Fates(), set(known)
    for page_id, reason in pages:
        if page_id in met:
            fates.known += 1
        elif reason:
            fates.rejected[reason] += 1
        else:
            fates.loaded += 1
        met.update([page_id] if page_id else [])
    return fates
