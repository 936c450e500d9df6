"""Pages that workers have read, as they read them: what tells how far a batch is before it is whole.

A byte in a pipe for each. Nothing is waited for on either side, no lock can be left behind by a worker that is killed, and a pipe that is
full loses ticks and no more: the counts of a batch come with the batch.
"""

import os
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

MOST = 65_536  # bytes that a pipe holds on Linux: pages read between two looks

_told_to: list[Connection] = []  # in a worker: where it tells its pages


class PageTicks:
    """The flow's end of the pipe."""

    def __init__(self, context: ForkServerContext) -> None:
        self._reader, self.writer = context.Pipe(duplex=False)
        for end in (self._reader, self.writer):
            os.set_blocking(end.fileno(), False)

    def new(self) -> int:
        """Pages that workers have read since the last look. Those of a batch whose worker died are counted again when it is tried again."""
        try:
            return len(os.read(self._reader.fileno(), MOST))
        except BlockingIOError:  # nothing came
            return 0

    def close(self) -> None:
        self._reader.close()
        self.writer.close()


def tell_to(writer: Connection) -> None:
    """In a worker, once: where it tells its pages."""
    _told_to[:] = [writer]


def page_read() -> None:
    """In a worker: a page more. Without effect in a process that nobody counts the pages of."""
    for writer in _told_to:
        with suppress(OSError):  # full, or nobody reads any more
            os.write(writer.fileno(), b".")
