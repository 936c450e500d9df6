"""How fast a host is asked, and hosts at one address: one request at a time, a pause between two, more of it where the host says so."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import anyio

from tasks.sources.http_message import parse_http_date

BACKOFF = 2.5  # times the pause between two requests, doubled by each further try
LEAST_BACKOFF = 0.1  # seconds
MOST_WAIT = 300.0  # seconds: a host that asks for more patience is left alone until the next run
LOOKS_FOR_STOP = 0.2  # seconds
Stopped = Callable[[], bool]


@dataclass(slots=True)
class Pace:
    """Of one host. Times are those of time.monotonic()."""

    seconds_between: float
    is_stopped: Stopped
    dice: random.Random = field(default_factory=random.Random)
    _free_at: float = 0.0

    def slow_to(self, seconds: float | None) -> None:
        """The host's robots.txt asks for a longer pause than ours; a shorter one changes nothing."""
        self.seconds_between = max(self.seconds_between, min(seconds or 0.0, MOST_WAIT))

    async def turn(self) -> bool:
        """Wait until the host may be asked; False where a stop was asked for meanwhile."""
        while not self.is_stopped():
            left = self._free_at - time.monotonic()
            if left <= 0:
                return True
            await anyio.sleep(min(left, LOOKS_FOR_STOP))
        return False

    def asked(self) -> None:
        """A request has ended: the pause begins."""
        self.back_off(self.seconds_between)

    def back_off(self, seconds: float) -> None:
        """The host has no time for us: nothing is asked for so long."""
        self._free_at = max(self._free_at, time.monotonic() + seconds)

    def wait_after(self, retry_after: str | None, attempt: int, now: datetime) -> float:
        """Seconds that a host wants to be left alone: as Retry-After says, else doubled with each attempt; never a round number."""
        said = _seconds_of(retry_after, now)
        first = max(BACKOFF * self.seconds_between, LEAST_BACKOFF)
        return (first * 2 ** (attempt - 1) if said is None else said) * self.dice.uniform(1.0, 1.3)


@dataclass(slots=True)
class _Place:
    """One address."""

    pace: Pace
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class SharedPaces:
    """Of addresses: hosts that lie at one are asked one at a time, with the pause of the one that was asked last between."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}

    @asynccontextmanager
    async def turn(self, address: str | None, of_host: Pace) -> AsyncIterator[bool]:
        """Wait until no other host there is asked, and the pause is over; False where a stop was asked for meanwhile."""
        if address is None:
            yield not of_host.is_stopped()
            return
        place = self._places.setdefault(address, _Place(Pace(0.0, of_host.is_stopped)))
        async with place.lock:
            try:
                yield await place.pace.turn()
            finally:
                place.pace.back_off(of_host.seconds_between)


def _seconds_of(retry_after: str | None, now: datetime) -> float | None:
    """RFC 9110, 10.2.3: a number of seconds or a date."""
    value = (retry_after or "").strip()
    if value.isdecimal():
        return float(value[:9])
    date = parse_http_date(value)
    return max((date.astimezone(UTC) - now).total_seconds(), 0.0) if date else None
