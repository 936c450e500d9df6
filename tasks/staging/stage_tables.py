"""Tables of a batch as files that the warehouse reads: Parquet, one for each table that has rows."""

import io
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from tasks.raw_store.staging import storage_failed
from tasks.raw_store.staging_folder import staging_folder
from warehouse.tables import Contract


def stage_tables(home: Path, name: str, frames: Mapping[type[Contract], pl.DataFrame]) -> dict[str, Path]:
    """Write the frames that have rows under a batch's staging name; the files by table. A file is whole under its name, or not there.

    Raises StorageFailed where the disk refuses.
    """
    folder, staged = staging_folder(home), {}
    for table, frame in frames.items():
        if frame.is_empty():
            continue
        target = folder / f"{name}.{table.TABLE}.parquet"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{target.name}.part")
            part.write_bytes(_as_parquet(frame))
            part.replace(target)
        except OSError as error:
            raise storage_failed(target, error) from error
        staged[table.TABLE] = target
    return staged


def _as_parquet(frame: pl.DataFrame) -> bytes:
    """Through memory, since Polars tells a full disk in words of its own. zstd: less to read costs the loader less than unpacking."""
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", compression_level=1)
    return packed.getvalue()
