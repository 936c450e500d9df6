"""A clean stop: the first signal gives the batches under way some seconds, the second ends at once."""

import atexit
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C; Docker, systemd and Kubernetes; a terminal that is closed
EXIT_CODE = 130
SHOW_CURSOR = "\x1b[?25h"  # the progress bar hides it

# For batches under way, of the 30 s after which Prefect kills a run that was cancelled in the UI: the others are for loading and publishing
PATIENCE_SECONDS = 10.0


class Request(threading.Event):
    """Whether somebody has asked for a stop, and how long ago."""

    _at = 0.0

    def set(self) -> None:
        """Ask, now."""
        self._at = time.monotonic()
        super().set()

    def is_urgent(self) -> bool:
        """Whether what is under way has had its time."""
        return self.is_set() and time.monotonic() - self._at > PATIENCE_SECONDS


requested = Request()  # asked by the flow before each new batch


@contextmanager
def on_signals(*, to_the_end: bool = False) -> Iterator[None]:
    """While inside, a signal of `ASKING` asks for a clean stop; a second one ends the process at once, as a kill would.

    No handler raises: an exception in the middle of a COMMIT is a failed COMMIT. Entered by the command, and once more
    inside of the flow, because Prefect puts a handler over SIGTERM when a flow begins, and that one raises. Without effect
    in a thread, which signals do not reach. A signal that was ignored before, as under nohup, stays ignored, but for
    SIGINT: shells ignore it for what they start in the background. `to_the_end`: they stay in force behind the block, for a
    process that has only its goodbyes to say: Prefect takes seconds to hand over what it has logged. When Python is taken down itself,
    nothing hears them any more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if to_the_end:
        atexit.register(_hear_nothing_more)
    before = {number: signal.getsignal(number) for number in ASKING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN or number == signal.SIGINT:
            signal.signal(number, _ask)
    try:
        yield
    finally:
        if not to_the_end:
            if before[signal.SIGINT] is not _ask:  # the outermost
                requested.clear()
            for number, handler in before.items():
                signal.signal(number, handler)


def _hear_nothing_more() -> None:
    """The last thing at exit: while Python frees its memory, signals that had a handler kill again."""
    for number in ASKING:
        signal.signal(number, signal.SIG_IGN)


def _ask(_signum: int, _frame: FrameType | None) -> None:
    if requested.is_set():
        say(f"{SHOW_CURSOR if os.isatty(2) else ''}stopped at once; what was loaded is kept, and the same command goes on from there.")
        os._exit(EXIT_CODE)  # whatever hangs; nothing is open that does not bear a kill
    requested.set()
    say(f"stopping; batches under way have {PATIENCE_SECONDS:g} s, again to stop at once.")


def here() -> None:
    """Raises KeyboardInterrupt where a stop was asked for: to be called where nothing is under way."""
    if requested.is_set():
        raise KeyboardInterrupt


def say(message: str) -> None:
    """A line for whoever started the run, beside its output. Also called by a signal's handler, while another line is written."""
    with suppress(OSError):  # the terminal is gone, and so is who would read it
        os.write(2, f"broadsheet: {message}\n".encode())


def waiting(home: object, seconds: float, tell: Callable[[str], None] = say, doing: str = "finish loading into") -> Callable[[str], None]:
    """To be called with who is waited for, at each look: tells it once, and ends the waiting where a stop was asked for."""
    told: set[str] = set()

    def wait(holder: str) -> None:
        here()
        if not told:
            tell(f"waiting for {holder} to {doing} {home}; up to {seconds:g} s, Ctrl-C stops the waiting")
        told.add(holder)

    return wait
