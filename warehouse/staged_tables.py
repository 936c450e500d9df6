"""What a batch brings to a commit: Parquet files that a worker has written, and the few values that only the loader knows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from warehouse.connection import Connection
from warehouse.errors import ContractBroken
from warehouse.sql_text import literal
from warehouse.tables import TABLES, Contract
from warehouse.tables.contract import expect_columns

BY_NAME = {table.TABLE: table for table in TABLES}


class StagedPage(NamedTuple):
    """A row of raw.pages as a worker has staged it: which capture, of which bytes, and where these are as far as it knows."""

    page_id: str
    digest: str
    warc_uri: str
    warc_offset: int


class PlacedPage(NamedTuple):
    """Where the bytes of a capture lie, as raw.pages says it."""

    page_id: str
    warc_uri: str
    warc_offset: int


@dataclass(frozen=True, slots=True)
class StagedTables:
    """One batch: Parquet files by table name, and what is to be done with their rows.

    Of raw.pages those rows are loaded that are `placed`, of the tables that hang on it those of pages that are new with this batch, and
    of ops.rejects all but those of pages that are `known`.
    """

    files: Mapping[str, Path]
    batch: Mapping[str, Any] | None = None  # the row of ops.batches
    known: Collection[str] = ()  # page_ids that raw.pages has
    placed: Sequence[PlacedPage] = ()
    moved: Sequence[PlacedPage] = ()  # known pages whose bytes lie elsewhere now

    def in_order(self) -> list[tuple[type[Contract], Path]]:
        """The files in the order in which they are loaded. Raises ContractBroken for another table, and for columns of another shape:
        an INSERT by name would fill what is absent with null."""
        if surplus := self.files.keys() - BY_NAME.keys():
            raise ContractBroken(f"expected files of the tables in warehouse.tables.TABLES, came also {', '.join(sorted(surplus))}")
        found = [(table, self.files[table.TABLE]) for table in TABLES if table.TABLE in self.files]
        for table, file in found:
            expect_columns(pl.scan_parquet(file), table)
        return found


def pages_in(con: Connection, file: Path) -> list[StagedPage]:
    """The captures of a staged raw.pages, in its order."""
    return [StagedPage(*row) for row in con.execute(f"SELECT page_id, digest, warc_uri, warc_offset FROM {scan(file)}").fetchall()]


def scan(file: Path) -> str:
    """SQL for the rows of a Parquet file."""
    return f"read_parquet({literal(str(file))})"
