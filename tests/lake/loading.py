"""The same input into a file and into a lake, as workers and loaders do it, without the processes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tasks.loading.file_loader import FileLoader
from tasks.loading.lake_loader import open_lake_loader
from tasks.loading.loader import Loader
from tasks.pages.limits import DEFAULT_LIMITS
from tasks.planning.batches import PageBatch, plan_batches
from tasks.planning.survey import survey
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tasks.staging.staged_batch import StagedBatch
from tasks.workers.finish_batch import finish_batch
from tasks.workers.order import WorkOrder
from warehouse.connection import Connection, open_loader
from warehouse.lake.address import LakeAddress
from warehouse.ledger import known_inputs
from warehouse.tables import CONTRACTS, Contract


@contextmanager
def loader_of(place: Path | LakeAddress, run_id: str = "a" * 16) -> Iterator[Loader]:
    """A home's loader, or a lake's."""
    if isinstance(place, LakeAddress):
        with open_lake_loader(place, run_id, 10.0) as loader:
            yield loader
    else:
        with open_loader(place) as connection, closing(FileLoader(connection, place)) as file_loader:
            yield file_loader


def staged(
    folder: Path, home: Path, place: Path | LakeAddress, con: Connection, run_id: str = "a", batch_pages: int = 100
) -> Iterator[tuple[PageBatch, StagedBatch]]:
    """All that is new under a folder, batch by batch, as workers leave it."""
    todo = survey(discover([folder], Tally()), lambda keys: known_inputs(con, keys))
    batches = plan_batches(todo.pending, plan, lambda keys: known_inputs(con, keys), run_id=run_id * 16, batch_pages=batch_pages)
    order = WorkOrder(home, 60.0, DEFAULT_LIMITS, "test", store=place.store if isinstance(place, LakeAddress) else None)
    for batch in batches:
        yield batch, finish_batch(batch, order, frozenset())


def load_all(folder: Path, home: Path, place: Path | LakeAddress, run_id: str = "a", batch_pages: int = 100) -> int:
    """Load all that is new; how many batches it took."""
    with loader_of(place, run_id * 16) as loader:
        return len([loader.commit(*pair) for pair in staged(folder, home, place, loader.connection, run_id, batch_pages)])


# What differs from one load of the same input to the next: clocks, and where bytes lie, which readers are asked for.
OWN = {
    "raw.pages": {"warc_uri", "warc_offset"},
    "ops.rejects": {"rejected_at", "replayed_at"},
    "ops.batches": {"started_at", "ended_at", "dissect_seconds", "shape_seconds", "judge_seconds"},
}


def rows(con: Connection, table: type[Contract]) -> list[tuple[object, ...]]:
    """All rows of a table, but for clocks; whether there was a moment stays."""
    own = OWN.get(table.TABLE, set())
    columns = [f"{name} IS NULL" if name in own else name for name in table.column_names()]
    return con.execute(f"SELECT {', '.join(columns)} FROM {table.TABLE} ORDER BY ALL").fetchall()


def compared(home: Path, lake: LakeAddress) -> dict[str, tuple[list[tuple[object, ...]], list[tuple[object, ...]]]]:
    """By table: the rows of the file and those of the lake."""
    with loader_of(home) as file, loader_of(lake) as other:
        compare = [table for table in CONTRACTS if table.TABLE not in ("ops.migrations", "ops.snapshot")]
        return {table.TABLE: (rows(file.connection, table), rows(other.connection, table)) for table in compare}
