"""What was fetched, as files: WARC records and rows of ops.fetches side by side, all of them whole or none there.

HOME/harvest/pending/<stem>.pages.warc.gz    payloads of pages and list pages,
HOME/harvest/pending/<stem>.others.warc.gz   robots.txt, feeds, sitemaps, redirects and revisits, then
HOME/harvest/pending/<stem>.parquet          rows: once this is there all are whole
HOME/harvest/pages/<month>/                  where the first lie from when their rows are loaded: this folder is ingested
HOME/harvest/others/<month>/                 the second
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import polars as pl

from tasks.raw_store.staging import storage_failed
from tasks.shaping.fetches import shape_fetches
from warehouse.durable import sync_folder
from warehouse.tables.fetches import Fetches

PENDING, PAGES, OTHERS = "harvest/pending", "harvest/pages", "harvest/others"
PASSING = ".part"
Shelf = Literal["pages", "others"]
SHELVES: dict[Shelf, str] = {"pages": PAGES, "others": OTHERS}


@dataclass(frozen=True, slots=True)
class PendingRows:
    """Rows that no transaction has loaded yet, and the WARC files that belong to them: where they are and where they belong."""

    rows: Path
    warcs: tuple[tuple[Path, Path], ...]


class CaptureFiles:
    """Files in the making under one stem. Raises StorageFailed where the disk refuses."""

    def __init__(self, home: Path, stem: str) -> None:
        self._folder, self.stem = home / PENDING, stem
        self.records: list[dict[str, Any]] = []  # of ops.fetches
        self.sizes: dict[Shelf, int] = {"pages": 0, "others": 0}
        self._files: dict[Shelf, Any] = {}

    def warc_uri(self, shelf: Shelf) -> str:
        """What rows say of the WARC: where it will lie, relative to the home folder."""
        return _place_of(self.stem, shelf)

    def write(self, shelf: Shelf, member: bytes) -> int:
        """Append a record that is packed; gives its offset."""
        try:
            if shelf not in self._files:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._files[shelf] = (self._folder / f"{self.stem}.{shelf}.warc.gz{PASSING}").open("wb")
            self._files[shelf].write(member)
        except OSError as error:
            raise storage_failed(self._folder, error) from error
        offset = self.sizes[shelf]
        self.sizes[shelf] += len(member)
        return offset

    def finish(self) -> None:
        """Make the files whole: the WARCs first, since rows promise them."""
        try:
            for file in self._files.values():
                _settle(file)
            if self.records:
                self._folder.mkdir(parents=True, exist_ok=True)
                _write_rows(self._folder / f"{self.stem}.parquet", shape_fetches(self.records))
        except OSError as error:
            raise storage_failed(self._folder, error) from error


def new_stem(run_id: str, number: int) -> str:
    """Name of files that belong together: sorts by time, and no other run has it."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{run_id}-{number:04d}"


def pending(home: Path) -> list[PendingRows]:
    """What is whole, in its order. What a crash has left half is removed: it will be fetched again. Raises StorageFailed."""
    folder = home / PENDING
    found = sorted(folder.glob("*.parquet"))
    whole = {path.stem for path in found}
    for path in [*folder.glob(f"*{PASSING}"), *folder.glob("*.warc.gz")]:
        if path.suffix == PASSING or path.name.partition(".")[0] not in whole:
            path.unlink()
    for rows in found:
        _complete(rows)
    return [PendingRows(rows, tuple(_moves(home, rows.stem))) for rows in found]


def place(found: PendingRows) -> None:
    """Put WARCs where rows say they are: before these are loaded, so that no row points to nothing."""
    for path, target in found.warcs:
        if path.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            sync_folder(target.parent)
            sync_folder(path.parent)


def _complete(rows: Path) -> None:
    """Null for the columns that an older version did not know when it was killed; loading would refuse its rows for good."""
    try:
        if absent := Fetches.columns().keys() - pl.read_parquet_schema(rows).keys():
            _write_rows(rows, shape_fetches(dict.fromkeys(absent) | row for row in pl.read_parquet(rows).to_dicts()))
    except OSError as error:
        raise storage_failed(rows.parent, error) from error


def _write_rows(path: Path, rows: pl.DataFrame) -> None:
    """Under its name when it is whole."""
    with path.with_name(f"{path.name}{PASSING}").open("wb") as file:
        rows.write_parquet(file)
        _settle(file)
    sync_folder(path.parent)


def _moves(home: Path, stem: str) -> list[tuple[Path, Path]]:
    return [(home / PENDING / f"{stem}.{shelf}.warc.gz", home / _place_of(stem, shelf)) for shelf in SHELVES]


def _place_of(stem: str, shelf: Shelf) -> str:
    return f"{SHELVES[shelf]}/{stem[:4]}-{stem[4:6]}/{stem}.warc.gz"


def _settle(file: Any) -> None:
    """Through to the disk, then under the name of what is whole."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    Path(file.name).replace(file.name.removesuffix(PASSING))
