"""The sandbox: one batch, page by page, in a worker process. Whatever a page does, its outcome is a row."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tasks.dissection.findings import DissectedPage
from tasks.planning.batches import PageBatch
from tasks.planning.pieces import Piece
from tasks.raw_store.reading import in_place
from tasks.raw_store.staging import StagedRecord, StagingWriter, stage_page
from tasks.restoration.charset import Decoded, decode
from tasks.restoration.intact_text import IntactText
from tasks.sources.catalogue import read
from tasks.sources.page import Page, PageRef, PageUnreadable, Unreadable
from tasks.workers.address import find_url, stated_url
from tasks.workers.capture_time import time_finding
from tasks.workers.deadline import DeadlinePassed, deadline
from tasks.workers.order import WorkOrder
from tasks.workers.outcome import Capture, DissectedBatch, PageOutcome, StagedFile, page_key
from tasks.workers.restoring import dissect_restored
from tasks.workers.second_look import second_look
from warehouse.reject_reasons import TRANSIENT

T = TypeVar("T")


def dissect_batch(batch: PageBatch, order: WorkOrder) -> DissectedBatch:
    """Dissect every page; a page that hangs or breaks becomes an outcome with its reason, never an exception."""
    started_at, clock = datetime.now(UTC), time.monotonic()
    with Staging(order.home, batch.staging_name) as staging:
        outcomes = [_outcome(piece, staging, order) for piece in batch.pieces]
    outcomes = second_look(outcomes, lambda outcome, intact: _again(outcome, intact, order))
    return DissectedBatch(batch, outcomes, staging.files(), started_at, time.monotonic() - clock)


class Staging:
    """The staging file of a batch, made with the first page that is copied: batches of WARCs in place need none."""

    def __init__(self, home: Path, name: str) -> None:
        self._writer = StagingWriter(home, name)
        self._open = ExitStack()
        self._records: list[StagedRecord] = []

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def stage(self, page: Page, url: str, url_source: str) -> None:
        """Copy the page's bytes. Raises StorageFailed."""
        if not self._records:
            self._open.enter_context(self._writer)
        self._records.append(stage_page(self._writer, page, url, url_source))

    def files(self) -> list[StagedFile]:
        """What was staged: one file or none."""
        return [StagedFile(self._writer.path, tuple(self._records))] if self._records else []


def _outcome(piece: Piece, staging: Staging, order: WorkOrder) -> PageOutcome:
    if isinstance(piece, Unreadable):
        return PageOutcome(piece.ref, reason=piece.reason, detail=piece.detail)
    came = _guarded(lambda: _read(piece, order), order)
    if isinstance(came, Failure):
        return PageOutcome(piece, reason=came.reason, detail=came.detail)
    page, decoded = came
    dissected = _guarded(lambda: _dissect(page, decoded, order), order)
    found = None if isinstance(dissected, Failure) else dissected
    url, url_source, finding = find_url(page, found)
    capture = _capture(page, decoded, url, url_source, staging)
    if found is not None:
        found = replace(found, findings=(finding, *time_finding(page), *found.findings))
    return PageOutcome(piece, capture, found, dissected.reason, dissected.detail)


def _again(outcome: PageOutcome, intact: IntactText, order: WorkOrder) -> PageOutcome:
    """The outcome with what is intact on other pages as evidence; as it was where that takes too long."""

    def look() -> DissectedPage:
        page, decoded = _read(outcome.ref, order)
        text = decoded.text
        intact.add(text)
        return dissect_restored(text, stated_url(page), page.captured_at, page.columns, is_text=page.is_text, known=intact.near(text))

    found, before = _guarded(look, order), outcome.dissected
    if isinstance(found, Failure) or before is None:
        return outcome
    own = tuple(finding for finding in before.findings if finding.field in ("url", "observed_at"))
    return replace(outcome, dissected=replace(found, findings=(*own, *found.findings)), reason=found.reason, detail=found.detail)


def _read(piece: PageRef, order: WorkOrder) -> tuple[Page, Decoded]:
    page = read(piece, order.max_page_bytes)
    return page, decode(page.body, page.http_charset or piece.charset, "http" if page.http_charset else "sidecar")


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
        return Failure("deadline", f"expected a result within {order.seconds_per_page:g} s of CPU time: {passed}")
    except PageUnreadable as unreadable:
        return Failure(_reason_of(unreadable), unreadable.detail)
    except OSError as error:
        return Failure("unreadable", f"expected to read the page, got: {error}")
    except Exception as error:  # noqa: BLE001 - the sandbox: whatever a page provokes stays with the page
        return Failure("dissection_failed", f"{type(error).__name__}: {error}"[:500])


def _reason_of(unreadable: PageUnreadable) -> str:
    """The source's own, but for what the operating system said while a table or archive was unpacked: its data may be whole."""
    cause = unreadable.__cause__
    is_systems = isinstance(cause, OSError) and cause.errno is not None and unreadable.reason not in TRANSIENT
    return "read_failed" if is_systems else unreadable.reason


def _dissect(page: Page, decoded: Decoded, order: WorkOrder) -> DissectedPage:
    if len(decoded.text) > order.max_text_chars:
        detail = f"expected at most {order.max_text_chars} characters, got {len(decoded.text)}"
        return DissectedPage(reason="page_too_large", detail=detail)
    return dissect_restored(decoded.text, stated_url(page), page.captured_at, page.columns, is_text=page.is_text)


def _capture(page: Page, decoded: Decoded, url: str, url_source: str, staging: Staging) -> Capture:
    """The capture, its bytes staged for the raw store. Raises StorageFailed where they cannot be written."""
    is_staged = not in_place(page.ref)
    if is_staged:
        staging.stage(page, url, url_source)
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
        is_staged=is_staged,
    )
