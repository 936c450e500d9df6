"""What a worker hands back of a batch that it has finished: where its tables and bytes lie, and what became of its pages.

References and counts, some hundred bytes a page: the rows themselves go from the worker's files into the warehouse.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from expectations.docs_index import DocsPage
from tasks.raw_store.staging import StagedRecord


class PageFate(NamedTuple):
    """What becomes of a page, unless the warehouse has it: it is loaded where there is no reason why not."""

    page_id: str | None  # None: it could not be read
    reason: str | None  # as ops.rejects has it; expectation:NAME where its article was refused


@dataclass(frozen=True, slots=True)
class StagedFile:
    """Bytes of captures, packed by a worker and not yet in the raw store."""

    path: Path
    records: tuple[StagedRecord, ...]


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """What lies in a lake's store under its final name: a folder's path, or an object's address."""

    tables: Mapping[str, str]
    rows: Mapping[str, int]  # by table
    bytes: tuple[str, ...]  # WARC files


@dataclass(frozen=True, slots=True)
class Steps:
    """Seconds by the clock that a batch took in its worker."""

    extract: float = 0.0  # read, restore, dissect, pack
    transform: float = 0.0  # shape
    validate: float = 0.0  # judge, and stage what was judged


@dataclass(frozen=True, slots=True, weakref_slot=True)
class StagedBatch:
    """A batch that needs nothing but to be committed. `tables` has a Parquet file for each table that has rows."""

    tables: Mapping[str, Path]
    files: tuple[StagedFile, ...]
    fates: tuple[PageFate, ...]  # one for each page, in the order of the batch
    started_at: datetime
    steps: Steps
    byte_count: int = 0  # of the captures
    tried_again: int = 0  # pages that the next run takes up
    warnings: Mapping[str, str] = field(default_factory=dict)  # expectations not met, with their tables: by how many rows
    refusal: str | None = None  # why the batch as a whole is not credible; then no page of it may be loaded
    docs: tuple[DocsPage, ...] = ()
    attempts: int = 1
    prepared: Path | None = None  # what is prepared of its articles: warehouse/prepared.py
    stored: StoredFiles | None = None  # of a lake, in place of `tables` and `files`

    def counts_by_outcome(self) -> dict[str, int]:
        """Pages by reason, the most frequent first; 'article' for the good ones."""
        return dict(Counter(fate.reason or "article" for fate in self.fates).most_common())
