"""What planning meets in a file: pages, stretches where none can be read, and what is passed over between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tasks.sources.page import InputFile, PageRef, Tally, Unreadable

Piece = PageRef | Unreadable
PlanFile = Callable[[InputFile, int, Tally], Iterator[Piece]]  # pages from an offset on; what it passes over is counted


@dataclass(frozen=True, slots=True)
class Met:
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


def pieces_of(file: InputFile, plan_file: PlanFile, start: int) -> Iterator[Met]:
    """The file from `start` on, each piece with what was passed over before it; at last what was passed over behind them."""
    passed, reached = Tally(), start
    for piece in plan_file(file, start, passed):
        met = Met(_placed(piece, reached), Tally(passed))
        yield met
        reached = max(reached, met.end)
        passed.clear()
    yield Met(None, passed)


def _placed(piece: Piece, reached: int) -> Piece:
    """The piece; where the file could be planned no further, which its source says of where it began, at the place that was reached."""
    if isinstance(piece, Unreadable) and piece.ref.end < reached:
        return replace(piece, ref=replace(piece.ref, offset=reached, end=reached))
    return piece
