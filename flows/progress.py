"""What a run has done so far, for whoever watches: a terminal, a log, or nobody."""

import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Protocol

STEPS_KEPT = 500  # batches whose times are shown; ops.batches has all
SECONDS_BETWEEN_LINES = 10.0  # where no terminal is: enough to see it live, few enough for a log


@dataclass(slots=True, weakref_slot=True)
class IngestSummary:
    """Counts of a run; grows with every batch."""

    run_id: str | None = None
    seen: int = 0  # met: read, or known from files that an earlier run has read; loaded + known + rejected
    read: int = 0
    loaded: int = 0
    known: int = 0
    rejected: Counter[str] = field(default_factory=Counter)  # pages by reason
    passed_over: Counter[str] = field(default_factory=Counter)  # files and records that are no pages, by reason
    tried_again: int = 0  # rejected pages that the next run takes up again
    warnings: Counter[str] = field(default_factory=Counter)  # batches by expectation not met
    rows: Counter[str] = field(default_factory=Counter)  # inserted rows by table
    batches: int = 0
    refused: list[str] = field(default_factory=list)
    total_bytes: int = 0
    done_bytes: int = 0
    is_interrupted: bool = False
    seconds: float = 0.0
    steps: "deque[dict[str, object]]" = field(default_factory=lambda: deque(maxlen=STEPS_KEPT))  # a row for each batch, the newest
    step_seconds: dict[str, float] = field(default_factory=dict)  # of all batches

    def add_steps(self, batch: str, pages: int, **seconds: float) -> None:
        """What a batch took, step by step."""
        for name, took in seconds.items():
            self.step_seconds[name] = self.step_seconds.get(name, 0.0) + took
        self.steps.append({"batch": batch, "pages": pages} | {name: round(took, 2) for name, took in seconds.items()})

    def step_rows(self) -> list[dict[str, object]]:
        """Seconds by step: of all batches, then of each: the table that the Prefect UI shows."""
        whole = {"batch": "all", "pages": self.read} | {name: round(took, 2) for name, took in self.step_seconds.items()}
        return [whole, *self.steps]

    def as_dict(self) -> dict[str, object]:
        """The counts as plain values, for JSON and for the Prefect UI."""
        return {
            "run_id": self.run_id,
            "seen": self.seen,
            "loaded": self.loaded,
            "known": self.known,
            "rejected": dict(self.rejected.most_common()),
            "passed_over": dict(self.passed_over.most_common()),
            "tried_again": self.tried_again,
            "warnings": dict(self.warnings.most_common()),
            "rows": dict(self.rows),
            "batches": self.batches,
            "refused": self.refused,
            "is_interrupted": self.is_interrupted,
            "seconds": round(self.seconds, 2),
        }

    @property
    def share_done(self) -> float:
        """Share of the input bytes that is dealt with, 0..1; 1 where there is nothing to do."""
        return min(self.done_bytes / self.total_bytes, 1.0) if self.total_bytes else 1.0

    def line(self) -> str:
        """`1200 pages · 1100 loaded · 3 known · 97 rejected · 61 pages/s · 43 % · 12 s left`"""
        share = self.share_done
        left = f" · {share:.0%} · {self.seconds * (1 - share) / share:.0f} s left" if 0 < share < 1 else ""
        counts = f"{self.seen} pages · {self.loaded} loaded · {self.known} known · {self.rejected_count} rejected"
        return f"{counts} · {self.read / max(self.seconds, 1e-3):.0f} pages/s{left}"

    def counts(self) -> list[dict[str, object]]:
        """Rows by table, then pages by reason of reject: the table that the Prefect UI shows."""
        tables = [{"counted": "rows loaded", "name": name, "count": count} for name, count in self.rows.items()]
        by_fate = {"seen": self.seen, "loaded": self.loaded, "known": self.known}
        fates = [{"counted": "pages", "name": name, "count": count} for name, count in by_fate.items()]
        reasons = [{"counted": "pages rejected", "name": reason, "count": count} for reason, count in self.rejected.most_common()]
        passed = [{"counted": "passed over, no pages", "name": reason, "count": count} for reason, count in self.passed_over.most_common()]
        again = [{"counted": "pages rejected, tried again by the next run", "name": "tried_again", "count": self.tried_again}]
        return [*fates, *reasons, *(again if self.tried_again else []), *passed, *tables]

    @property
    def rejected_count(self) -> int:
        return sum(self.rejected.values())


class Told(Protocol):
    """What a progress bar shows: of a load, or of a harvest."""

    @property
    def done_bytes(self) -> int: ...

    @property
    def total_bytes(self) -> int: ...

    def line(self) -> str: ...


class Display(Protocol):
    """Shows how far a run is, whatever it does."""

    def saw(self, summary: Told) -> None: ...

    def close(self) -> None: ...


class Watcher(Protocol):
    """Sees the summary after every batch."""

    def saw(self, summary: IngestSummary) -> None: ...

    def close(self) -> None: ...


class Silent:
    """Nobody watches: the flow runs on a worker, its progress is an artifact in the UI."""

    def saw(self, summary: IngestSummary) -> None:
        """Nothing to show it on."""

    def close(self) -> None:
        """Nothing is open."""


class PlainLines:
    """A line now and then, for logs and pipes."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def saw(self, summary: Told) -> None:
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            print(summary.line(), file=sys.stderr, flush=True)

    def close(self) -> None:
        """Lines need no end."""


class Bar:
    """A progress bar with pages/s and time left, on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (BarColumn(20), TextColumn("{task.description}"))
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("starting", total=None)
        self._progress.start()

    def saw(self, summary: Told) -> None:
        self._progress.update(self._task, description=summary.line(), completed=summary.done_bytes, total=max(summary.total_bytes, 1))

    def close(self) -> None:
        self._progress.stop()


def watcher() -> Display:
    """A bar on a terminal, plain lines otherwise."""
    return Bar() if sys.stderr.isatty() else PlainLines()
