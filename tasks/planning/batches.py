"""Files to batches: what is still to do, hundreds of pages at a time, without reading more than a batch ahead."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from tasks.sources.page import InputFile, PageRef, Tally, Unreadable
from warehouse.ledger import KnownStretch

FILES_PER_LOOKUP = 1000  # files asked of the ledger at a time: bounds memory, keeps round trips few

Piece = PageRef | Unreadable
PlanFile = Callable[[InputFile, int, Tally], Iterator[Piece]]  # pages from an offset on; what it passes over is counted
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

    @property
    def name(self) -> str:
        return f"batch-{self.number:05d}"

    @property
    def batch_id(self) -> str:
        return hashlib.sha256(f"{self.run_id}:{self.number}".encode()).hexdigest()[:16]

    @property
    def staging_name(self) -> str:
        """Of the file that its bytes are staged in: its own, since parts may stage while others wait to be loaded."""
        return f"{self.batch_id}-{self.part:04d}" if self.part else self.batch_id

    def parts(self) -> "Iterator[PageBatch]":
        """The batch page by page: how the culprit is found after a worker died twice."""
        for part, piece in enumerate(self.pieces, start=1):
            yield PageBatch(self.run_id, self.number, (piece,), (), part)


@dataclass(slots=True)
class PlanCounts:
    """What planning met so far; grows while batches are drawn."""

    files: int = 0
    known_files: int = 0
    known_pages: int = 0
    planned_pages: int = 0


@dataclass(frozen=True, slots=True)
class _Met:
    """A piece met while planning, None at the end of the file, with what was passed over since the piece before."""

    piece: Piece | None
    passed_before: Tally = field(default_factory=Tally)

    @property
    def ref(self) -> PageRef:
        assert self.piece is not None, "the end of a file has no place"
        return self.piece.ref if isinstance(self.piece, Unreadable) else self.piece

    @property
    def end(self) -> int:
        return max(self.ref.end, self.ref.offset)


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
    batch_pages: int,
    limit: int | None = None,
    counts: PlanCounts | None = None,
) -> Iterator[PageBatch]:
    """Batches of at most `batch_pages` pages that the ledger does not have yet, at most `limit` pages in all.

    `plan_file` lists a file's pages from an offset on; `known_inputs` answers with rows of ops.inputs by file key.
    """
    counts = counts if counts is not None else PlanCounts()
    draft, number = _Draft(), 1
    for whole, met in _open_stretches(found, plan_file, known_inputs, batch_pages, counts):
        room = len(met) if limit is None else limit - counts.planned_pages
        pieces, stretch = [item.piece for item in met[:room] if item.piece is not None], _cut(whole, met, room)
        if len(draft.pieces) + len(pieces) > batch_pages and draft.pieces:
            yield PageBatch(run_id, number, tuple(draft.pieces), tuple(draft.stretches))
            draft, number = _Draft(), number + 1
        draft.pieces.extend(pieces)
        draft.stretches.extend([stretch] if stretch else [])
        counts.planned_pages += len(pieces)
        if limit is not None and counts.planned_pages >= limit:
            break
    if draft.pieces or draft.stretches:
        yield PageBatch(run_id, number, tuple(draft.pieces), tuple(draft.stretches))


def _open_stretches(
    found: Iterable[InputFile | Unreadable],
    plan_file: PlanFile,
    known_inputs: Known,
    most: int,
    counts: PlanCounts,
) -> Iterator[tuple[Stretch | None, list[_Met]]]:
    """Stretches that nobody has dealt with, each with its pages; an unreadable file has no stretch: it is tried again."""
    found = iter(found)
    while chunk := list(islice(found, FILES_PER_LOOKUP)):
        known = known_inputs([item.key for item in chunk if isinstance(item, InputFile)])
        for item in chunk:
            counts.files += 1
            if isinstance(item, Unreadable):
                yield None, [_Met(item)]
                continue
            done = [stretch for stretch in known.get(item.key, ()) if stretch.fingerprint == item.fingerprint]
            counts.known_pages += sum(stretch.page_count for stretch in done)
            start, is_complete = covered_up_to(done)
            if is_complete:
                counts.known_files += 1
                continue
            yield from _stretches_of(item, _pieces_of(item, plan_file, start), start, done, most)


def _pieces_of(file: InputFile, plan_file: PlanFile, start: int) -> Iterator[_Met]:
    passed = Tally()
    for piece in plan_file(file, start, passed):
        yield _Met(piece, Tally(passed))
        passed.clear()
    yield _Met(None, passed)


def _stretches_of(
    file: InputFile, met: Iterator[_Met], start: int, done: Sequence[KnownStretch], most: int
) -> Iterator[tuple[Stretch | None, list[_Met]]]:
    held: list[_Met] = []
    current = next(met)
    while current.piece is not None:
        item, current = current, next(met)
        if any(known.start <= item.ref.offset < known.end for known in done):
            if held:
                yield _stretch(file, start, item.ref.offset, held), held
            held, start = [], item.end
            continue
        held.append(item)
        if len(held) >= most and current.piece is not None:
            yield _stretch(file, start, item.end, held), held
            held, start = [], item.end
    last = _stretch(file, start, max(start, file.size), held)
    tail = Tally() if any(known.is_last for known in done) else current.passed_before
    yield replace(last, is_last=True, passed_over=last.passed_over + tail), held


def _stretch(file: InputFile, start: int, end: int, held: Sequence[_Met]) -> Stretch:
    return Stretch(file, start, end, False, len(held), sum((item.passed_before for item in held), Tally()))


def covered_up_to(done: Iterable[KnownStretch]) -> tuple[int, bool]:
    """Where the first gap begins, and whether there is none up to the end of the file."""
    reached = 0
    for stretch in sorted(done, key=lambda known: known.start):
        if stretch.start > reached:
            break
        reached = max(reached, stretch.end)
        if stretch.is_last:
            return reached, True
    return reached, False


def _cut(stretch: Stretch | None, met: list[_Met], room: int) -> Stretch | None:
    """The stretch as far as the limit reaches; None where nothing of it is left."""
    if stretch is None or len(met) <= room:
        return stretch
    return _stretch(stretch.file, stretch.start, met[room - 1].end, met[:room]) if room > 0 else None
