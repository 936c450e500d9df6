"""raw.pages from the captures of a batch."""

import polars as pl

from tasks.raw_store.staging import NOT_PLACED
from tasks.shaping.records import records_frame
from tasks.sources.printable import printable
from tasks.workers.dissected_batch import DissectedBatch
from warehouse.tables import Pages
from warehouse.tables.contract import conform

HOST = r"(?i)^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(\[[^\]]+\]|[^/:?#]+)"  # RFC 3986, section 3.2


def shape_pages(batch: DissectedBatch) -> pl.DataFrame:
    """In: one dissected batch. Out: raw.pages, one row per capture, the first of each page_id."""
    given = (
        {
            "page_id": capture.page_id,
            "url": capture.url,
            "url_source": capture.url_source,
            "canonical_url": outcome.dissected.canonical_url if outcome.dissected else None,
            "observed_at": capture.observed_at,
            "observed_source": capture.observed_source,
            "digest": capture.digest,
            "byte_count": capture.byte_count,
            "http_status": capture.http_status,
            "media_type": capture.media_type,
            "charset": capture.charset,
            "charset_source": capture.charset_source,
            "source_kind": outcome.ref.kind,
            "source_uri": outcome.ref.uri,
            "source_offset": outcome.ref.offset,
            "warc_uri": NOT_PLACED if capture.is_staged else printable(outcome.ref.path),
            "warc_offset": 0 if capture.is_staged else outcome.ref.offset,
            "observed_after": outcome.dissected.observed_after if outcome.dissected else None,
        }
        for outcome in batch.outcomes
        if (capture := outcome.capture)
    )
    return (
        records_frame(given, Pages, without=("host", "run_id"))
        .unique("page_id", keep="first", maintain_order=True)
        .with_columns(
            host=pl.col("url").str.extract(HOST).str.to_lowercase().fill_null(""),
            run_id=pl.lit(batch.batch.run_id),
        )
        .pipe(conform, Pages)
    )
