"""What restoration gives back: the text as it was, and a repair for every span that was changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Repair:
    """One span. Offsets are characters: start and end into the text as it came, the others into the restored one."""

    start: int
    end: int
    restored_start: int
    restored_end: int
    before: str
    after: str
    method: str  # name of the method in METHODS
    evidence: str | None = None  # what decided between candidates: page, model, or None where there was one only
    is_proved: bool = False  # whether damaging the restored line again gives the line as it came
    confidence: float = 1.0  # 0..1
    candidates: tuple[tuple[str, float], ...] = ()  # (text, share of the likelihood), best first
    status: str = "restored"  # restored | lost: something of it was erased and stays marked U+FFFD | flagged: left as it is


@dataclass(frozen=True, slots=True)
class Restored:
    """`text` with every repair in order, none overlapping, and the scores that decided whether the page is a cloaked one."""

    text: str
    repairs: tuple[Repair, ...] = ()
    is_cloaked: bool = False
    scores: dict[str, float] = field(default_factory=dict)
    reading_of: dict[str, str] = field(default_factory=dict)  # the cloak's dictionary as inferred: character -> reading

    def original(self) -> str:
        """The text as it came, from the restored one and the repairs."""
        return undone(self.text, self.repairs)


def undone(text: str, repairs: Iterable[Repair]) -> str:
    """`text` with every repair taken back; their restored offsets are into it."""
    out, at = [], 0
    for repair in repairs:
        out += [text[at : repair.restored_start], repair.before]
        at = repair.restored_end
    return "".join((*out, text[at:]))
