"""A page may take so long and no longer: first an exception, then, where C code holds the interpreter, the process."""

import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

HARD_FACTOR = 3  # the process is given up after this many times the soft deadline: no signal got through


class DeadlinePassed(BaseException):
    """The page took too long. Not an Exception, so that no library's own `except Exception` swallows it."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises DeadlinePassed in the main thread after `seconds`; ends the process where even that cannot be delivered."""

    def passed(_signum: int, _frame: FrameType | None) -> None:
        raise DeadlinePassed(f"no result after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, passed)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - faulthandler wants a file with a descriptor
        faulthandler.dump_traceback_later(seconds * HARD_FACTOR, exit=True, file=nowhere)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
            signal.signal(signal.SIGALRM, before)
