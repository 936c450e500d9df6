"""A clean stop: the first Ctrl-C lets the batches under way finish, the second ends at once."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

requested = threading.Event()  # asked by the flow before each new batch


@contextmanager
def on_signals() -> Iterator[None]:
    """While inside, SIGINT and SIGTERM ask for a clean stop; a second one raises KeyboardInterrupt."""

    def ask(_signum: int, _frame: FrameType | None) -> None:
        if requested.is_set():
            raise KeyboardInterrupt
        requested.set()
        say("stopping after the batches under way; again to stop at once.")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        requested.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


def say(message: str) -> None:
    """A line for whoever started the run, beside its output."""
    print(f"broadsheet: {message}", file=sys.stderr, flush=True)


def waiting(home: Path, seconds: float, tell: Callable[[str], None] = say) -> Callable[[str], None]:
    """Tells, once it is told for whom, that this run waits for another that loads into the same home."""
    return lambda holder: tell(f"waiting for {holder} to finish loading into {home}; up to {seconds:g} s")
