"""A batch in a lake's store: WARC files with the bytes of its pages, and a Parquet file for each table, all under their final names."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from tasks.raw_store.staging import NOT_PLACED, StagedRecord, packed
from tasks.raw_store.store import Position, warcinfo
from tasks.staging.stage_tables import as_parquet
from tasks.staging.staged_batch import StagedFile, StoredFiles
from tasks.staging.store_files import put
from warehouse.lake.tables import file_of
from warehouse.tables import Contract, Pages
from warehouse.tables.contract import expect_columns

Frames = Mapping[type[Contract], pl.DataFrame]


def stage_in_store(store: str, name: str, frames: Frames, files: Iterable[StagedFile]) -> StoredFiles:
    """Write the bytes of pages, then the frames that have rows; raw.pages says where the bytes are.

    No attempt at a batch writes over the files of another: each has a mark of its own in its names. What was staged on this machine is
    gone afterwards. Raises StorageFailed.
    """
    mark = f"{name}-{secrets.token_hex(4)}"
    kept = set(frames[Pages].filter(pl.col("warc_uri") == NOT_PLACED).get_column("digest")) if Pages in frames else set()
    stored: list[str] = []
    positions: dict[str, Position] = {}
    for number, file in enumerate(files, start=1):
        if records := _first_of_each(file.records, kept - positions.keys()):
            uri = f"raw/broadsheet-{mark}-{number:04d}.warc.gz"
            head = packed(warcinfo(uri.removeprefix("raw/")))
            put(f"{store}/{uri}", _pieces(file, records, head))
            positions.update(_positions(uri, len(head), records))
            stored.append(f"{store}/{uri}")
        file.path.unlink()
    filled = {table: _each_once(table, frame) for table, frame in frames.items() if frame.height}
    if Pages in filled:
        filled[Pages] = _placed(filled[Pages], positions)
    return StoredFiles(
        tables={table.TABLE: _stage(file_of(table, store, mark), frame) for table, frame in filled.items()},
        rows={table.TABLE: frame.height for table, frame in filled.items()},
        bytes=tuple(stored),
    )


def _each_once(table: type[Contract], frame: pl.DataFrame) -> pl.DataFrame:
    """In: rows of a table. Out: each key once, as a file's key index has it, which a lake has not. Raises ContractBroken."""
    expect_columns(frame, table)
    return frame.unique(table.primary_key(), keep=table.KEEPS, maintain_order=True) if table.HAS_KEY_INDEX else frame


def _stage(target: str, frame: pl.DataFrame) -> str:
    put(target, [as_parquet(frame)])
    return target


def _first_of_each(records: Iterable[StagedRecord], kept: set[str]) -> list[StagedRecord]:
    """The records to keep, each payload once."""
    return list({record.digest: record for record in reversed(tuple(records)) if record.digest in kept}.values())[::-1]


def _pieces(file: StagedFile, records: Sequence[StagedRecord], head: bytes) -> Iterator[bytes]:
    yield head
    with file.path.open("rb") as source:
        for record in records:
            source.seek(record.start)
            yield source.read(record.length)


def _positions(uri: str, start: int, records: Sequence[StagedRecord]) -> Iterator[tuple[str, Position]]:
    for record in records:
        yield record.digest, (uri, start)
        start += record.length


def _placed(pages: pl.DataFrame, positions: Mapping[str, Position]) -> pl.DataFrame:
    """In: raw.pages as shaped. Out: the same, with the place of their bytes where it was open."""
    places = pl.DataFrame(
        [(digest, *position) for digest, position in positions.items()],
        schema={"digest": pl.String, "placed_uri": pl.String, "placed_at": pl.Int64}, orient="row",
    )  # fmt: skip
    is_open = pl.col("warc_uri") == NOT_PLACED
    return (
        pages.join(places, on="digest", how="left", maintain_order="left")
        .with_columns(
            warc_uri=pl.when(is_open).then("placed_uri").otherwise("warc_uri"),
            warc_offset=pl.when(is_open).then("placed_at").otherwise("warc_offset"),
        )
        .select(pages.columns)
    )
