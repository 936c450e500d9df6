"""What was fetched, as files: WARC records and rows of ops.fetches side by side, whole or not there.

HOME/harvest/pending/<stem>.warc.gz   records, then
HOME/harvest/pending/<stem>.parquet   rows: once this is there both are whole
HOME/harvest/warc/<month>/            where the records lie from when their rows are loaded
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.raw_store.staging import storage_failed
from tasks.shaping.fetches import shape_fetches
from warehouse.snapshot import sync_folder

PENDING, WARC = "harvest/pending", "harvest/warc"
PASSING = ".part"


@dataclass(frozen=True, slots=True)
class PendingRows:
    """Rows that no transaction has loaded yet, with the WARC file that belongs to them, if they have one."""

    rows: Path
    warc: Path
    target: Path


class CaptureFile:
    """One pair of files in the making. Raises StorageFailed where the disk refuses."""

    def __init__(self, home: Path, stem: str) -> None:
        self._home, self._folder, self.stem = home, home / PENDING, stem
        self.records: list[dict[str, Any]] = []  # of ops.fetches
        self.size = 0
        self._file: Any = None

    @property
    def warc_uri(self) -> str:
        """What rows say of the WARC: where it will lie."""
        return f"{WARC}/{self.stem[:4]}-{self.stem[4:6]}/{self.stem}.warc.gz"

    def write(self, member: bytes) -> int:
        """Append a record that is packed; gives its offset."""
        try:
            if self._file is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._file = (self._folder / f"{self.stem}.warc.gz{PASSING}").open("wb")
            self._file.write(member)
        except OSError as error:
            raise storage_failed(self._folder, error) from error
        offset, self.size = self.size, self.size + len(member)
        return offset

    def finish(self) -> None:
        """Make both files whole: the WARC first, since its rows promise it."""
        try:
            if self._file is not None:
                _settle(self._file, self._folder / f"{self.stem}.warc.gz")
            if self.records:
                self._folder.mkdir(parents=True, exist_ok=True)
                with (self._folder / f"{self.stem}.parquet{PASSING}").open("wb") as rows:
                    shape_fetches(self.records).write_parquet(rows)
                    _settle(rows, self._folder / f"{self.stem}.parquet")
                sync_folder(self._folder)
        except OSError as error:
            raise storage_failed(self._folder, error) from error


def new_stem(run_id: str, number: int) -> str:
    """Name of a pair: sorts by time, and no other run has it."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{run_id}-{number:04d}"


def pending(home: Path) -> list[PendingRows]:
    """The pairs that are whole, in their order. What a crash has left half is removed: it will be fetched again."""
    folder = home / PENDING
    found = sorted(folder.glob("*.parquet"))
    whole = {path.stem for path in found}
    for path in [*folder.glob(f"*{PASSING}"), *folder.glob("*.warc.gz")]:
        if path.suffix == PASSING or path.name.removesuffix(".warc.gz") not in whole:
            path.unlink()
    return list(_pairs(home, found))


def _pairs(home: Path, found: list[Path]) -> Iterator[PendingRows]:
    for rows in found:
        target = home / CaptureFile(home, rows.stem).warc_uri
        yield PendingRows(rows, rows.with_name(f"{rows.stem}.warc.gz"), target)


def place(pair: PendingRows) -> None:
    """Put the WARC where its rows say it is: before they are loaded, so that no row points to nothing."""
    if pair.warc.exists():
        pair.target.parent.mkdir(parents=True, exist_ok=True)
        pair.warc.replace(pair.target)
        sync_folder(pair.target.parent)
        sync_folder(pair.warc.parent)


def _settle(file: Any, target: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()
    Path(file.name).replace(target)
