"""page_table: one page a row, in JSON lines, a JSON document (packed or not) or Parquet: what crawlers and data sets hand over."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tasks.sources import jsonl_rows
from tasks.sources.file_bytes import refusals
from tasks.sources.page import InputFile, Page, PageRef, Tally, Unreadable
from tasks.sources.table_row import PAYLOADS, page_of_row

KIND: Final = "page_table"
PARQUET_SUFFIXES: Final = (".parquet", ".pq")
SUFFIXES: Final = (".jsonl", ".ndjson", *PARQUET_SUFFIXES)
PARQUET_MAGIC: Final = b"PAR1"
_KEY = rb'"(?:%s)"\s*:' % "|".join(PAYLOADS).encode()
_OPENING = re.compile(rb"\s*\{[^\n]*" + _KEY, re.IGNORECASE)
_SAYS_PAGE = re.compile(_KEY, re.IGNORECASE)
HEAD_ENOUGH: Final = 4000  # bytes of a head from which a file may go on


def recognises(name: str, head: bytes) -> bool:
    """By its name, by Parquet's magic, or by a first line that is an object with html or text.

    A short .json without such a key is what every project has beside its pages: settings, manifests, expected results.
    """
    if name.endswith(jsonl_rows.DOCUMENT_SUFFIX):
        return not head or len(head) >= HEAD_ENOUGH or _SAYS_PAGE.search(head) is not None
    return name.endswith(SUFFIXES) or head.startswith(PARQUET_MAGIC) or _OPENING.match(head) is not None


def plan(
    file: InputFile,
    start: int = 0,
    passed_over: Tally | None = None,
) -> Iterator[PageRef | Unreadable]:
    """One page per row."""
    if file.size == 0:
        ref = PageRef(file.kind, file.path, file.uri)
        yield Unreadable(ref, "empty_file", f"{file.path}: expected rows, found 0 bytes")
    elif _is_parquet(file.path):
        from tasks.sources import parquet_rows  # pyarrow takes 0.2 s to import, and few runs need it

        yield from parquet_rows.plan_rows(file, start)
    else:
        is_document = jsonl_rows.is_document(file.path)
        yield from (jsonl_rows.plan_document if is_document else jsonl_rows.plan_rows)(file, start)


def read(ref: PageRef, max_bytes: int) -> Page:
    """The page in a row. Raises PageUnreadable with a reason of REASONS."""
    with refusals(ref.path):
        if not _is_parquet(ref.path):
            return page_of_row(jsonl_rows.row_at(ref, max_bytes), ref, max_bytes)
        from tasks.sources import parquet_rows  # pyarrow takes 0.2 s to import, and few runs need it

        return page_of_row(parquet_rows.row_at(ref), ref, max_bytes)


def _is_parquet(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC or path.lower().endswith(PARQUET_SUFFIXES)
