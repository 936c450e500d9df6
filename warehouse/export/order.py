"""What an export is asked for, and what it has written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

Format = Literal["parquet", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "jsonl")
Parts = Literal["day", "month", "year", "none"]
PARTS: tuple[Parts, ...] = ("day", "month", "year", "none")
LICENCE = "Texts, headlines and pictures belong to their publishers: what you may do with them is for the law and for them to say."


@dataclass(frozen=True, slots=True)
class Order:
    """What to write. `names`: tables and views with their schema, or a schema for all of its own; or else `query`."""

    names: tuple[str, ...] = ()
    query: str | None = None
    format: Format = "parquet"
    parts: Parts = "day"  # of Parquet alone
    is_packed: bool = False  # CSV and JSONL with gzip
    is_raw: bool = False  # texts in CSV exactly as they are
    since: datetime | None = None  # this moment or later
    until: datetime | None = None  # before this moment
    host: str | None = None  # or a host under it
    as_of: str | None = None
    licence: str = LICENCE


@dataclass(frozen=True, slots=True)
class Part:
    """One file. `path`: from the root of the package; `digest`: `sha256:` and hexadecimal digits."""

    path: str
    byte_count: int
    digest: str


@dataclass(frozen=True, slots=True)
class WrittenResource:
    """One table, view or query as it was written. `moment`: the column by whose day it is parted, None where it is one file."""

    name: str
    row_count: int
    parts: tuple[Part, ...]
    moment: str | None

    @property
    def byte_count(self) -> int:
        return sum(part.byte_count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Exported:
    """A whole export."""

    folder: Path
    snapshot_id: str
    resources: tuple[WrittenResource, ...]
