"""What a run has done so far, shown to whoever watches: a terminal, a log, or nobody."""

import sys
import time
from typing import Protocol

from flows.summary import IngestSummary

SECONDS_BETWEEN_LINES = 10.0  # where no terminal is: enough to see it live, few enough for a log


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
