"""Captures read back from where raw.pages says they are."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tasks.raw_store.pointers import located
from tasks.raw_store.records import STATED, restored
from tasks.sources import text_extract, warc
from tasks.sources.file_bytes import MAX_PAGE_BYTES, refusals
from tasks.sources.page import Page, PageRef

OWN_FILES: Final = "raw/"


@dataclass(frozen=True, slots=True)
class KeptRef(PageRef):
    """A capture that raw.pages has: where it first came from, as every reference, and where its bytes lie now."""

    page_id: str = ""  # it keeps its key, whatever URL the page would be found to have today
    url_source: str = ""
    observed_source: str = ""
    http_status: int | None = None
    warc_uri: str = ""
    warc_offset: int = 0


def read_raw(home: Path, warc_uri: str, offset: int, max_bytes: int = MAX_PAGE_BYTES) -> Page:
    """The capture at `offset` of `warc_uri`, a pointer of raw.pages, as it was first read.

    Raises PageUnreadable with a reason of tasks.sources.reasons.REASONS.
    """
    path = str(located(home, warc_uri))
    ref = PageRef(kind=warc.KIND, path=path, uri=warc_uri, offset=offset)
    with refusals(path), warc.record_at(path, offset) as record:
        page = warc.page_of_record(record, ref, max_bytes)
        fields = dict(record.headers.astuples())
    return restored(page, fields) if warc_uri.startswith(OWN_FILES) else page


def read_kept(home: Path, ref: KeptRef, max_bytes: int = MAX_PAGE_BYTES) -> Page:
    """The capture that `ref` means, as it was first read. Raises PageUnreadable.

    Bytes are kept once, so the record may be that of another capture of the same bytes: seen elsewhere, or at another time. Then raw.pages
    says where and when; what that has no columns for (HTTP headers, a declared charset, columns of a table) is what the record says.
    """
    page = read_raw(home, ref.warc_uri, ref.warc_offset, max_bytes)
    own = replace(page.ref, kind=ref.kind, uri=ref.uri, offset=ref.offset)
    if page.ref == own or not ref.warc_uri.startswith(OWN_FILES):
        return replace(page, ref=own)
    is_stated = ref.url_source in STATED
    return replace(
        page,
        ref=own,
        url=ref.url if is_stated else None,
        url_source=ref.url_source if is_stated else None,
        observed_at=ref.observed_at or page.observed_at,
        observed_source=ref.observed_source,
        http_status=ref.http_status,
    )


def in_place(ref: PageRef) -> bool:
    """Whether the bytes stay where they are: in a WARC file of the user, which raw.pages points into, or in the raw store already."""
    return (
        isinstance(ref, KeptRef)
        or (ref.kind == warc.KIND and warc.is_addressable(ref.path))
        or (ref.kind == text_extract.KIND and text_extract.is_wet(ref.path))
    )
