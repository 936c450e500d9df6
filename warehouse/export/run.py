"""One export, from the order to the folder that has its name."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from warehouse.connection import Connection
from warehouse.durable import sync_folder
from warehouse.errors import QueryInvalid, StorageFailed
from warehouse.export.chosen import Chosen, chosen
from warehouse.export.order import Exported, Order
from warehouse.export.package import descriptor, write_descriptor
from warehouse.export.target import workshop
from warehouse.export.writing import write
from warehouse.queries import rows_of
from warehouse.state import Place, expect_state, open_state
from warehouse.transaction import OF_THE_DISK, gist, tells_damage

UNCOUNTED = 100_000  # rows that a view or query is taken for in the progress: to count them would be to ask it twice


@dataclass(slots=True)
class ExportProgress:
    """How far an export is, in rows."""

    total_rows: int
    done_rows: int = 0  # of resources that are written
    now: str = ""  # the resource that is being written
    now_rows: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def total_bytes(self) -> int:
        return self.total_rows

    @property
    def done_bytes(self) -> int:
        return min(self.total_rows, self.done_rows + self.now_rows)

    def line(self) -> str:
        """`core.articles  45 %, about 12 s left`"""
        share = self.done_bytes / max(self.total_rows, 1)
        left = (time.monotonic() - self.began) * (1 - share) / share if share > 0.01 else None  # before, nobody knows
        return f"{self.now}  {share:.0%}" + (f", about {left:.0f} s left" if left is not None else "")


def export(place: Place, order: Order, target: Path, *, is_replaced: bool, saw: Callable[[ExportProgress], None]) -> Exported:
    """Write what is ordered to `target`, whole or not at all; `saw` is told how far it is.

    Raises SettingsInvalid, QueryInvalid, StorageFailed, and what `open_state` raises.
    """
    expect_state(place)
    with _failures(target), workshop(target, is_replaced=is_replaced) as folder:
        with open_state(place, as_of=order.as_of, workshop=folder, asked=order.query or "") as con, _refused_queries(folder):
            snapshot = rows_of(con, "FROM ops.snapshot")[0]
            all_of_them = chosen(con, order)
            counts = [_row_count(con, one) for one in all_of_them]
            progress = ExportProgress(sum(counts))
            written = []
            for one, count in zip(all_of_them, counts, strict=True):
                progress.now = one.name
                written.append(write(con, one, order, folder / "package", partial(_tell, progress, count, saw)))
                progress.done_rows, progress.now_rows = progress.done_rows + count, 0
        write_descriptor(folder / "package", descriptor(snapshot, list(zip(all_of_them, written, strict=True)), order))
        sync_folder(folder / "package")
    return Exported(target.absolute(), snapshot["snapshot_id"], tuple(written))


def _tell(progress: ExportProgress, count: int, saw: Callable[[ExportProgress], None], share: float) -> None:
    progress.now_rows = int(share * count)
    saw(progress)


def _row_count(con: Connection, one: Chosen) -> int:
    return UNCOUNTED if one.contract is None else int(con.execute(f"SELECT count(*) {one.rows}").fetchall()[0][0])


@contextmanager
def _refused_queries(folder: Path) -> Iterator[None]:
    """What DuckDB says of a query as QueryInvalid, of the disk as StorageFailed; of the snapshot it passes through."""
    try:
        yield
    except duckdb.Error as error:
        said = gist(error)
        if isinstance(error, duckdb.IOException) and (str(folder) in said or any(os.strerror(number) in said for number in OF_THE_DISK)):
            raise StorageFailed(said.replace(str(folder), folder.name)) from error
        if tells_damage(error):
            raise
        raise QueryInvalid(f"expected a query that reads the warehouse, DuckDB says: {error}") from error


@contextmanager
def _failures(target: Path) -> Iterator[None]:
    """What the disk refuses, with what to do about it."""
    try:
        yield
    except StorageFailed as error:
        raise StorageFailed(_said(target, str(error))) from error
    except OSError as error:
        if error.errno not in (*OF_THE_DISK, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG):
            raise
        raise StorageFailed(_said(target, str(error.strerror))) from error


def _said(target: Path, came: str) -> str:
    return f"Expected the disk to take an export at {target}, came: {came}. Nothing of it is left: free space, or give another --to."
