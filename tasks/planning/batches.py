"""Files to batches: what is still to do, hundreds of pages at a time, without reading more than a batch ahead."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from tasks.planning.known import covered_up_to, dealt_with
from tasks.planning.pieces import Met, Piece, PlanFile, pieces_of
from tasks.sources.page import InputFile, PageRef, Tally, Unreadable
from warehouse.ledger import KnownStretch

FILES_PER_LOOKUP = 1000  # files asked of the ledger at a time: bounds memory, keeps round trips few

Known = Callable[[list[str]], Mapping[str, Sequence[KnownStretch]]]  # rows of ops.inputs by file key


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of one file that one batch deals with: a row of ops.inputs once the batch is loaded."""

    file: InputFile
    start: int
    end: int
    is_last: bool
    page_count: int
    passed_over: Tally = field(default_factory=Tally)  # its records that are no pages, by reason
    failed: Mapping[int, int] = field(default_factory=dict)  # attempts that failed so far, by offset of the page

    def holds(self, ref: PageRef) -> bool:
        """Whether a page is one of the stretch. Offsets of rows may exceed the size of the file, which a last stretch ends with."""
        return self.file.path == ref.path and self.start <= ref.offset and (self.is_last or ref.offset < self.end)

    @property
    def byte_share(self) -> int:
        """Bytes of the file to count as done with this stretch; 0 until the end where offsets are rows, not bytes."""
        whole = self.start == 0 and self.is_last
        return self.file.size if whole else min(self.end - self.start, self.file.size)


@dataclass(frozen=True, slots=True)
class PageBatch:
    """A unit of work: references to pages, what could not be read while planning, and the stretches they fill."""

    run_id: str
    number: int  # 1-based within the run
    pieces: tuple[Piece, ...]
    stretches: tuple[Stretch, ...]
    part: int = 0  # 1-based where pages of the batch are tried one by one
    attempt: str = ""  # of one machine of several: one that was given up may still write, and nobody may read what it writes

    @property
    def name(self) -> str:
        return f"batch-{self.number:05d}"

    @property
    def batch_id(self) -> str:
        return hashlib.sha256(f"{self.run_id}:{self.number}".encode()).hexdigest()[:16]

    @property
    def staging_name(self) -> str:
        """Of the file that its bytes are staged in: its own, since parts may stage while others wait to be loaded."""
        told = (self.batch_id, f"{self.part:04d}" if self.part else "", self.attempt)
        return "-".join(filter(None, told))

    @property
    def byte_share(self) -> int:
        """Bytes of its files to count as done with it."""
        return sum(stretch.byte_share for stretch in self.stretches)

    def parts(self) -> "Iterator[PageBatch]":
        """The batch page by page: how the culprit is found after a worker died twice."""
        for part, piece in enumerate(self.pieces, start=1):
            yield PageBatch(self.run_id, self.number, (piece,), (), part)


@dataclass(slots=True)
class _Draft:
    """A batch in the making."""

    pieces: list[Piece] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)


def plan_batches(
    found: Iterable[InputFile | Unreadable],
    plan_file: PlanFile,
    known_inputs: Known,
    *,
    run_id: str,
    batch_pages: int | Callable[[], int],
    limit: int | None = None,
) -> Iterator[PageBatch]:
    """Batches of pages that the ledger does not have yet, at most `limit` pages in all.

    `batch_pages` is how many a batch has at most, or a function that is asked as they are planned. `plan_file` lists a file's pages from
    an offset on; `known_inputs` answers with rows of ops.inputs by file key.
    """
    size = batch_pages if callable(batch_pages) else lambda: batch_pages
    draft, number, planned = _Draft(), 1, 0
    for whole, met in _open_stretches(found, plan_file, known_inputs, size):
        room = len(met) if limit is None else limit - planned
        pieces, stretch = [item.piece for item in met[:room] if item.piece is not None], _cut(whole, met, room)
        if len(draft.pieces) + len(pieces) > size() and draft.pieces:
            yield PageBatch(run_id, number, tuple(draft.pieces), tuple(draft.stretches))
            draft, number = _Draft(), number + 1
        draft.pieces.extend(pieces)
        draft.stretches.extend([stretch] if stretch else [])
        planned += len(pieces)
        if limit is not None and planned >= limit:
            break
    if draft.pieces or draft.stretches:
        yield PageBatch(run_id, number, tuple(draft.pieces), tuple(draft.stretches))


def _open_stretches(
    found: Iterable[InputFile | Unreadable],
    plan_file: PlanFile,
    known_inputs: Known,
    size: Callable[[], int],
) -> Iterator[tuple[Stretch | None, list[Met]]]:
    """Stretches that are not dealt with, each with its pages; an unreadable file has no stretch: it is tried again."""
    found = iter(found)
    while chunk := list(islice(found, FILES_PER_LOOKUP)):
        known = known_inputs([item.key for item in chunk if isinstance(item, InputFile)])
        for item in chunk:
            if isinstance(item, Unreadable):
                yield None, [Met(item)]
                continue
            done, failed = dealt_with(item, known)
            start, is_complete = covered_up_to(done)
            if is_complete:
                continue
            for stretch, met in _stretches_of(item, pieces_of(item, plan_file, start), start, done, size):
                yield replace(stretch, failed=failed), met


def _stretches_of(
    file: InputFile, met: Iterator[Met], start: int, done: Sequence[KnownStretch], size: Callable[[], int]
) -> Iterator[tuple[Stretch, list[Met]]]:
    held: list[Met] = []
    current = next(met)
    while current.piece is not None:
        item, current = current, next(met)
        at = item.ref.offset
        if around := [known for known in done if known.start <= at and (known.is_last or at < known.end)]:
            if held:
                yield _stretch(file, start, at, held), held
            held, start = [], max(item.end, *(known.end for known in around))
            continue
        held.append(item)
        if len(held) >= size() and current.piece is not None:
            yield _stretch(file, start, item.end, held), held
            held, start = [], item.end
    if not any(known.is_last for known in done):
        last = _stretch(file, start, max(start, file.size), held)
        yield replace(last, is_last=True, passed_over=last.passed_over + current.passed_before), held
    elif held:
        yield _stretch(file, start, held[-1].end, held), held


def _stretch(file: InputFile, start: int, end: int, held: Sequence[Met]) -> Stretch:
    return Stretch(file, start, end, False, len(held), sum((item.passed_before for item in held), Tally()))


def _cut(stretch: Stretch | None, met: list[Met], room: int) -> Stretch | None:
    """The stretch as far as the limit reaches; None where nothing of it is left."""
    if stretch is None or len(met) <= room:
        return stretch
    return replace(_stretch(stretch.file, stretch.start, met[room - 1].end, met[:room]), failed=stretch.failed) if room > 0 else None
