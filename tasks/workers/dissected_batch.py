"""A batch whose pages have been read: the fate of every one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tasks.dissection.findings import Article, DissectedPage
from tasks.pages.outcome import Capture, PageOutcome
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedFile


@dataclass(slots=True)
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
