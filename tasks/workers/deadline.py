"""A page may take so much CPU time and no more: first an exception, then, where C code holds the interpreter, the process.

CPU time, since a machine that is busy, or a worker that was stopped for a while, is no fault of the page. The clock is the last
resort, for a page that waits: a disk that never answers takes no CPU time at all.
"""

import faulthandler
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

HARD_FACTOR = 3  # the process is given up after this many times the CPU time: no exception got through
CLOCK_FACTOR = 10  # seconds by the clock for each of CPU time: as many processes may want the same core


class DeadlinePassed(BaseException):
    """The page took too long. Not an Exception, so that no library's own `except Exception` swallows it."""


def expect_main_thread() -> None:
    """Raises RuntimeError in any other thread: signals do not reach it, so that each page would be refused for what is no fault of it."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError(
            f"expected to read pages in the main thread of a process, got the thread {threading.current_thread().name}: "
            "deadlines are signals. Hand the batch to a WorkerPool."
        )


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises DeadlinePassed in the main thread after `seconds` of CPU time; ends the process where even that cannot be delivered."""
    began, is_over = time.process_time(), False

    def passed(signum: int, _frame: FrameType | None) -> None:
        if is_over:  # in the moment in which the page was done: raised now, it would leave the other timers running
            return
        used = time.process_time() - began
        if signum == signal.SIGPROF or used >= seconds:  # behind a long call into C both wait, and the clock's comes first
            raise DeadlinePassed(f"no result after {seconds:g} s of CPU time")
        told = f"{used:.1f} s of them CPU time: a slow disk or a busy machine"
        raise DeadlinePassed(f"no result after {seconds * CLOCK_FACTOR:g} s by the clock, {told}")

    before = {signum: signal.signal(signum, passed) for signum in (signal.SIGPROF, signal.SIGALRM)}
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - faulthandler wants a file with a descriptor
        faulthandler.dump_traceback_later(longest(seconds), exit=True, file=nowhere)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds * HARD_FACTOR)  # SIGVTALRM has no handler: the kernel ends the process
        signal.setitimer(signal.ITIMER_PROF, seconds, seconds / 4)  # again: an exception in a finaliser or a callback from C is lost
        signal.setitimer(signal.ITIMER_REAL, seconds * CLOCK_FACTOR)
        try:
            yield
        finally:
            is_over = True
            for timer in (signal.ITIMER_REAL, signal.ITIMER_PROF, signal.ITIMER_VIRTUAL):
                signal.setitimer(timer, 0)
            faulthandler.cancel_dump_traceback_later()
            for signum, handler in before.items():
                signal.signal(signum, handler)


def longest(seconds: float) -> float:
    """Seconds by the clock after which a page with this deadline has ended, or its process has."""
    return seconds * (CLOCK_FACTOR + HARD_FACTOR)
