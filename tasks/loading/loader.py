"""What a run asks of a warehouse that it loads into, be it a file of one loader or a lake of many."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from tasks.loading.batch import LoadedBatch
from tasks.planning.batches import PageBatch
from tasks.staging.staged_batch import StagedBatch
from warehouse.connection import Connection
from warehouse.relating.corpus import Corpus


class Loader(Protocol):
    """Open for the time of one run. `connection`: to ask what is committed; nobody but the loader writes through it."""

    connection: Connection
    is_file: bool  # whether the warehouse is the file of a home: then what is committed is published by copies

    def tidy_up(self) -> None:
        """Make good what runs have left that were killed."""
        ...

    def known_among(self, staged: StagedBatch) -> frozenset[str]:
        """The page_ids of the batch that the warehouse has."""
        ...

    def commit(self, batch: PageBatch, staged: StagedBatch) -> LoadedBatch:
        """All of the batch or nothing of it; pages that the warehouse has are left as they are. Raises BroadsheetError."""
        ...

    def discard(self, staged: StagedBatch) -> None:
        """The files of a batch that is staged once more."""
        ...

    def tell_rows(self, files: Mapping[str, Path]) -> dict[str, int]:
        """Rows of no batch, given by files of this machine, by table; of a row that is told once, the first stays. Gives rows by table."""
        ...

    def record_run(self, row: Mapping[str, Any]) -> None:
        """A row of ops.runs, given by column: when the run begins, and again when it ends."""
        ...

    def to_relate(self, home: Path, on_wait: Callable[[str], None], *, is_needed: bool = False) -> AbstractContextManager[Corpus | None]:
        """The articles, for whoever relates; None where another run does it, as presence.py tells. `home`: where the index lies."""
        ...
