"""How often a long run publishes: as often as the settings say, unless publishing itself takes long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

LONG_SECONDS = 12.0  # a twentieth of the interval that is the default
PAUSE = 19  # times as long as a long publish took: a run spends a twentieth of its time on publishing, however large the warehouse is


class PublishPace:
    """Counts from the end of one publish to the next."""

    def __init__(self, interval_seconds: float) -> None:
        self._interval = self._pause = interval_seconds
        self._ended = time.monotonic()

    def is_due(self) -> bool:
        """True when what is published is old enough."""
        return time.monotonic() - self._ended > self._pause

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Around one publish."""
        began = time.monotonic()
        yield
        self._ended = time.monotonic()
        took = self._ended - began
        self._pause = max(self._interval, PAUSE * took) if took > LONG_SECONDS else self._interval
