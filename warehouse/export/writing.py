"""Files of a package, written by DuckDB: one, or one a day, and each on the disk before it is told of."""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from warehouse.connection import Connection
from warehouse.durable import sync_folder
from warehouse.export.chosen import Chosen
from warehouse.export.order import Order, Part, WrittenResource
from warehouse.sql_text import literal

TICK_SECONDS = 0.2
OPTIONS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": "FORMAT csv, HEADER, NEW_LINE '\\r\\n'",  # as RFC 4180 has it
    "jsonl": "FORMAT json",
}
_NAMES = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}  # of the folders


def write(con: Connection, one: Chosen, order: Order, package: Path, on_share: Callable[[float], None]) -> WrittenResource:
    """Write one resource into `package`; `on_share` is told 0..1 now and then. Raises what DuckDB and the disk say."""
    columns = ", ".join(f"{column.written(order.format, is_raw=order.is_raw)} AS {column.quoted}" for column in one.columns)
    moment = one.moment if order.format == "parquet" and order.parts != "none" else None
    if moment is not None:
        row_count = _copied(con, _parted(one, columns, moment, order.parts), package / one.name, f"PARTITION_BY ({order.parts})", on_share)
        if row_count:
            return WrittenResource(one.name, row_count, _finished(package, package / one.name), moment)
        (package / one.name).rmdir()  # a folder without a file tells no columns
    target = package / f"{one.name}.{order.format}{'.gz' if order.is_packed else ''}"
    row_count = _copied(con, f"SELECT {columns} {one.rows}", target, "COMPRESSION gzip" if order.is_packed else "", on_share, order.format)
    return WrittenResource(one.name, row_count, _finished(package, target), None)


def _parted(one: Chosen, columns: str, moment: str, parts: str) -> str:
    """In the order of its moments, so that one file a day is open at a time; then of its key, so that the same rows make the same files."""
    key = [name for name in (one.contract.primary_key() if one.contract else ()) if name != moment]
    told = f"strftime(timezone('UTC', {moment}), {literal(_NAMES[parts])}) AS {parts}"
    return f"SELECT {columns}, {told} {one.rows} ORDER BY {', '.join([moment, *key])}"


def _copied(con: Connection, query: str, target: Path, more: str, on_share: Callable[[float], None], form: str = "parquet") -> int:
    """Rows written. In a thread, so that this one hears Ctrl-C, upon which DuckDB is told to stop."""
    options = ", ".join(filter(None, (OPTIONS[form], more)))
    with ThreadPoolExecutor(1) as pool:
        copying = pool.submit(lambda: con.execute(f"COPY ({query}) TO {literal(str(target))} ({options})").fetchall())
        try:
            while not wait([copying], TICK_SECONDS).done:
                on_share(max(0.0, con.query_progress()) / 100)
        except BaseException:
            _stop(con, copying)
            raise
    return int(copying.result()[0][0])


def _stop(con: Connection, copying: Future[Any]) -> None:
    while not wait([copying], 0.05, FIRST_COMPLETED).done:
        con.interrupt()  # again, since before the statement has begun nothing hears it


def _finished(package: Path, written: Path) -> tuple[Part, ...]:
    """The files of one resource, flushed to the disk with the folders that name them."""
    files = sorted(path for path in written.rglob("*") if path.is_file()) if written.is_dir() else [written]
    parts = tuple(_part(package, path) for path in files)
    for folder in {path.parent for path in files} | ({written} if written.is_dir() else set()):
        sync_folder(folder)
    return parts


def _part(package: Path, path: Path) -> Part:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
        return Part(path.relative_to(package).as_posix(), os.fstat(file.fileno()).st_size, f"sha256:{digest}")
