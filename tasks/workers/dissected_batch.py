"""What a worker hands back: the fate of every page of a batch."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tasks.dissection.findings import Article, DissectedPage
from tasks.pages.outcome import Capture, PageOutcome
from tasks.planning.batches import PageBatch
from tasks.raw_store.staging import StagedRecord


@dataclass(frozen=True, slots=True)
class StagedFile:
    """Bytes of captures, packed by a worker and not yet in the raw store."""

    path: Path
    records: tuple[StagedRecord, ...]


@dataclass(slots=True, weakref_slot=True)
class DissectedBatch:
    """A batch with the fate of each of its pages, and what it took."""

    batch: PageBatch
    outcomes: list[PageOutcome]
    staged: list[StagedFile] = field(default_factory=list)
    started_at: datetime | None = None
    seconds: float = 0.0
    attempts: int = 1

    def captured(self) -> Iterator[tuple[PageOutcome, Capture]]:
        """Pages that could be read, with their capture."""
        yield from ((o, o.capture) for o in self.outcomes if o.capture)

    def articles(self) -> Iterator[tuple[Capture, DissectedPage, Article]]:
        """Pages that carry an article, each page_id once: the same bytes under the same URL are one page."""
        seen: set[str] = set()
        for outcome, capture in self.captured():
            page = outcome.dissected
            if page and page.article and outcome.reason is None and capture.page_id not in seen:
                seen.add(capture.page_id)
                yield capture, page, page.article

    def counts_by_outcome(self) -> dict[str, int]:
        """Pages by reason; 'article' for the good ones."""
        counts: dict[str, int] = {}
        for outcome in self.outcomes:
            counts[outcome.reason or "article"] = counts.get(outcome.reason or "article", 0) + 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))
