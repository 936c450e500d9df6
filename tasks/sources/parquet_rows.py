"""Page tables as Parquet; offsets are row numbers. Rows are decoded a few at a time, never a row group at once."""

import threading
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tasks.sources.columns import plain
from tasks.sources.page import InputFile, PageRef, PageUnreadable, Unreadable
from tasks.sources.printable import printable
from tasks.sources.table_row import NAMES, WRAPPERS, has_payload

ROWS_AT_ONCE: Final = 16  # pages average 190 KB, so about 3 MB
BUFFER: Final = 1024 * 1024
INSIDE: Final = "."  # between a struct's name and that of its field
# ValueError: a footer's names need not be UTF-8; PolarsError: a type that Polars has not
BROKEN: Final = (pa.ArrowException, OSError, ValueError, pl.exceptions.PolarsError)
_held = threading.local()


@dataclass(slots=True)
class _Cursor:
    """Where reading stands: `rows` are those from `first` on, `batches` gives the ones behind them in the row group."""

    path: str
    file: pq.ParquetFile
    batches: Iterator[pa.RecordBatch]
    rows: pl.DataFrame
    first: int
    group_end: int

    def holds(self, row: int) -> bool:
        return self.first <= row < self.first + self.rows.height


def plan_rows(file: InputFile, start: int) -> Iterator[PageRef | Unreadable]:
    """One page per row: only the footer is read."""
    path = file.path
    whole = PageRef(file.kind, path, file.uri)
    try:
        with pq.ParquetFile(_openable(path)) as table:
            row_count, columns = table.metadata.num_rows, list(_columns(table.schema_arrow))
    except BROKEN as error:
        yield Unreadable(whole, "table_broken", f"{path}: expected Parquet: {error}")
        return
    if twice := sorted({name for name in columns if columns.count(name) > 1 and plain(name) in NAMES}):
        detail = f"{path}: expected columns of different names, came {', '.join(twice)[:300]} more than once; rename one of them"
        yield Unreadable(whole, "table_broken", detail)
        return
    if not has_payload(name.rpartition(INSIDE)[2] for name in columns):
        yield Unreadable(whole, "columns_missing", f"{path}: expected html or text; came {', '.join(columns)[:300]}")
        return
    for row in range(start, row_count):
        yield PageRef(file.kind, path, file.uri, offset=row, end=row + 1)


def _columns(schema: pa.Schema) -> Iterator[str]:
    """Every column, those inside metadata{} and its like as metadata.url."""
    for column in schema:
        yield column.name
        if pa.types.is_struct(column.type) and plain(column.name) in WRAPPERS:
            yield from (f"{column.name}{INSIDE}{inner.name}" for inner in column.type.fields)


def row_at(ref: PageRef) -> dict[str, Any]:
    """The row at `ref`, only the columns a page needs. Raises PageUnreadable: table_broken."""
    try:
        cursor = _moved_to(ref.path, ref.offset)
    except BROKEN as error:
        _held.cursor = None
        raise PageUnreadable("table_broken", f"{ref.path}, row {ref.offset}: {error}") from error
    return cursor.rows.row(ref.offset - cursor.first, named=True)


def _moved_to(path: str, row: int) -> _Cursor:
    cursor: _Cursor | None = getattr(_held, "cursor", None)
    if cursor is None or cursor.path != path or not cursor.first <= row < cursor.group_end:
        cursor = _opened(path, row, cursor)
        _held.cursor = cursor
    while not cursor.holds(row):
        batch = next(cursor.batches, None)
        if batch is None:
            raise OSError(f"the row group ends before row {row}")
        cursor.first += cursor.rows.height
        cursor.rows = _frame(batch)
    return cursor


def _opened(path: str, row: int, last: _Cursor | None) -> _Cursor:
    """A cursor at the start of the row group that holds `row`."""
    file = last.file if last is not None and last.path == path else pq.ParquetFile(_openable(path), buffer_size=BUFFER)
    if last is not None and last.path != path:
        last.file.close()
    sizes = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
    ends = list(accumulate(sizes))
    group = bisect_right(ends, row)
    if group == len(ends):
        raise OSError(f"the table has {file.metadata.num_rows} rows")
    columns = [name for name in file.schema_arrow.names if plain(name) in NAMES]
    batches = file.iter_batches(ROWS_AT_ONCE, row_groups=[group], columns=columns, use_threads=False)
    return _Cursor(path, file, batches, pl.DataFrame(), ends[group] - sizes[group], ends[group])


def _openable(path: str) -> str | pa.BufferReader:
    """Arrow opens files whose names are UTF-8; others are mapped for it."""
    if printable(path) == path:
        return path
    with Path(path).open("rb") as file:
        return pa.BufferReader(mmap(file.fileno(), 0, access=ACCESS_READ))


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    frame = pl.from_arrow(batch)
    if not isinstance(frame, pl.DataFrame):
        raise TypeError(f"expected a frame from a record batch, came {type(frame).__name__}")
    return frame
