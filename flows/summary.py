"""What a run has done so far, and how long it will take: counts that grow with every page and batch."""

import json
from collections import Counter, deque
from dataclasses import dataclass, field

STEPS_KEPT = 500  # batches whose times are shown; ops.batches has all


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
    limit: int | None = None  # pages that the run reads at most
    ahead: int = 0  # pages planned, and not yet settled
    ahead_bytes: int = 0
    under_way: int = 0  # of these, pages that workers have read already
    is_planned: bool = False  # whether no more will be
    unrelated: int = 0  # articles of the warehouse that wait to be related when the run ends
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
            "unrelated": self.unrelated,
            "seconds": round(self.seconds, 2),
        }

    def plan(self, pages: int, byte_share: int) -> None:
        """A batch is on its way."""
        self.ahead += pages
        self.ahead_bytes += byte_share

    def look(self, pages: int, seconds: float) -> None:
        """So many pages more were read by workers. Those of a batch that is tried again come twice: they are no more than are ahead."""
        self.under_way = min(self.under_way + pages, self.ahead)
        self.seconds = seconds

    def settle(self, pages: int, byte_share: int) -> None:
        """A batch is whole: what workers told of it page by page is now told by its fates."""
        self.read += pages
        self.ahead -= pages
        self.under_way = min(max(0, self.under_way - pages), self.ahead)
        self.ahead_bytes -= byte_share
        self.done_bytes += byte_share

    @property
    def pages_read(self) -> int:
        """Read by workers, batches that are not whole yet among them."""
        return self.read + self.under_way

    @property
    def share_done(self) -> float:
        """Share of the input bytes, or of the pages asked for, that is dealt with, 0..1; 1 where there is nothing to do."""
        under_way = self.ahead_bytes * self.under_way / self.ahead if self.ahead else 0.0
        of_bytes = (self.done_bytes + under_way) / self.total_bytes if self.total_bytes else 1.0
        return min(max(of_bytes, self.pages_read / self.limit if self.limit else 0.0), 1.0)

    @property
    def pages_in_all(self) -> int:
        """Pages that the run will have read: known once all are planned, before that judged by their bytes."""
        known = self.read + self.ahead
        return known if self.is_planned or not self.share_done else max(known, round(self.pages_read / self.share_done))

    @property
    def pages_per_second(self) -> float:
        return self.pages_read / max(self.seconds, 1e-3)

    @property
    def seconds_left(self) -> float | None:
        """None before anything is done, and at the end."""
        share = self.share_done
        return self.seconds * (1 - share) / share if 0 < share < 1 else None

    def line(self) -> str:
        """`1200 pages · 1100 loaded · 3 known · 97 rejected · 61 pages/s · 43 % · 12 s left`"""
        left = "" if self.seconds_left is None else f" · {self.share_done:.0%} · {self.seconds_left:.0f} s left"
        counts = f"{self.seen} pages · {self.loaded} loaded · {self.known} known · {self.rejected_count} rejected"
        return f"{counts} · {self.pages_per_second:.0f} pages/s{left}"

    def progress_line(self) -> str:
        """`62 % · 4 min left · 1,240 of about 2,000 pages · 12 a second`: for who asks how long it will take."""
        left = "" if self.seconds_left is None else f" · {told(self.seconds_left)} left"
        about = "" if self.is_planned else "about "
        rate = f" · {self.pages_per_second:.0f} a second" if self.pages_read else ""
        return f"{self.share_done:.0%}{left} · {self.pages_read:,} of {about}{self.pages_in_all:,} pages{rate}"

    def run_columns(self) -> dict[str, object]:
        """Its counts as ops.runs has them."""
        return {
            "seen_count": self.seen,
            "loaded_count": self.loaded,
            "known_count": self.known,
            "rejected_count": self.rejected_count,
            "passed_over_count": self.passed_over.total(),
            "passed_over": json.dumps(dict(self.passed_over.most_common())),
        }

    def counts(self) -> list[dict[str, object]]:
        """Rows by table, then pages by reason of reject: the table that the Prefect UI shows."""
        tables = [{"counted": "rows loaded", "name": name, "count": count} for name, count in self.rows.items()]
        by_fate = {"seen": self.seen, "loaded": self.loaded, "known": self.known}
        fates = [{"counted": "pages", "name": name, "count": count} for name, count in by_fate.items()]
        reasons = [{"counted": "pages rejected", "name": reason, "count": count} for reason, count in self.rejected.most_common()]
        passed = [{"counted": "passed over, no pages", "name": reason, "count": count} for reason, count in self.passed_over.most_common()]
        again = [{"counted": "pages rejected, tried again by the next run", "name": "tried_again", "count": self.tried_again}]
        waiting = [{"counted": "articles that wait to be related", "name": "unrelated", "count": self.unrelated}]
        return [*fates, *reasons, *(again if self.tried_again else []), *passed, *tables, *(waiting if self.unrelated else [])]

    @property
    def rejected_count(self) -> int:
        return sum(self.rejected.values())


def told(seconds: float) -> str:
    """`45 s`, `4 min`, `2 h 10 min`"""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
