"""When something new has come into the drop folder, and all of it is whole."""

import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

KEY = "drop-"  # what idempotency keys of runs begin with that a new file has started
PARTIAL = (".part", ".partial", ".tmp", ".crdownload", ".download")  # what wget, browsers and crawlers call a file that is not whole
LEAST_PAUSE = 2.0  # seconds between two looks
MOST_OF_THE_TIME = 0.05  # share of it that looking may take: folders of millions of files are looked at more seldom


class DropFolder:
    """Looks again and again; no file is opened. A folder that is there at the first look is no news."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.pause = LEAST_PAUSE
        self._told = self._before = self._look()

    def news(self) -> str | None:
        """A key for what is there, once something has changed and then stood still between two looks; else None."""
        began = time.monotonic()
        now = self._look()
        self.pause = max(LEAST_PAUSE, (time.monotonic() - began) / MOST_OF_THE_TIME)
        is_whole, self._before = now == self._before, now
        return f"{KEY}{now:x}" if is_whole and now != self._told else None

    def told(self) -> None:
        """What was last seen is news no more."""
        self._told = self._before

    def _look(self) -> int:
        """A number that another name, size or time of any file changes."""
        return sum(_number(*seen) for seen in _files(self._folder)) % 2**64


def _number(path: str, size: int, time_ns: int) -> int:
    """The same in every process, unlike hash(): who asks twice for a run must ask with the same key."""
    return zlib.crc32(path.encode("utf-8", "surrogateescape")) * (size + 1) * (time_ns | 1)


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of every whole file below; what cannot be looked at, or goes away meanwhile, is met at the next look."""
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name.endswith(PARTIAL):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        status = entry.stat()
                        yield entry.path, status.st_size, status.st_mtime_ns
        except OSError:
            continue
