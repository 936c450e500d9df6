"""The texts of the index as they are compared, in a file beside it, each packed by itself.

The warehouse packs two thousand texts together: to read one of a million articles it unpacks as many as there are groups of these, which
for a hundred articles from all over it is the whole column. Here an article costs what it has.

Bytes are written before the transaction that says where they are; what no row of relating.docs leads to is written over.
"""

import os
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import zstandard

from warehouse.errors import WarehouseUnusable

TEXTS_FILE = "loader/compared_texts.zst"
LEVEL = 1  # higher ones take longer and save 5 % of texts of 2 kB


class TextSpan(NamedTuple):
    """Where a text lies, in bytes."""

    start: int
    length: int


class TextsFile:
    """Open for the time of one chunk. `end`: of what the index knows of."""

    def __init__(self, home: Path, end: int) -> None:
        self.path = home / TEXTS_FILE
        self._file = self.path.open("r+b" if self.path.exists() else "w+b")
        self._file.truncate(end)
        self._file.seek(end)
        self._end = end
        self._unpacking = zstandard.ZstdDecompressor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, text: bytes) -> TextSpan:
        """Write one that is packed behind the others."""
        span = TextSpan(self._end, self._file.write(text))
        self._end += span.length
        return span

    def settle(self) -> None:
        """Down to the disk: a row will lead there."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def read(self, span: TextSpan) -> str:
        """One of those that were settled. Raises WarehouseUnusable where it is not as it was written."""
        try:
            return self._unpacking.decompress(os.pread(self._file.fileno(), span.length, span.start)).decode()
        except (zstandard.ZstdError, UnicodeDecodeError) as error:
            raise WarehouseUnusable(
                f"Expected a text at byte {span.start} of {self.path}, came: {error}. Remove the file: it is made of the warehouse anew."
            ) from error


def packed(text: str) -> bytes:
    """As the file has it."""
    return _packing().compress(text.encode())


@cache
def _packing() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)


def reaches(home: Path, end: int | None) -> bool:
    """Whether the file is as long as the index says."""
    path = home / TEXTS_FILE
    return not end or (path.exists() and path.stat().st_size >= end)
