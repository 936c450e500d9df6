"""Tables of a batch as files that the warehouse reads: Parquet, one for each table that has rows."""

import io
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from tasks.raw_store.staging import storage_failed
from warehouse.tables import Contract


def stage_tables(folder: Path, name: str, frames: Mapping[type[Contract], pl.DataFrame]) -> dict[str, Path]:
    """Write the frames that have rows into `folder` under a batch's staging name; the files by table. Each is whole, or not there.

    Raises StorageFailed where the disk refuses.
    """
    staged = {}
    for table, frame in frames.items():
        if frame.is_empty():
            continue
        staged[table.TABLE] = stage_frame(folder / f"{name}.{table.TABLE}.parquet", frame)
    return staged


def stage_frame(target: Path, frame: pl.DataFrame) -> Path:
    """Write one file, whole or not at all; its name. Raises StorageFailed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        part.write_bytes(as_parquet(frame))
        part.replace(target)
    except OSError as error:
        raise storage_failed(target, error) from error
    return target


def as_parquet(frame: pl.DataFrame) -> bytes:
    """Through memory, since Polars tells a full disk in words of its own. zstd: less to read costs the loader less than unpacking."""
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", compression_level=1)
    return packed.getvalue()
