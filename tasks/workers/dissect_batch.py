"""The sandbox: one batch, page by page, in a worker process. Whatever a page does, its outcome is a row."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tasks.dissection.page import dissect_html
from tasks.dissection.regions import DissectedPage
from tasks.dissection.text_page import dissect_text
from tasks.planning.batches import PageBatch, Piece
from tasks.raw_store.staging import StagingWriter
from tasks.restoration.charset import Decoded, decode
from tasks.sources import reader_of
from tasks.sources.page import Page, PageUnreadable, Unreadable
from tasks.workers.deadline import DeadlinePassed, deadline
from tasks.workers.outcome import Capture, DissectedBatch, PageOutcome, page_key

T = TypeVar("T")
IN_PLACE = ("warc",)  # kinds whose bytes are referenced where the user has them; all others are copied to the raw store


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What a worker must know besides the batch."""

    home: Path
    seconds_per_page: float
    max_page_bytes: int
    max_text_chars: int


def dissect_batch(batch: PageBatch, order: WorkOrder) -> DissectedBatch:
    """Dissect every page; a page that hangs or breaks becomes an outcome with its reason, never an exception."""
    started_at, clock = datetime.now(UTC), time.monotonic()
    staging = StagingWriter.path_for(order.home, batch.batch_id)
    with StagingWriter(staging) as writer:
        outcomes = [_outcome(piece, writer, order) for piece in batch.pieces]
    return DissectedBatch(batch, outcomes, [str(staging)], started_at, time.monotonic() - clock)


def _outcome(piece: Piece, writer: StagingWriter, order: WorkOrder) -> PageOutcome:
    if isinstance(piece, Unreadable):
        return PageOutcome(piece.ref, reason=piece.reason, detail=piece.detail)
    page = _guarded(lambda: reader_of(piece.kind)(piece, order.max_page_bytes), order)
    if isinstance(page, Failure):
        return PageOutcome(piece, reason=page.reason, detail=page.detail)
    decoded = decode(page.body, page.http_charset or piece.charset)
    dissected = _guarded(lambda: _dissect(page, decoded, order), order)
    if isinstance(dissected, Failure):
        return PageOutcome(piece, _capture(page, decoded, None, writer), None, dissected.reason, dissected.detail)
    capture = _capture(page, decoded, dissected, writer)
    return PageOutcome(piece, capture, dissected, dissected.reason, dissected.detail)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step gave nothing."""

    reason: str
    detail: str


def _guarded(step: Callable[[], T], order: WorkOrder) -> T | Failure:
    """The step's result, or why there is none: the deadline passed, the page is unreadable, or our code broke on it."""
    try:
        with deadline(order.seconds_per_page):
            return step()
    except DeadlinePassed as passed:
        return Failure("deadline", f"expected a result within {order.seconds_per_page:g} s: {passed}")
    except PageUnreadable as unreadable:
        return Failure(unreadable.reason, unreadable.detail)
    except OSError as error:
        return Failure("unreadable", f"expected to read the page, got: {error}")
    except Exception as error:  # the sandbox: whatever a page provokes stays with the page
        return Failure("dissection_failed", f"{type(error).__name__}: {error}"[:500])


def _dissect(page: Page, decoded: Decoded, order: WorkOrder) -> DissectedPage:
    if len(decoded.text) > order.max_text_chars:
        detail = f"expected at most {order.max_text_chars} characters, got {len(decoded.text)}"
        return DissectedPage(reason="page_too_large", detail=detail)
    dissect = dissect_text if page.is_text else dissect_html
    return dissect(decoded.text, page.url, page.observed_at)


def _capture(page: Page, decoded: Decoded, dissected: DissectedPage | None, writer: StagingWriter) -> Capture:
    """The capture, its bytes staged for the raw store. Raises StorageFailed where they cannot be written."""
    url, url_source = page.url, page.url_source
    if not url and dissected and dissected.canonical_url:
        url, url_source = dissected.canonical_url, dissected.canonical_source
    if not url or not url_source:
        url, url_source = Path(page.ref.path).as_uri(), "file"
    staged = None if page.ref.kind in IN_PLACE else writer.stage(page, url)
    return Capture(
        page_id=page_key(url, page.digest),
        url=url,
        url_source=url_source,
        observed_at=page.observed_at,
        observed_source=page.observed_source,
        digest=page.digest,
        byte_count=len(page.body),
        http_status=page.http_status,
        media_type=page.media_type,
        charset=decoded.charset,
        charset_source=decoded.source,
        staged=staged,
    )
