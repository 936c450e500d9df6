"""A stream made of pieces that come one after another: read forward; seek() goes back by beginning anew."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO


class PieceStream(io.RawIOBase):
    """What `begin` gives, each time from the start; `source` is closed with the stream. Raises what the pieces raise."""

    def __init__(self, begin: Callable[[], Iterator[bytes]], source: BinaryIO) -> None:
        self._begin = begin
        self._source = source
        self._rewind()

    def _rewind(self) -> None:
        self._pieces = self._begin()
        self._ready = memoryview(b"")  # a view: giving a part of it away copies no rest
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._ready = memoryview(piece)
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation("the end is known only when it is reached")
        if offset < self._position:
            self._rewind()
        while self._position < offset and self.read(min(offset - self._position, io.DEFAULT_BUFFER_SIZE)):
            pass
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        self._source.close()
        super().close()


def buffered(begin: Callable[[], Iterator[bytes]], source: BinaryIO) -> io.BufferedReader:
    """The stream with lines, and read in larger parts."""
    return io.BufferedReader(PieceStream(begin, source), 64 * 1024)
