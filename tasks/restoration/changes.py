"""What one method wants changed. Offsets are characters into the text that the method was given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """text[start:end] becomes `after`. A flagged change leaves the text as it is: `after` is what stands there."""

    start: int
    end: int
    after: str
    method: str  # name of the module that found it, with what it undid: mojibake:gb18030
    evidence: str | None = None  # what decided, in words; None where nothing else was possible
    is_proved: bool = False  # whether damaging `after` again gives exactly what stood there
    confidence: float = 1.0  # 0..1
    candidates: tuple[tuple[str, float], ...] = ()  # (text, share of the likelihood), best first
    status: str = "restored"  # restored | lost: something was erased and stays marked U+FFFD | flagged


def applied(text: str, changes: Iterable[Change]) -> str:
    """`text` with the changes made. Raises ValueError where two of them overlap or stand out of order."""
    out, at = [], 0
    for change in changes:
        if change.start < at:
            raise ValueError(f"expected changes in order and apart, one starts at {change.start} before {at}")
        out += [text[at : change.start], change.after]
        at = change.end
    return "".join((*out, text[at:]))


def apart(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes in order; of two that overlap the first."""
    end = 0
    for change in sorted(changes, key=lambda change: change.start):
        if change.start >= end:
            yield change
            end = change.end
