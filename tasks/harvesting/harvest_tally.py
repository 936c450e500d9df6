"""What a harvest has done so far, for whoever watches and for the summary at the end."""

import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class HarvestTally:
    """Counts of one harvest."""

    run_id: str = ""
    requests: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)  # requests and skipped URLs, by outcome of ops.fetches
    reasons: Counter[str] = field(default_factory=Counter)  # why skipped, refused or failed, skips that were told before included
    outlets: dict[str, Counter[str]] = field(default_factory=dict)  # outcomes by outlet
    not_due: int = 0  # known URLs whose time has not come
    outside: int = 0  # links to hosts that no outlet has
    left: int = 0  # pages that are due and are left for the next run, by a limit
    wire_bytes: int = 0
    queued: int = 0
    seconds_left: float = 0.0
    is_interrupted: bool = False
    _clock: float = field(default_factory=time.monotonic)
    _ended: float | None = None

    def add(self, outlet_id: str, outcome: str, reason: str | None, wire_bytes: int, *, is_sent: bool) -> None:
        """Count one request, or one URL that is skipped."""
        self.requests += is_sent
        self.outcomes[outcome] += 1
        self.outlets.setdefault(outlet_id, Counter())[outcome] += 1
        self.reasons.update([reason] if reason else [])
        self.wire_bytes += wire_bytes

    def end(self) -> None:
        self._ended = time.monotonic()

    @property
    def seconds(self) -> float:
        return (self._ended or time.monotonic()) - self._clock

    @property
    def done_bytes(self) -> int:
        """As a progress bar has it: here in URLs."""
        return self.outcomes.total()

    @property
    def total_bytes(self) -> int:
        return self.outcomes.total() + self.queued

    def line(self) -> str:
        """`120 requests · 80 new · 3 changed · 30 unchanged · 7 skipped · 900 queued · 12 s left`"""
        told = " · ".join(f"{count} {outcome}" for outcome, count in self.outcomes.most_common())
        left = f" · {self.queued} queued · {self.seconds_left:.0f} s left" if self.queued else ""
        return f"{self.requests} requests{' · ' if told else ''}{told}{left}"

    def as_dict(self) -> dict[str, object]:
        """The counts as plain values, for JSON and the Prefect UI."""
        return {
            "run_id": self.run_id,
            "requests": self.requests,
            "outcomes": dict(self.outcomes.most_common()),
            "reasons": dict(self.reasons.most_common()),
            "outlets": {outlet: dict(counts) for outlet, counts in sorted(self.outlets.items())},
            "not_due": self.not_due,
            "outside": self.outside,
            "left": self.left,
            "wire_bytes": self.wire_bytes,
            "is_interrupted": self.is_interrupted,
            "seconds": round(self.seconds, 2),
        }
