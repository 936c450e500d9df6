"""Captures that the raw store keeps, as batches to read again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tasks.planning.batches import PageBatch
from tasks.raw_store.pointers import located
from tasks.raw_store.reading import KeptRef


def kept_ref(home: Path, row: Mapping[str, Any]) -> KeptRef:
    """The capture of a row of raw.pages."""
    return KeptRef(
        kind=row["source_kind"],
        path=str(located(home, row["warc_uri"])),
        uri=row["source_uri"],
        offset=row["source_offset"],
        page_id=row["page_id"],
        warc_uri=row["warc_uri"],
        warc_offset=row["warc_offset"],
        url=row["url"],
        url_source=row["url_source"],
        observed_at=row["observed_at"],
        observed_source=row["observed_source"],
        http_status=row["http_status"],
    )


def batches_of(refs: Sequence[KeptRef], run_id: str, batch_pages: int) -> Iterator[PageBatch]:
    """The captures in their order, `batch_pages` at a time; no stretch of an input is dealt with by them."""
    for number, start in enumerate(range(0, len(refs), batch_pages), start=1):
        yield PageBatch(run_id, number, tuple(refs[start : start + batch_pages]), ())
