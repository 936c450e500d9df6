"""The sandbox: one batch, page by page, in a worker process. Whatever a page does, its outcome is a row."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tasks.pages.outcome import Capture, PageOutcome
from tasks.pages.read_page import ReadPage, decode_page, read_page, unread_capture
from tasks.pages.second_look import second_look
from tasks.planning.batches import PageBatch
from tasks.planning.pieces import Piece
from tasks.raw_store.reading import KeptRef, in_place, read_kept
from tasks.raw_store.staging import StagedRecord, StagingWriter, stage_page
from tasks.restoration.intact_text import IntactText
from tasks.sources.catalogue import read
from tasks.sources.page import Page, PageRef, PageUnreadable, Unreadable
from tasks.staging.staged_batch import StagedFile
from tasks.workers.deadline import DeadlinePassed, deadline, expect_main_thread
from tasks.workers.dissected_batch import DissectedBatch
from tasks.workers.memory_limit import memory_limit
from tasks.workers.order import WorkOrder
from tasks.workers.page_ticks import page_read
from warehouse.reject_reasons import TRANSIENT

T = TypeVar("T")


def dissect_batch(batch: PageBatch, order: WorkOrder) -> DissectedBatch:
    """Dissect every page; a page that hangs or breaks becomes an outcome with its reason, never an exception.

    Raises RuntimeError outside of a process's main thread.
    """
    expect_main_thread()
    started_at, clock = datetime.now(UTC), time.monotonic()
    with Staging(order.home, batch.staging_name) as staging:
        outcomes = [_counted(piece, staging, order) for piece in batch.pieces]
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


def _counted(piece: Piece, staging: Staging, order: WorkOrder) -> PageOutcome:
    outcome = _outcome(piece, staging, order)
    page_read()
    return outcome


def _outcome(piece: Piece, staging: Staging, order: WorkOrder) -> PageOutcome:
    if isinstance(piece, Unreadable):
        return PageOutcome(piece.ref, reason=piece.reason, detail=piece.detail)
    fetched: list[Page] = []

    def look() -> ReadPage:
        fetched.append(_fetched(piece, order))
        return read_page(fetched[0], order.limits)

    found = _guarded(look, order)
    if isinstance(found, Failure) and not fetched:
        return PageOutcome(piece, reason=found.reason, detail=found.detail)
    page = fetched[0]
    if not isinstance(found, Failure):
        return PageOutcome(
            piece, _kept(piece, page, found.capture, staging), found.dissected, found.dissected.reason, found.dissected.detail
        )
    capture = _guarded(lambda: unread_capture(page), order)
    kept = None if isinstance(capture, Failure) else _kept(piece, page, capture, staging)
    return PageOutcome(piece, kept, reason=found.reason, detail=found.detail)


def _again(outcome: PageOutcome, intact: IntactText, order: WorkOrder) -> PageOutcome:
    """The outcome with what is intact on other pages as evidence; as it was where that takes too long, or makes another capture of it."""

    def look() -> ReadPage:
        page = _fetched(outcome.ref, order)
        text = decode_page(page).text
        intact.add(text)
        return read_page(page, order.limits, known=intact.near(text))

    found = _guarded(look, order)
    if isinstance(found, Failure) or outcome.capture is None or found.capture.page_id != outcome.capture.page_id:
        return outcome
    return replace(outcome, dissected=found.dissected, reason=found.dissected.reason, detail=found.dissected.detail)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step gave nothing."""

    reason: str
    detail: str


def _guarded(step: Callable[[], T], order: WorkOrder) -> T | Failure:
    """The step's result, or why there is none: it took too long or too much memory, is unreadable, or broke our code."""
    try:
        with memory_limit(order.megabytes_per_page), deadline(order.seconds_per_page):
            return step()
    except DeadlinePassed as passed:
        return Failure("deadline", f"expected a result within {order.seconds_per_page:g} s of CPU time: {passed}")
    except MemoryError:
        return Failure("out_of_memory", f"expected the page to need at most {order.megabytes_per_page} MB of memory, it asked for more")
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


def _fetched(ref: PageRef, order: WorkOrder) -> Page:
    """Raises PageUnreadable."""
    if isinstance(ref, KeptRef):
        return read_kept(order.home, ref, order.limits.max_page_bytes)
    return read(ref, order.limits.max_page_bytes)


def _kept(ref: PageRef, page: Page, capture: Capture, staging: Staging) -> Capture:
    """The capture, its bytes staged for the raw store. Raises StorageFailed where they cannot be written."""
    if isinstance(ref, KeptRef):
        return replace(capture, page_id=ref.page_id)
    if in_place(ref):
        return capture
    staging.stage(page, capture.url, capture.url_source)
    return replace(capture, is_staged=True)
