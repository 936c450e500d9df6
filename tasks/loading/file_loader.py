"""Loading into the file of a home, which one run at a time has open."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tasks.loading.batch import LoadedBatch, discard, known_among, load
from tasks.planning.batches import PageBatch
from tasks.raw_store.store import RawStore
from tasks.staging.staged_batch import StagedBatch
from warehouse.connection import Connection
from warehouse.ledger import mark_interrupted_runs
from warehouse.raw_positions import last_positions
from warehouse.relating.corpus import Corpus, FileCorpus
from warehouse.staged_tables import StagedTables
from warehouse.upsert import load_batch, record_run

MOST_PREPARED = 2**30  # bytes on disk, of some 170,000 articles: what comes after these in a run is computed of its rows


class FileLoader:
    """See Loader."""

    is_file = True

    def __init__(self, connection: Connection, home: Path) -> None:
        self.connection = connection
        self._raw_store = RawStore(home)
        self._prepared: list[Path] = []  # files that the index of search and that of copies are made of
        self._prepared_bytes = 0

    def tidy_up(self) -> None:
        mark_interrupted_runs(self.connection)
        self._raw_store.truncate_to_committed(last_positions(self.connection))

    def known_among(self, staged: StagedBatch) -> frozenset[str]:
        return known_among(self.connection, staged)

    def commit(self, batch: PageBatch, staged: StagedBatch) -> LoadedBatch:
        return load(self.connection, self._raw_store, batch, self._bounded(staged))

    def discard(self, staged: StagedBatch) -> None:
        discard(staged)

    def tell_rows(self, files: Mapping[str, Path]) -> dict[str, int]:
        return load_batch(self.connection, StagedTables(files))

    def close(self) -> None:
        """Remove what workers have prepared of the articles: of those that no index has taken in it is computed of their rows."""
        for path in self._prepared:
            path.unlink(missing_ok=True)

    def _bounded(self, staged: StagedBatch) -> StagedBatch:
        """The batch with what is prepared of it, or without where a long run has enough of that."""
        if staged.prepared is None:
            return staged
        if self._prepared_bytes >= MOST_PREPARED:
            staged.prepared.unlink()
            return replace(staged, prepared=None)
        self._prepared.append(staged.prepared)
        self._prepared_bytes += staged.prepared.stat().st_size
        return staged

    def record_run(self, row: Mapping[str, Any]) -> None:
        record_run(self.connection, row)

    @contextmanager
    def to_relate(
        self, home: Path, on_wait: Callable[[str], None], *, is_needed: bool = False  # noqa: ARG002 - nobody else has the file
    ) -> Iterator[Corpus | None]:  # fmt: skip
        yield FileCorpus(self.connection, home)
