"""What printed times of a listing are read with."""

from dataclasses import dataclass
from datetime import datetime

from tasks.dissection.words.zones import Zone


@dataclass(frozen=True, slots=True)
class ListingClock:
    """`observed_at` resolves relative times, and it or `published_at` completes partial ones; both aware, None where unknown."""

    observed_at: datetime | None
    published_at: datetime | None
    zone: Zone
    language: str | None
    month_first: bool
